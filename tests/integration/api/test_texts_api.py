"""Texts over HTTP: read, saved, restored, handed out as files, and scored."""

import asyncio
from typing import Any

import httpx
import pytest

from marketer_desktop.publishing.formats import Format
from marketer_desktop.services.parts import Parts
from tests.factories.api_content import add_text, make_campaign, make_project
from tests.factories.contents import ARTICLE
from tests.factories.documents import PNG
from tests.factories.serving import Teammate, add_teammate, client_of

NEW = "# Tea for the office\n\nTea is cheaper than coffee.\n"


@pytest.fixture
async def path(parts: Parts, owner: Teammate, client: httpx.AsyncClient) -> str:
    """Where an article about coffee is."""
    campaign = await make_campaign(client, await make_project(client, "Spring"))
    return f"/api/activities/{await add_text(parts, owner, campaign)}"


async def saved(client: httpx.AsyncClient, path: str, **fields: Any) -> httpx.Response:
    return await client.put(f"{path}/content", json={"markdown": NEW, **fields})


async def test_a_text_is_read_and_saved(client: httpx.AsyncClient, parts: Parts, path: str) -> None:
    answer = await client.get(f"{path}/content")
    before = answer.json()["data"]
    assert (before["markdown"], before["revision"]) == (ARTICLE, 0)
    assert before["variants"] == {"linkedin": "Coffee first.", "twitter": "Coffee."}
    assert str(parts.data_dir) not in answer.text
    kept = (await saved(client, path, base_revision=0, title="Tea", slug="tea")).json()["data"]
    assert (kept["revision"], kept["word_count"]) == (1, 9)
    after = (await client.get(f"{path}/content")).json()["data"]
    assert after == {
        **before,
        "markdown": NEW,
        "title": "Tea",
        "slug": "tea",
        "revision": 1,
        "word_count": 9,
        "saved_at": kept["saved_at"],
    }


async def test_a_save_on_top_of_a_newer_text_is_refused(
    client: httpx.AsyncClient, path: str
) -> None:
    assert (await saved(client, path, base_revision=0)).status_code == 200
    answer = await client.put(f"{path}/content", json={"markdown": "Late", "base_revision": 0})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "CONFLICT")
    assert (await client.get(f"{path}/content")).json()["data"]["markdown"] == NEW


async def test_of_two_saves_at_once_one_is_refused(client: httpx.AsyncClient, path: str) -> None:
    answers = await asyncio.gather(*(saved(client, path, base_revision=0) for _ in range(2)))
    assert sorted(each.status_code for each in answers) == [200, 409]


async def test_an_old_text_comes_back_as_a_new_revision(
    client: httpx.AsyncClient, owner: Teammate, path: str
) -> None:
    await saved(client, path, base_revision=0)
    stale = await client.post(f"{path}/revisions/1/restore", json={"base_revision": 0})
    assert stale.status_code == 409
    restored = await client.post(f"{path}/revisions/1/restore")
    assert (restored.status_code, restored.json()["data"]["revision"]) == (200, 2)
    assert (await client.get(f"{path}/content")).json()["data"]["markdown"] == ARTICLE
    listed = (await client.get(f"{path}/revisions")).json()["data"]["revisions"]
    assert [(each["number"], each["reason"]) for each in listed] == [
        (3, "restored"),
        (2, "edited"),
        (1, "imported"),
    ]
    noted = (await client.get("/api/audit-logs?resource_type=activity")).json()["data"]
    assert [each["action"] for each in noted["audit_logs"]] == [
        "activity.text_restored",
        "activity.text_edited",
    ]
    second = (await client.get(f"{path}/revisions/2")).json()["data"]
    assert (second["number"], second["markdown"]) == (2, NEW)
    assert (await client.get(f"{path}/revisions/4")).status_code == 404


UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"base_revision": 0, "markdown": "x" * 100_001}, "markdown"),
    ({"base_revision": 0, "markdown": "A\x00B"}, "markdown"),
    ({"base_revision": 0, "title": "x" * 256}, "title"),
    ({"base_revision": True}, "base_revision"),
    ({}, "base_revision"),
]


async def test_a_text_that_cannot_be_kept_is_malformed(
    client: httpx.AsyncClient, path: str
) -> None:
    for fields, field in UNFIT:
        answer = await saved(client, path, **fields)
        assert answer.status_code == 400, fields
        assert set(answer.json()["error"]["details"]) == {field}


async def test_viewers_read_and_change_nothing(
    parts: Parts, organization: tuple[int, str], path: str
) -> None:
    viewer = await add_teammate(parts, "viewer@example.com", organization, "viewer")
    async with client_of(parts, viewer) as client:
        assert (await client.get(f"{path}/content")).status_code == 200
        for answer in (
            await saved(client, path, base_revision=0),
            await client.post(f"{path}/revisions/1/restore"),
            await client.patch(path, json={"status": "draft"}),
        ):
            assert answer.status_code == 403
            assert answer.json()["error"]["required_permission"] == "activity:update"


async def test_a_text_is_handed_out_as_markdown_and_as_a_page(
    parts: Parts, client: httpx.AsyncClient, path: str
) -> None:
    markdown = await client.get(f"{path}/export?format=md")
    assert markdown.text == ARTICLE
    assert markdown.headers["Content-Type"] == "text/markdown; charset=utf-8"
    name = 'attachment; filename="coffee-for-the-office.md"'
    assert markdown.headers["Content-Disposition"] == name
    images = parts.data_dir / "content" / path.rsplit("/", 1)[1] / "assets"
    images.mkdir(parents=True)
    (images / "cup.png").write_bytes(PNG)
    await client.put(
        f"{path}/content", json={"markdown": "![Cup](assets/cup.png)", "base_revision": 0}
    )
    page = await client.get(f"{path}/export?format=html")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<img alt="Cup" src="data:image/png;base64,' in page.text


@pytest.mark.parametrize(
    ("form", "ending", "media_type", "begins"),
    [
        ("hugo", "md", "text/markdown; charset=utf-8", b"---\ntitle: Coffee for the office\n"),
        ("txt", "txt", "text/plain; charset=utf-8", b"Coffee for the office\n"),
        ("docx", "docx", Format.DOCX.media_type, b"PK"),
        ("pdf", "pdf", "application/pdf", b"%PDF-"),
        ("zip", "zip", "application/zip", b"PK"),
    ],
)
async def test_a_text_is_handed_out_as_any_file(
    client: httpx.AsyncClient, path: str, form: str, ending: str, media_type: str, begins: bytes
) -> None:
    answer = await client.get(f"{path}/export?format={form}")
    assert answer.headers["Content-Type"] == media_type
    name = f'attachment; filename="coffee-for-the-office.{ending}"'
    assert answer.headers["Content-Disposition"] == name
    assert answer.content.startswith(begins)


async def test_a_name_of_another_script_goes_along(client: httpx.AsyncClient, path: str) -> None:
    await saved(client, path, base_revision=0, title="日本")
    answer = await client.get(f"{path}/export?format=txt")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"text.txt\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt"
    )


async def test_a_format_that_is_not_there_is_malformed(
    client: httpx.AsyncClient, path: str
) -> None:
    for file_format in ("odt", "markdown", "MD", ""):
        answer = await client.get(f"{path}/export?format={file_format}")
        assert answer.status_code == 400, file_format
        assert set(answer.json()["error"]["details"]) == {"format"}


async def test_what_has_no_text_is_not_handed_out(
    parts: Parts, owner: Teammate, client: httpx.AsyncClient
) -> None:
    campaign = await make_campaign(client, await make_project(client, "Spring"))
    number = await add_text(parts, owner, campaign, status="draft", content=None)
    answer = await client.get(f"/api/activities/{number}/export?format=md")
    assert answer.status_code == 409


async def test_any_text_is_scored(client: httpx.AsyncClient) -> None:
    asked = {
        "text": ARTICLE,
        "keyphrase": "coffee",
        "title": "Coffee for the office",
        "description": "Coffee brings people together.",
        "slug": "coffee",
    }
    answer = await client.post("/api/score", json=asked)
    with_keyphrase = answer.json()["data"]
    assert (answer.status_code, with_keyphrase["left_out"]) == (200, [])
    assert {"seo", "readability"} == {each["group"] for each in with_keyphrase["checks"]}
    without = (await client.post("/api/score", json={"text": ARTICLE})).json()["data"]
    assert without["seo"] < with_keyphrase["seo"]
    assert (await client.post("/api/score", json={})).status_code == 400
