"""Documents over HTTP: uploaded, recognised, read in the background, found, forgotten."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from marketer_desktop.api import bounds, uploads
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.unfinished_documents import UnfinishedDocuments
from tests.factories.documents import make_pdf
from tests.factories.serving import Teammate, add_organization, add_teammate, client_of
from tests.patience import becomes_true

HOURS = b"# Opening hours\n\nThe tasting room opens at nine on Saturdays.\n"


@pytest.fixture
async def reader(parts: Parts) -> AsyncIterator[UnfinishedDocuments]:
    """Reads what is uploaded, as an engine does."""
    background = UnfinishedDocuments(parts, pause=0)
    await background.start()
    yield background
    await background.stop()


@pytest.fixture
async def client(parts: Parts, owner: Teammate) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(parts, owner) as client:
        yield client


async def upload(
    client: httpx.AsyncClient, content: bytes, name: str = "hours.md", **fields: str
) -> httpx.Response:
    return await client.post("/api/documents", files={"file": (name, content)}, data=fields)


def kept_files(parts: Parts) -> list[Path]:
    return sorted((parts.data_dir / "documents").iterdir())


async def test_a_document_is_kept_read_and_found(
    parts: Parts, client: httpx.AsyncClient, reader: UnfinishedDocuments, tmp_path: Path
) -> None:
    pages = [["The first page."], ["Our roastery was founded in 1912 by two sisters."]]
    pdf = make_pdf(tmp_path / "brand-guidelines.pdf", pages).read_bytes()
    made = await upload(client, pdf, "brand-guidelines.pdf")
    assert made.status_code == 201
    told = made.json()["data"]
    assert (told["filename"], told["file_size"], told["status"]) == (
        "brand-guidelines.pdf",
        len(pdf),
        "pending",
    )

    async def read() -> bool:
        found = (await client.get(f"/api/documents/{told['id']}")).json()["data"]
        return bool(found["status"] == "indexed")

    await becomes_true(read)
    listed = (await client.get("/api/documents?status=processed")).json()["data"]["documents"]
    assert [(each["id"], each["status"], each["file_type"]) for each in listed] == [
        (told["id"], "indexed", "pdf")
    ]
    found = await client.get("/api/documents/search", params={"q": "When was it founded?"})
    best = found.json()["data"]["passages"][0]
    assert (best["document_id"], best["page"]) == (told["id"], 2)
    assert "1912" in best["text"]


async def test_the_same_content_is_recognised(parts: Parts, client: httpx.AsyncClient) -> None:
    first, again = await upload(client, HOURS), await upload(client, HOURS, "copy.md")
    assert again.json()["data"]["id"] == first.json()["data"]["id"]
    digest = hashlib.sha256(HOURS).hexdigest()
    assert [path.name for path in kept_files(parts)] == [f"{digest}.md"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\x89PNG\r\n\0\0\0", "brand.pdf"), (b"", "empty.txt"), (b"\x7fELF\0\0", "notes.md")],
)
async def test_what_it_is_not_is_told_by_its_content(
    parts: Parts, client: httpx.AsyncClient, content: bytes, name: str
) -> None:
    answer = await upload(client, content, name)
    assert answer.status_code == 415
    error = answer.json()["error"]
    assert error["code"] == "UNSUPPORTED_MEDIA_TYPE"
    assert name in error["message"]
    assert kept_files(parts) == []


async def test_too_much_is_refused_and_leaves_nothing(
    parts: Parts, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_UPLOAD", 1000)
    answer = await upload(client, b"word " * 1000)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "PAYLOAD_TOO_LARGE"
    assert kept_files(parts) == []


@pytest.mark.parametrize("told", [True, False])
async def test_every_body_is_bounded_whether_it_says_its_length_or_not(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    monkeypatch.setattr(bounds, "LARGEST_BODY", 2000)
    body = b'{"name": "' + b"x" * 3000 + b'"}'

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 500):
            yield body[start : start + 500]

    answer = await client.post(
        "/api/projects",
        content=body if told else pieces(),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "PAYLOAD_TOO_LARGE"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"file": 1}', "application/json"),
        (b"--b\r\nnonsense", "multipart/form-data; boundary=b"),
        (b"", "multipart/form-data; boundary=b"),
        (b"--b--\r\n", "multipart/form-data; boundary=b"),
        (
            b'--b\r\nContent-Disposition: form-data; name="project_id"\r\n\r\n1\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
async def test_a_form_that_is_none_is_a_malformed_request(
    parts: Parts, client: httpx.AsyncClient, content: bytes, kind: str
) -> None:
    answer = await client.post("/api/documents", content=content, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert list(answer.json()["error"]["details"]) == ["file"]
    assert kept_files(parts) == []


@pytest.mark.parametrize("number", ["0", "x", "99999999999"])
async def test_a_project_is_named_by_its_number(client: httpx.AsyncClient, number: str) -> None:
    answer = await upload(client, HOURS, project_id=number)
    assert answer.status_code == 400
    assert list(answer.json()["error"]["details"]) == ["project_id"]


async def test_a_project_of_nobody_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await upload(client, HOURS, project_id="4711")).status_code == 404


async def test_storage_is_counted_against_the_plan_and_given_back(
    parts: Parts, organization: tuple[int, str], client: httpx.AsyncClient
) -> None:
    async with parts.database.unit_of_work() as work:
        (await work.organizations.locked(organization[0])).max_storage_gb = 0
        await work.commit()
    refused = await upload(client, HOURS)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert int(refused.headers["Retry-After"]) > 0
    async with parts.database.unit_of_work() as work:
        (await work.organizations.locked(organization[0])).max_storage_gb = 1
        await work.commit()
    made = await upload(client, HOURS)
    assert made.status_code == 201
    gone = await client.delete(f"/api/documents/{made.json()['data']['id']}")
    assert gone.status_code == 200
    async with parts.database.unit_of_work() as work:
        assert await work.usage.stored_bytes(organization[0]) == 0
    assert kept_files(parts) == []


async def test_documents_of_others_and_of_private_projects_are_not_there(
    parts: Parts, organization: tuple[int, str], client: httpx.AsyncClient
) -> None:
    project = (
        await client.post("/api/projects", json={"name": "Secret", "visibility": "private"})
    ).json()["data"]["id"]
    number = (await upload(client, HOURS, project_id=str(project))).json()["data"]["id"]
    colleague = await add_teammate(parts, "colleague@example.com", organization, "admin")
    stranger = await add_teammate(
        parts, "stranger@example.com", await add_organization(parts, "Other")
    )
    for somebody in (colleague, stranger):
        async with client_of(parts, somebody) as theirs:
            assert (await theirs.get(f"/api/documents/{number}")).status_code == 404
            assert (await theirs.delete(f"/api/documents/{number}")).status_code == 404
            again = await theirs.post(f"/api/documents/{number}/reindex")
            assert again.status_code == 404
            listed = (await theirs.get("/api/documents")).json()["data"]
            assert (listed["documents"], listed["pagination"]["total"]) == ([], 0)
    assert (await client.get(f"/api/documents/{number}")).status_code == 200


async def test_a_document_is_read_again_in_the_background(
    parts: Parts, client: httpx.AsyncClient, reader: UnfinishedDocuments
) -> None:
    number = (await upload(client, HOURS)).json()["data"]["id"]

    async def read() -> bool:
        found = (await client.get(f"/api/documents/{number}")).json()["data"]
        return bool(found["status"] == "indexed")

    await becomes_true(read)
    before = (await client.get(f"/api/documents/{number}")).json()["data"]["processed_at"]
    assert (await client.post(f"/api/documents/{number}/reindex")).status_code == 202

    async def again() -> bool:
        found = (await client.get(f"/api/documents/{number}")).json()["data"]
        return bool(found["processed_at"] != before)

    await becomes_true(again)
