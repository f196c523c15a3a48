"""Ghost by its Admin API: a draft first, under a name that is found again; then the post."""

from datetime import UTC, datetime
from typing import Any

from marketer_desktop.publishing.sites.ghost_api import Collision, GhostApi
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

STANDS: dict[str, Stands] = {
    "published": "published",
    "sent": "published",
    "scheduled": "scheduled",
}
STEPS = 3
LONGEST_EXCERPT, LONGEST_TITLE, LONGEST_DESCRIPTION = 300, 300, 500
NO_CATEGORIES = "Ghost has no categories: they are there as tags."


class Ghost:
    """What an attempt has left is found by the draft's slug, which nothing else has."""

    def __init__(self, api: GhostApi) -> None:
        self._api = api

    async def check(self) -> Checked:
        """Whether the key opens the posts."""
        site = await self._api.site()
        await self._api.ask("GET", "posts", params={"limit": 1, "fields": "id"})
        return Checked(str(site.get("title") or self._api.wire.host))

    async def send(self, post: Post, order: Order, steps: Steps) -> Placed:
        """The same draft in each attempt; becoming public is the last request."""
        steps.tell(1, STEPS)
        draft, twins = await self._draft(post, order)
        await steps.keep(str(draft["id"]))
        addresses = {each.path: await self._uploaded(each) for each in post.pictures}
        steps.tell(2, STEPS)
        fields = _fields(post, addresses)
        steps.tell(3, STEPS)
        answer = await self._changed(draft, fields, order)
        for twin in twins:
            await self._api.ask("DELETE", f"posts/{twin['id']}")
        return _placed(answer, (NO_CATEGORIES,) if post.categories else ())

    async def look(self, placed: str) -> Placed:
        """The post as it stands."""
        return _placed(await self._found(placed), ())

    async def close(self) -> None:
        """Let go of the connections."""
        await self._api.wire.close()

    async def _draft(self, post: Post, order: Order) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The post as it stands, and drafts that late requests of earlier attempts have made."""
        named = f"slug:[{','.join(slugs_of(order.key))}]"
        found = await self._api.ask("GET", "posts", params={"filter": named, "limit": 15})
        left = [each for each in found["posts"] if each["status"] == "draft"]
        left.sort(key=lambda each: str(each["id"]))
        if order.placed is not None:
            twins = [each for each in left if str(each["id"]) != order.placed]
            return await self._found(order.placed), twins
        if left:
            return left[0], left[1:]
        begun = {"title": post.title, "slug": slug_of(order.key), "status": "draft"}
        made = await self._api.ask("POST", "posts", json={"posts": [begun]})
        return _first(made), []

    async def _found(self, placed: str) -> dict[str, Any]:
        return _first(await self._api.ask("GET", f"posts/{placed}"))

    async def _changed(
        self, draft: dict[str, Any], fields: dict[str, Any], order: Order
    ) -> dict[str, Any]:
        """The post with these fields; one that changed meanwhile is read and written once more."""
        try:
            return await self._put(draft, fields, order)
        except Collision:
            return await self._put(await self._found(str(draft["id"])), fields, order)

    async def _put(
        self, draft: dict[str, Any], fields: dict[str, Any], order: Order
    ) -> dict[str, Any]:
        told = {**fields, **_wish(draft, order), "updated_at": draft["updated_at"]}
        answer = await self._api.ask(
            "PUT", f"posts/{draft['id']}", params={"source": "html"}, json={"posts": [told]}
        )
        return _first(answer)

    async def _uploaded(self, picture: Picture) -> str:
        """The address of the image; one that nobody uses does no harm."""
        files = {"file": (picture.filename, picture.data, picture.media_type)}
        data = {"purpose": "image", "ref": picture.path}
        answer = await self._api.ask("POST", "images/upload", files=files, data=data)
        return str(answer["images"][0]["url"])


def _fields(post: Post, addresses: dict[str, str]) -> dict[str, Any]:
    names = dict.fromkeys((*post.tags, *post.categories))
    return {
        "title": post.title,
        "slug": post.slug,
        "html": with_addresses(post.html, addresses),
        "custom_excerpt": post.description[:LONGEST_EXCERPT] or None,
        "meta_title": post.title[:LONGEST_TITLE],
        "meta_description": post.description[:LONGEST_DESCRIPTION] or None,
        "feature_image": addresses[post.cover.path] if post.cover else None,
        "feature_image_alt": post.cover.alt or None if post.cover else None,
        "tags": [{"name": name} for name in names],
    }


def _wish(draft: dict[str, Any], order: Order) -> dict[str, Any]:
    """Status and time; what is public already keeps its date."""
    if order.as_draft:
        return {"status": "draft"}
    if order.at is not None:
        return {"status": "scheduled", "published_at": _written(order.at)}
    if STANDS.get(str(draft["status"])) == "published":
        return {"status": draft["status"]}
    early = {"published_at": _written(datetime.now(UTC))} if draft["status"] == "scheduled" else {}
    return {"status": "published", **early}


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _first(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = answer["posts"][0]
    return found


def _placed(answer: dict[str, Any], notes: tuple[str, ...]) -> Placed:
    stands = STANDS.get(str(answer["status"]), "draft")
    written = answer.get("published_at") if stands == "scheduled" else None
    at = datetime.fromisoformat(written) if written else None
    return Placed(str(answer["id"]), answer.get("url") or None, stands, notes, at)
