"""The product's own calls against a real WordPress, and what is found there afterwards."""

import datetime as dt
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from unittest import mock

import httpx

from benchmarks.wordpress.questions import PICTURE
from benchmarks.wordpress.site import WordPressSite
from marketer_desktop.publishing.html import to_fragment
from marketer_desktop.publishing.sites.inline_images import with_addresses
from marketer_desktop.services.content import OpenContent, SaveContent, open_content, save_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publication_rounds import PublicationRounds
from marketer_desktop.services.publications import Publication
from marketer_desktop.services.publishing_targets import CheckTarget, TargetCheck, check_target
from tests.factories.contents import add_content
from tests.factories.engines import Ear
from tests.factories.publishing import add_site, make_due, put_image, sent, standing

ARTICLE = """# Coffee for the office

Coffee brings **people** together & costs < 1 €.

![A cup on a desk](assets/cup.png)

## What it costs

| cup | cents |
|---|---|
| small | 40 |
"""
CHANGED = ARTICLE.replace("small | 40", "small | 45")
WIRE = "marketer_desktop.publishing.sites.wire"
WRONG = "abcd efgh ijkl mnop"
LATER = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=2)


@dataclass
class Walk:
    """The steps one after the other; `rows` has for each what was found and whether it is right."""

    parts: Parts
    site: WordPressSite
    reader: httpx.Client
    rows: list[tuple[str, str, bool]] = field(default_factory=list)
    _bodies: dict[int, str] = field(default_factory=dict)

    async def go(self) -> None:
        """All of it."""
        await self._checked("a certificate of nobody’s", "certificate")
        # From here on the authority of this run is trusted as those of the world are.
        with mock.patch(f"{WIRE}.certificates", lambda: self.site.trust):
            await self._trusted()

    async def _trusted(self) -> None:
        await self._doors()
        target = await self._target("admin")
        text = await self._text()
        await self._life(target, text)
        await self._clock(target)
        await self._gone(target, text)
        await self._roles()
        await self._plain_links()

    async def _doors(self) -> None:
        """What is said of a site that cannot be used, and that of a good one."""
        site = self.site
        await self._checked("a good account", None)
        await self._checked("a wrong password", "password", secret=WRONG)
        await self._checked("an unknown name", "password", account="nobody-here")
        site.front.strips_authorization = True
        # WordPress cannot tell one from the other, so both are named.
        await self._checked("a stripped header", "password", naming="Authorization header")
        site.front.strips_authorization = False
        site.set_plugin(on=True)
        await self._checked("a wrong password, and a plugin", "password", secret=WRONG)
        site.set_plugin(on=False)
        await self._checked("no https", "password", address=site.plain_address)
        await self._checked("nobody there", "connection", address="https://127.0.0.1:9")

    async def _life(self, target: int, text: int) -> None:
        """Draft, time, public, changed: the same post all along."""
        more: dict[str, Any] = {"slug": "coffee", "tags": ["Tea & Time", "Größe"]}
        more |= {"categories": ["News"], "image": "assets/cup.png"}
        draft = await sent(self.parts, text, target, as_draft=True, **more)
        await self._compare("a draft", draft, "draft", "draft", text)
        timed = await sent(self.parts, text, target, publish_at=LATER, **more)
        post = await self._compare("with a time", timed, "scheduled", "future", text)
        self._note("its time", post["date_gmt"], LATER.strftime("%Y-%m-%dT%H:%M:%S"))
        public = await sent(self.parts, text, target)
        first = await self._compare("published", public, "published", "publish", text)
        self._note("its address", public.url, f"{self.site.address}/coffee/")
        page = unescape(self.reader.get(str(public.url)).text)
        self._note("anybody reads it", "Coffee brings <strong>people</strong>" in page, True)
        opened = await open_content(OpenContent(activity_id=text), self.parts, Ear())
        save = SaveContent(activity_id=text, markdown=CHANGED, base_revision=opened.revision)
        await save_content(save, self.parts, Ear())
        self._bodies[text] = _body(CHANGED)
        updated = await sent(self.parts, text, target, update=True)
        post = await self._compare("updated", updated, "published", "publish", text)
        for name in ("id", "date_gmt", "link", "featured_media"):
            self._note(f"updated, the same {name}", post[name], first[name])
        self._note("updated, the new words", "45" in post["content"]["raw"], True)
        posts = self._get("posts", status="any", context="edit")
        self._note("posts in all", len(posts), 1)
        self._note("pictures in all", len(self._get("media")), 1)

    async def _clock(self, target: int) -> None:
        """What WordPress publishes at its time by itself is seen."""
        text = await self._text()
        timed = await sent(self.parts, text, target, publish_at=LATER, slug="later")
        (post,) = self._get("posts", slug="later", status="future", context="edit")
        self.site.run(f"wp_publish_post({post['id']});")
        await make_due(self.parts, timed.id)
        await PublicationRounds(self.parts).send_due()
        told = await standing(self.parts, text)
        self._note("published by WordPress’s clock", told.state, "published")
        self._note("its address is known", told.url, f"{self.site.address}/later/")

    async def _gone(self, target: int, text: int) -> None:
        """What was thrown away there is said to be gone, and made anew when asked again."""
        (post,) = self._get("posts", slug="coffee", status="publish", context="edit")
        self.site.run(f"wp_delete_post({post['id']}, true);")
        told = await sent(self.parts, text, target, update=True)
        self._note("thrown away there", (told.state, told.cause), ("failed", "gone"))
        again = await sent(self.parts, text, target)
        await self._compare("published again", again, "published", "publish", text)

    async def _roles(self) -> None:
        """What the account may not do is said."""
        checked = await self._check(account="subscriber")
        self._note("a subscriber", checked.cause, "permission")
        checked = await self._check(account="contributor")
        self._note("a contributor, drafts only", (checked.ok, len(checked.notes)), (True, 1))
        target, text = await self._target("contributor"), await self._text(picture=False)
        told = await sent(self.parts, text, target, slug="by-another")
        self._note("a contributor publishes", (told.state, told.cause), ("failed", "permission"))

    async def _plain_links(self) -> None:
        """A site without pretty permalinks, where the API is in the query."""
        self.site.set_permalinks(pretty=False)
        target, text = await self._target("author"), await self._text()
        told = await sent(self.parts, text, target, slug="plain")
        self._note("plain links", (told.state, "?p=" in str(told.url)), ("published", True))
        self.site.set_permalinks(pretty=True)
        (post,) = self._get("posts", slug="plain", context="edit")
        (picture,) = self._get("media")  # the same bytes as before, so the same picture
        shown = picture["source_url"]
        self._note("an author’s text", post["content"]["raw"] == self._html(text, shown), True)

    async def _compare(
        self, name: str, told: Publication, state: str, status: str, text: int
    ) -> dict[str, Any]:
        """What is told beside what is there."""
        self._note(name, (told.state, told.problem), (state, ""))
        (post,) = self._get("posts", slug="coffee", status=status, context="edit")
        self._note(f"{name}: title", post["title"]["raw"], "Coffee for the office")
        shown = self._get(f"media/{post['featured_media']}")["source_url"]
        self._note(f"{name}: picture", self.reader.get(shown).content == self._picture(text), True)
        self._note(f"{name}: text", post["content"]["raw"] == self._html(text, shown), True)
        for kind, wanted in (("tags", ["Größe", "Tea & Time"]), ("categories", ["News"])):
            names = [unescape(each["name"]) for each in self._get(kind, post=post["id"])]
            self._note(f"{name}: {kind}", sorted(names), wanted)
        return post

    def _html(self, text: int, picture: str) -> str:
        """The body as it has to be there, with the picture’s address at the site."""
        return with_addresses(to_fragment(self._bodies[text]), {"assets/cup.png": picture})

    def _picture(self, text: int) -> bytes:
        folder = self.parts.data_dir / "content" / str(text) / "assets"
        return (folder / "cup.png").read_bytes()

    def _get(self, route: str, **params: Any) -> Any:
        url = f"{self.site.address}/wp-json/wp/v2/{route}"
        answer = self.reader.get(url, params=params, auth=("admin", self.site.password))
        answer.raise_for_status()
        return answer.json()

    async def _checked(self, name: str, cause: str | None, naming: str = "", **more: Any) -> None:
        checked = await self._check(**more)
        found = (checked.cause, naming in checked.problem)
        self._note(f"{name}: {checked.problem or checked.site}", found, (cause, True))

    async def _check(self, **more: Any) -> TargetCheck:
        target = await self._target(more.pop("account", "admin"), **more)
        return await check_target(CheckTarget(target_id=target), self.parts, Ear())

    async def _target(self, account: str, **more: Any) -> int:
        secret = self.site.passwords.get(account, WRONG)
        given = {"account": account, "secret": secret, "address": self.site.address, **more}
        name = f"{given['address']} {account}"
        added = await add_site(self.parts, "wordpress", given.pop("address"), name=name, **given)
        return added.id

    async def _text(self, *, picture: bool = True) -> int:
        markdown = ARTICLE if picture else "# No\n\nWords alone."
        text = await add_content(self.parts, markdown)
        self._bodies[text] = _body(markdown)
        put_image(self.parts, text)
        folder = self.parts.data_dir / "content" / str(text) / "assets"
        (folder / "cup.png").write_bytes(PICTURE)
        return text

    def _note(self, name: str, found: Any, wanted: Any) -> None:
        said = f"{found}" if found == wanted else f"{found}, not {wanted}"
        self.rows.append((name, said, found == wanted))


def _body(markdown: str) -> str:
    """The text without its title, which is no part of a post's body."""
    return markdown.partition("\n\n")[2]


async def walked(parts: Parts, site: WordPressSite) -> list[tuple[str, str, bool]]:
    """What was found at each step."""
    with httpx.Client(verify=site.trust, trust_env=False, timeout=60) as reader:
        walk = Walk(parts, site, reader)
        await walk.go()
        return walk.rows
