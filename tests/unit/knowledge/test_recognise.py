"""A file is known by what it holds, not by its name."""

import zipfile
from pathlib import Path

import pytest

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.document import FileType
from marketer_desktop.knowledge.loaders.recognise import recognise
from tests.factories.documents import PNG, SAMPLES, make_docx, make_html, make_pdf

MARKDOWN = "# Title\n\nSome **bold** words.\n\n- one\n- two\n\n[link](https://example.org)\n"
PROSE = "The roastery opens at eight.\n\nIt closes at six on every day of the week.\n"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("brand-guidelines.pdf", FileType.PDF),
        ("product-facts.docx", FileType.DOCX),
        ("customer-stories.md", FileType.MARKDOWN),
    ],
)
@pytest.mark.parametrize("name", ["brief.txt", "brief", "brief.html", "brief.xlsx"])
def test_the_name_does_not_matter(
    tmp_path: Path, sample: str, name: str, expected: FileType
) -> None:
    assert recognise(written(tmp_path, name, (SAMPLES / sample).read_bytes())) is expected


def test_a_pdf_may_begin_after_some_stray_bytes(tmp_path: Path) -> None:
    data = make_pdf(tmp_path / "a.pdf", [["Text."]]).read_bytes()
    assert recognise(written(tmp_path, "b.pdf", b"\xef\xbb\xbf\r\n" + data)) is FileType.PDF


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page.md"])
def test_html_is_html_under_any_name(tmp_path: Path, name: str) -> None:
    assert recognise(written(tmp_path, name, make_html(["Words."]))) is FileType.HTML


def test_a_fragment_of_html_is_html(tmp_path: Path) -> None:
    fragment = "<h2>News</h2><p>One.</p><p>Two.</p>"
    assert recognise(written(tmp_path, "news.txt", fragment)) is FileType.HTML


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", MARKDOWN, FileType.MARKDOWN),
        ("a.txt", PROSE, FileType.TXT),
        ("a.md", PROSE, FileType.MARKDOWN),
        ("a.txt", "- one\n- two\n", FileType.TXT),
        ("a.md", "- one\n- two\n", FileType.MARKDOWN),
        ("a.txt", f"<p>Logo</p><p>Two</p><div>Three</div>\n\n{MARKDOWN}", FileType.MARKDOWN),
        ("a.txt", "Close with </p>, </div> and </span> tags.", FileType.TXT),
        ("a", "5 < 6 and 7 > 3, said **nobody**.", FileType.TXT),
    ],
)
def test_the_name_decides_only_where_the_content_does_not(
    tmp_path: Path, name: str, content: str, expected: FileType
) -> None:
    assert recognise(written(tmp_path, name, content)) is expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    content = "Käse, Brötchen und süße Äpfel für über fünf Gäste.".encode(encoding)
    assert recognise(written(tmp_path, "a.txt", content)) is FileType.TXT


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (PNG, "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(50), "a JPEG image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.doc"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"\x7fELF\x02\x01" + bytes(90), "a program"),
        (b"abc\0\x01\x02 binary", "binary data"),
    ],
)
def test_other_content_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(DocumentError, match=rf"“logo\.pdf” is not a PDF.*{what}"):
        recognise(written(tmp_path, "logo.pdf", content))


@pytest.mark.parametrize(
    ("member", "what"), [("xl/workbook.xml", "Excel"), ("notes.txt", "ZIP archive")]
)
def test_other_archives_are_named(tmp_path: Path, member: str, what: str) -> None:
    path = tmp_path / "facts.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(DocumentError, match=what):
        recognise(path)


def test_words_that_begin_like_a_signature_are_words(tmp_path: Path) -> None:
    text = "BMW drivers and MZ riders drink coffee, said ID3."
    assert recognise(written(tmp_path, "a.txt", text)) is FileType.TXT


@pytest.mark.parametrize("content", ["", " \n\t\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises(DocumentError, match="is empty"):
        recognise(written(tmp_path, "a.txt", content))


def test_a_cut_off_word_document_is_called_damaged(tmp_path: Path) -> None:
    data = make_docx(tmp_path / "a.docx", ["Some words."]).read_bytes()
    with pytest.raises(DocumentError, match="damaged"):
        recognise(written(tmp_path, "b.docx", data[: len(data) // 2]))
