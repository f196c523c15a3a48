"""WordPress by its REST API: a draft first, under a name that is found again; then the post."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from marketer_desktop.publishing.sites.inline_images import with_addresses
from marketer_desktop.publishing.sites.keys import slug_of, slugs_of
from marketer_desktop.publishing.sites.post import (
    Checked,
    Order,
    Picture,
    Placed,
    Post,
    Stands,
    Steps,
)
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.publishing.sites.wordpress_api import GONE, SWITCHED_OFF, WordPressApi
from marketer_desktop.publishing.sites.wordpress_seo import seo_fields
from marketer_desktop.publishing.sites.wordpress_terms import numbers_of

POSTS, MEDIA = "/wp/v2/posts", "/wp/v2/media"
STANDS: dict[str, Stands] = {"publish": "published", "private": "published", "future": "scheduled"}
NO_POSTS = "This account may not write posts. Use one with the role Author or Editor."
ONLY_DRAFTS = "This account may save drafts, but not publish. For that it takes the role Author."
STEPS = 3


class WordPress:
    """What an attempt has left is found by the draft's slug, which nothing else has."""

    def __init__(self, api: WordPressApi) -> None:
        self._api = api

    async def check(self) -> Checked:
        """Whether the account may write posts there."""
        await self._api.open()
        if not self._api.index.get("authentication"):
            raise SiteProblem("password", SWITCHED_OFF.format(host=self._api.wire.host))
        me = await self._api.one("GET", "/wp/v2/users/me", params={"context": "edit"})
        may = me.get("capabilities") or {}
        if not may.get("edit_posts"):
            raise SiteProblem("permission", NO_POSTS)
        notes = () if may.get("publish_posts") else (ONLY_DRAFTS,)
        return Checked(str(self._api.index.get("name") or self._api.wire.host), notes)

    async def send(self, post: Post, order: Order, steps: Steps) -> Placed:
        """The same draft, images and terms in each attempt; becoming public is the last request."""
        steps.tell(1, STEPS)
        draft, twins = await self._draft(post, order)
        await steps.keep(str(draft["id"]))
        images = {each.path: await self._uploaded(each) for each in post.pictures}
        steps.tell(2, STEPS)
        fields, notes = await self._fields(post, draft, images)
        steps.tell(3, STEPS)
        route = f"{POSTS}/{draft['id']}"
        answer = await self._api.one("POST", route, json={**fields, **_wish(draft, order)})
        for twin in twins:
            await self._api.one("DELETE", f"{POSTS}/{twin['id']}", params={"force": "true"})
        return _placed(answer, notes)

    async def look(self, placed: str) -> Placed:
        """The post, unless it is in the bin or gone."""
        return _placed(await self._found(placed), [])

    async def close(self) -> None:
        """Let go of the connections."""
        await self._api.wire.close()

    async def _draft(self, post: Post, order: Order) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The post as it stands, and drafts that late requests of earlier attempts have made."""
        named = ",".join(slugs_of(order.key))
        params = {"slug": named, "status": "any", "context": "edit", "per_page": 100}
        left = await self._api.many(POSTS, params)
        left = sorted((e for e in left if e["status"] == "draft"), key=lambda e: int(e["id"]))
        if order.placed is not None:
            twins = [each for each in left if str(each["id"]) != order.placed]
            return await self._found(order.placed), twins
        if left:
            return left[0], left[1:]
        begun = {"title": post.title, "slug": slug_of(order.key), "status": "draft"}
        return await self._api.one("POST", POSTS, json=begun), []

    async def _found(self, placed: str) -> dict[str, Any]:
        found = await self._api.one("GET", f"{POSTS}/{placed}", params={"context": "edit"})
        if found.get("status") == "trash":
            raise SiteProblem("gone", GONE.format(host=self._api.wire.host))
        return found

    async def _uploaded(self, picture: Picture) -> dict[str, Any]:
        """The image in the media library, where its bytes are once."""
        there = await self._api.many(MEDIA, {"slug": picture.name, "per_page": 100})
        known = next((each for each in there if each.get("slug") == picture.name), None)
        if known is None:
            headers = {
                "Content-Type": picture.media_type,
                "Content-Disposition": f'attachment; filename="{quote(picture.filename)}"',
            }
            known = await self._api.one("POST", MEDIA, content=picture.data, headers=headers)
        if picture.alt and known.get("alt_text") != picture.alt:
            said = {"alt_text": picture.alt}
            known = await self._api.one("POST", f"{MEDIA}/{known['id']}", json=said)
        return known

    async def _fields(
        self, post: Post, draft: dict[str, Any], images: dict[str, dict[str, Any]]
    ) -> tuple[dict[str, Any], list[str]]:
        tags, no_tags = await numbers_of(self._api, "tags", post.tags)
        categories, no_categories = await numbers_of(self._api, "categories", post.categories)
        meta, no_seo = seo_fields(post, draft.get("meta") or {})
        addresses = {path: str(image["source_url"]) for path, image in images.items()}
        fields: dict[str, Any] = {
            "title": post.title,
            "slug": post.slug,
            "content": with_addresses(post.html, addresses),
            "excerpt": post.description,
            "featured_media": images[post.cover.path]["id"] if post.cover else 0,
            "tags": tags,
        }
        # Without any, WordPress files a post under its own first category.
        fields |= {"categories": categories} if categories else {}
        fields |= {"meta": meta} if meta else {}
        return fields, [*no_tags, *no_categories, *no_seo]


def _wish(draft: dict[str, Any], order: Order) -> dict[str, Any]:
    """Status and time; what is public already keeps its date, and an update its place."""
    if order.as_draft:
        return {"status": "draft"}
    if order.at is not None:
        written = order.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        return {"status": "future", "date_gmt": written}
    is_public = STANDS.get(str(draft["status"])) == "published"
    return {"status": draft["status"]} if is_public else {"status": "publish", "date_gmt": None}


def _placed(answer: dict[str, Any], notes: list[str]) -> Placed:
    stands = STANDS.get(str(answer["status"]), "draft")
    written = answer.get("date_gmt") if stands == "scheduled" else None
    at = datetime.fromisoformat(f"{written}+00:00") if written else None
    return Placed(str(answer["id"]), answer.get("link") or None, stands, tuple(notes), at)
