"""Texts go to their sites once, say where they are, and are updated there."""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marketer_desktop.publishing.sites.webhook import KEY, SIGNATURE
from marketer_desktop.services.activity_page import ShowActivitySheet, show_activity_sheet
from marketer_desktop.services.content import OpenContent, SaveContent, open_content, save_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.publication_rounds import PublicationRounds
from marketer_desktop.services.publish import PreviewPublication, preview_publication
from marketer_desktop.services.publishing_targets import RemoveTarget, remove_target
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.stripe_signature import is_signed
from tests.factories.contents import add_content
from tests.factories.engines import Ear
from tests.factories.publishing import (
    ARTICLE,
    add_site,
    make_due,
    put_image,
    sent,
    standing,
)
from tests.fakes.ghost_server import GhostServer
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.web_site import Request, Response, Trouble, WebSite, json_response
from tests.fakes.wordpress_server import WordPressServer

LATER = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=2)


class Receiver(WebSite):
    """Takes what a webhook sends."""

    def respond(self, request: Request) -> Response:
        return json_response({"url": "https://example.com/coffee"})


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    backend = MemoryKeyring()
    with keyring_in_use(backend):
        yield backend


@pytest.fixture
def wordpress() -> Iterator[WordPressServer]:
    with WordPressServer() as site:
        yield site


@pytest.fixture
def ghost() -> Iterator[GhostServer]:
    with GhostServer() as site:
        yield site


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as site:
        yield site


@pytest.fixture
async def blog(parts: Parts, wordpress: WordPressServer) -> int:
    added = await add_site(
        parts, "wordpress", wordpress.address, account="admin", secret=wordpress.password
    )
    return added.id


@pytest.fixture
async def text(parts: Parts) -> int:
    number = await add_content(parts, ARTICLE)
    put_image(parts, number)
    return number


async def edited(parts: Parts, activity_id: int, markdown: str) -> None:
    now = await open_content(OpenContent(activity_id=activity_id), parts, Ear())
    call = SaveContent(activity_id=activity_id, markdown=markdown, base_revision=now.revision)
    await save_content(call, parts, Ear())


async def status_of(parts: Parts, activity_id: int) -> str:
    sheet = await show_activity_sheet(ShowActivitySheet(activity_id=activity_id), parts, Ear())
    return sheet.status


async def published_url(parts: Parts, activity_id: int) -> str | None:
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(activity_id)
    assert row is not None
    return row.published_url


async def test_a_text_on_wordpress_with_all_that_goes_with_it(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    told = await sent(
        parts, text, blog, tags=["Coffee", "Office"], categories=["News"], image="assets/cup.png"
    )
    (post,) = wordpress.posts.rows.values()
    (image,) = wordpress.media.rows.values()
    assert (told.state, told.problem) == ("published", "")
    assert (post.status, post.slug, post.title) == ("publish", "coffee", "Coffee for the office")
    assert post.excerpt == "Coffee brings people together."
    assert "<strong>people</strong>" in post.content
    assert "<h1" not in post.content
    assert 'alt="A cup on a desk"' in post.content
    assert "assets/cup.png" not in post.content
    assert post.featured_media == image.id
    assert {t.name for t in wordpress.terms["tags"].rows.values()} == {"Coffee", "Office"}
    assert len(post.tags) == 2
    assert told.url == f"{wordpress.address}/coffee/"
    assert await published_url(parts, text) == told.url
    assert await status_of(parts, text) == "published"


async def test_a_site_that_takes_no_search_description_is_said(
    parts: Parts, blog: int, text: int
) -> None:
    told = await sent(parts, text, blog)
    assert "no description for search results" in told.notes[0]


async def test_the_description_goes_where_the_plugin_keeps_it(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    wordpress.facts.meta = {"_yoast_wpseo_metadesc": "", "_yoast_wpseo_title": ""}
    told = await sent(parts, text, blog)
    (post,) = wordpress.posts.rows.values()
    assert told.notes == []
    assert post.meta["_yoast_wpseo_metadesc"] == "Coffee brings people together."


async def test_a_second_publish_makes_no_second_post(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    await sent(parts, text, blog)
    with pytest.raises(Conflict, match="already"):
        await sent(parts, text, blog)
    assert len(wordpress.posts.rows) == 1


async def test_an_update_sends_the_text_of_now(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    first = await sent(parts, text, blog)
    await edited(parts, text, "# Coffee for the office\n\nTea is fine, too.\n")
    changed = await standing(parts, text)
    assert changed.revision != changed.sent_revision == first.revision
    told = await sent(parts, text, blog, update=True)
    (post,) = wordpress.posts.rows.values()
    assert told.state == "published"
    assert told.sent_revision == told.revision
    assert post.content == "<p>Tea is fine, too.</p>"
    assert told.url == first.url
    assert told.published_at == first.published_at


@pytest.mark.parametrize("kind", ["before", "after", "half"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/wp-json"), ("POST", "/wp/v2/posts"), ("POST", "/wp/v2/posts/"), ("POST", "media")],
)
async def test_a_lost_answer_makes_no_second_post(
    parts: Parts,
    wordpress: WordPressServer,
    blog: int,
    text: int,
    kind: Any,
    method: str,
    path: str,
) -> None:
    wordpress.misbehave(Trouble(kind, method, path))
    told = await sent(parts, text, blog)
    (post,) = wordpress.posts.rows.values()
    assert (told.state, post.status, post.slug) == ("published", "publish", "coffee")
    assert len(wordpress.media.rows) == 1


async def test_a_refused_password_is_said_and_mended(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    wordpress.names_wrong_passwords = True
    await add_site(parts, "wordpress", wordpress.address, account="admin", secret="wrong")
    told = await sent(parts, text, blog)
    assert (told.state, told.cause) == ("failed", "password")
    assert told.problem.startswith("WordPress refused the application password.")
    await add_site(
        parts, "wordpress", wordpress.address, account="admin", secret=wordpress.password
    )
    assert (await sent(parts, text, blog)).state == "published"


async def test_a_draft_first_then_the_post(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    draft = await sent(parts, text, blog, as_draft=True)
    assert (draft.state, await status_of(parts, text)) == ("draft", "completed")
    await sent(parts, text, blog)
    (post,) = wordpress.posts.rows.values()
    assert post.status == "publish"


async def test_wordpress_keeps_the_time_itself(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    told = await sent(parts, text, blog, publish_at=LATER)
    (post,) = wordpress.posts.rows.values()
    assert (told.state, post.status, post.date) == ("scheduled", "future", LATER)
    assert await status_of(parts, text) == "completed"
    wordpress.facts.now = lambda: LATER
    await make_due(parts, told.id)
    await PublicationRounds(parts).send_due()
    assert (await standing(parts, text)).state == "published"
    assert await status_of(parts, text) == "published"


async def test_another_time_replaces_the_first(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    await sent(parts, text, blog, publish_at=LATER)
    told = await sent(parts, text, blog, publish_at=LATER + dt.timedelta(days=1))
    (post,) = wordpress.posts.rows.values()
    assert told.state == "scheduled"
    assert post.date == LATER + dt.timedelta(days=1)


async def test_a_time_that_people_changed_at_the_site_is_kept(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    told = await sent(parts, text, blog, publish_at=LATER)
    (post,) = wordpress.posts.rows.values()
    post.date = LATER + dt.timedelta(days=5)
    await make_due(parts, told.id)
    await PublicationRounds(parts).send_due()
    after = await standing(parts, text)
    assert (after.state, after.publish_at) == ("scheduled", post.date)


async def test_a_post_that_is_gone_is_made_anew(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    await sent(parts, text, blog)
    wordpress.posts.rows.clear()
    told = await sent(parts, text, blog, update=True)
    assert (told.state, told.cause) == ("failed", "gone")
    assert (await sent(parts, text, blog)).state == "published"
    assert len(wordpress.posts.rows) == 1


async def test_a_text_on_ghost(parts: Parts, ghost: GhostServer, text: int) -> None:
    site = await add_site(parts, "ghost", ghost.address, secret=ghost.key)
    told = await sent(parts, text, site.id, tags=["Coffee"], image="assets/cup.png")
    (post,) = ghost.posts.rows.values()
    assert (told.state, post.status, post.slug) == ("published", "published", "coffee")
    assert post.words["meta_description"] == "Coffee brings people together."
    assert [tag.name for tag in post.tags] == ["Coffee"]
    assert post.words["feature_image"] in ghost.images
    assert told.url == f"{ghost.address}/coffee/"


@pytest.mark.parametrize("kind", ["before", "after", "half"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
async def test_a_lost_answer_of_ghost_makes_no_second_post(
    parts: Parts, ghost: GhostServer, text: int, kind: Any, method: str
) -> None:
    site = await add_site(parts, "ghost", ghost.address, secret=ghost.key)
    ghost.misbehave(Trouble(kind, method, "posts"))
    told = await sent(parts, text, site.id)
    (post,) = ghost.posts.rows.values()
    assert (told.state, post.status, post.slug) == ("published", "published", "coffee")


async def test_ghost_keeps_the_time_and_takes_updates(
    parts: Parts, ghost: GhostServer, text: int
) -> None:
    site = await add_site(parts, "ghost", ghost.address, secret=ghost.key)
    told = await sent(parts, text, site.id, publish_at=LATER)
    (post,) = ghost.posts.rows.values()
    assert (told.state, post.status, post.published_at) == ("scheduled", "scheduled", LATER)
    assert (await sent(parts, text, site.id)).state == "published"
    await edited(parts, text, "# Coffee\n\nTea is fine, too.\n")
    assert (await sent(parts, text, site.id, update=True)).state == "published"
    (post,) = ghost.posts.rows.values()
    assert "Tea is fine" in (post.html or "")


async def test_a_webhook_gets_the_whole_text_signed(
    parts: Parts, receiver: Receiver, text: int
) -> None:
    site = await add_site(parts, "webhook", f"{receiver.address}/hook?a=b", secret="shared")
    told = await sent(parts, text, site.id)
    (request,) = receiver.requests
    header = request.headers[SIGNATURE]
    time = header.partition(",")[0].removeprefix("t=")
    signed = hmac.new(b"shared", f"{time}.".encode() + request.body, hashlib.sha256).hexdigest()
    assert header == f"t={time},v1={signed}"
    assert is_signed(request.body.decode(), header, "shared", int(time))
    body = json.loads(request.body)
    assert (body["event"], body["slug"], body["order"]) == ("content.published", "coffee", 1)
    assert "data:image/png;base64," in body["html"]
    assert request.asked("a") == "b"
    assert (told.state, told.url) == ("published", "https://example.com/coffee")


async def test_a_webhook_that_is_tried_again_says_so_by_its_key(
    parts: Parts, receiver: Receiver, text: int
) -> None:
    site = await add_site(parts, "webhook", receiver.address, secret="shared")
    receiver.misbehave(Trouble("after"))
    await sent(parts, text, site.id)
    first, again = receiver.requests
    assert first.headers[KEY] == again.headers[KEY]
    await sent(parts, text, site.id, update=True)
    assert receiver.requests[-1].headers[KEY] != first.headers[KEY]


async def test_a_folder_of_a_static_site(parts: Parts, tmp_path: Path, text: int) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    site = await add_site(parts, "folder", str(folder))
    told = await sent(parts, text, site.id, tags=["Coffee"])
    page = folder / "coffee" / "index.md"
    head, body = page.read_text("utf-8").split("\n---\n", 1)
    assert "title: Coffee for the office\n" in head
    assert "draft: false" in head
    assert body.lstrip().startswith("Coffee brings **people** together.")
    assert (folder / "coffee" / "assets" / "cup.png").is_file()
    assert (told.state, told.url) == ("published", page.as_uri())
    assert await published_url(parts, text) is None  # a file here is no address elsewhere


async def test_somebody_elses_page_is_not_overwritten(
    parts: Parts, tmp_path: Path, text: int
) -> None:
    page = tmp_path / "coffee" / "index.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: Mine\n---\nMine.")
    site = await add_site(parts, "folder", str(tmp_path))
    told = await sent(parts, text, site.id)
    assert (told.state, told.cause) == ("failed", "taken")
    assert page.read_text() == "---\ntitle: Mine\n---\nMine."
    assert (await sent(parts, text, site.id, slug="coffee-2")).state == "published"


async def test_what_is_due_later_waits_and_is_sent_then(
    parts: Parts, tmp_path: Path, text: int
) -> None:
    site = await add_site(parts, "folder", str(tmp_path))
    told = await sent(parts, text, site.id, publish_at=LATER)
    assert (told.state, told.due_at) == ("waiting", LATER)
    rounds = PublicationRounds(parts)
    await rounds.send_due()
    assert not (tmp_path / "coffee").exists()
    await make_due(parts, told.id)  # as after a sleep, or at the next start
    await rounds.send_due()
    assert (tmp_path / "coffee" / "index.md").is_file()
    async with parts.database.unit_of_work() as work:
        member = await work.workspaces.member()
        (notice,) = await work.notifications.list(member.user_id, 5)
    assert notice.type == "publish_complete"


async def test_a_removed_target_gets_nothing_and_knows_its_posts_when_it_comes_back(
    parts: Parts, wordpress: WordPressServer, blog: int, text: int
) -> None:
    await sent(parts, text, blog)
    await remove_target(RemoveTarget(target_id=blog), parts, Ear())
    again = await add_site(
        parts, "wordpress", wordpress.address, account="admin", secret=wordpress.password
    )
    with pytest.raises(Conflict, match="already"):
        await sent(parts, text, again.id)


async def test_the_preview_shows_what_would_be_sent(parts: Parts, blog: int, text: int) -> None:
    call = PreviewPublication(activity_id=text, target_id=blog)
    seen = await preview_publication(call, parts, Ear())
    assert (seen.slug, seen.tags, seen.images) == ("coffee", ["coffee"], ["assets/cup.png"])
    assert "data:image/png;base64," in seen.page
    assert seen.publication is None
    told = await sent(parts, text, blog, slug="coffee-at-work")
    seen = await preview_publication(call, parts, Ear())
    assert seen.slug == "coffee-at-work"
    assert seen.publication == told
