"""Texts from elsewhere: read from files, and kept as activities."""

from pathlib import Path

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.activities import (
    ListActivities,
    ShowActivity,
    list_activities,
    show_activity,
)
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.import_activity import (
    ImportActivity,
    ReadTextFile,
    TextFile,
    import_activity,
    read_text_file,
    title_of,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.show_draft import ShowDraft, show_draft
from tests.factories.engines import Ear

TEXT = "# Kaffee für das Büro\n\nFrischer *Kaffee* weckt Teams — ☕ jeden Morgen.\n"


async def imported(parts: Parts, markdown: str, **more: object) -> int:
    call = ImportActivity.model_validate({"markdown": markdown} | more)
    return (await import_activity(call, parts, Ear())).activity_id


async def test_a_text_becomes_a_draft_byte_for_byte(parts: Parts, ear: Ear) -> None:
    async with parts.bus.watch() as changes:
        number = await imported(parts, TEXT, type="linkedin", keyphrase=" Kaffee ")
        assert "subject='activities'" in repr(changes.get_nowait())
    shown = await show_activity(ShowActivity(activity_id=number), parts, ear)
    assert (shown.status, shown.title, shown.word_count) == ("draft", "Kaffee für das Büro", 10)
    assert shown.brief["keywords"] == ["Kaffee"] and shown.brief["type"] == "linkedin"
    assert (await show_draft(ShowDraft(activity_id=number), parts, ear)).markdown == TEXT
    (listed,) = (await list_activities(ListActivities(), parts, ear)).activities
    assert (listed.topic, listed.type) == ("Kaffee für das Büro", ContentType.LINKEDIN)


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("Hi", "Hi"),
        ("## Two\n\nOne line.\n\n# The main one\n", "The main one"),
        ("> " + "word " * 20, " ".join(["word"] * 12) + "…"),
        ("# " + "x" * 300, "x" * 255),
    ],
)
async def test_every_text_has_a_title(parts: Parts, markdown: str, title: str) -> None:
    assert title_of(markdown) == title
    await imported(parts, markdown)


async def test_nothing_is_no_text(parts: Parts) -> None:
    for markdown in ("", " \n", "---\n"):
        with pytest.raises(WrongUse, match="no text yet"):
            await imported(parts, markdown)


async def read(parts: Parts, path: Path) -> TextFile:
    return await read_text_file(ReadTextFile(path=path), parts, Ear())


async def test_files_are_read_whatever_their_encoding(parts: Parts, tmp_path: Path) -> None:
    markdown = tmp_path / "a.md"
    markdown.write_bytes(TEXT.encode())
    assert await read(parts, markdown) == TextFile(kind="text", text=TEXT)
    western = tmp_path / "b.txt"
    western.write_bytes("Café für alle, jeden Tag.\r\nMit Öl.".encode("cp1252"))
    assert (await read(parts, western)).text == "Café für alle, jeden Tag.\nMit Öl."


async def test_of_a_page_the_main_part_is_left(parts: Parts, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>T</title><script>track()</script></head><body><nav>Menu</nav>"
        "<main><h1>Coffee</h1><p>Fresh <b>every</b> morning.</p></main></body></html>"
    )
    told = await read(parts, page)
    assert told.kind == "html"
    assert "<h1>Coffee</h1><p>Fresh <b>every</b> morning.</p>" in told.text
    assert "Menu" not in told.text and "track" not in told.text


async def test_other_files_are_refused_with_what_they_are(parts: Parts, tmp_path: Path) -> None:
    picture = tmp_path / "logo.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    with pytest.raises(ServiceError, match="PNG image"):
        await read(parts, picture)
    long = tmp_path / "long.txt"
    long.write_text("word " * 500_000)
    with pytest.raises(ServiceError, match="too long"):
        await read(parts, long)
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4\n")
    with pytest.raises(ServiceError, match="Paste its text"):
        await read(parts, pdf)
