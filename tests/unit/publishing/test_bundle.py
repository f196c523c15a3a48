"""Everything in one ZIP: each kind of file, posts, images, and names that every system takes."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.publishing.bundle import file_of, files_of_all, write_zip
from marketer_desktop.publishing.names import file_name
from tests.factories.manuscripts import CUP, make_manuscript

VARIANTS = {"linkedin": "Coffee first.", "twitter": "Coffee.", "thread": "1/1 Coffee.", "plain": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "cup.png").write_bytes(CUP)
    return tmp_path


def test_all_kinds_posts_and_images_are_in_it(folder: Path) -> None:
    packed = ZipFile(BytesIO(file_of(make_manuscript(folder, variants=VARIANTS))))
    name = "grusse-aus-koln"
    assert sorted(packed.namelist()) == sorted(
        [
            *(f"{name}.{ending}" for ending in ("md", "html", "docx", "pdf", "txt")),
            f"hugo/{name}/index.md",
            "assets/cup.png",
            f"hugo/{name}/assets/cup.png",
            *(f"social/{post}.txt" for post in ("linkedin", "x", "x-thread")),
        ]
    )
    assert packed.read("assets/cup.png") == CUP
    assert packed.read("social/x.txt") == b"Coffee.\n"
    assert packed.read(f"{name}.pdf").startswith(b"%PDF-")


def test_a_mail_comes_as_one(folder: Path) -> None:
    mail = make_manuscript(folder, "Hello.\n", content_type=ContentType.EMAIL, name="mail")
    packed = ZipFile(BytesIO(file_of(mail)))
    assert "Subject:" in packed.read("mail.eml").decode()


def test_each_text_of_a_campaign_has_a_folder_of_its_own(folder: Path) -> None:
    texts = [make_manuscript(folder, "One.\n"), make_manuscript(folder, "Two.\n")]
    written = BytesIO()
    write_zip(written, files_of_all(texts))
    packed = ZipFile(written)
    assert packed.read("grusse-aus-koln/grusse-aus-koln.txt") == b"One.\n"
    assert packed.read("grusse-aus-koln-2/grusse-aus-koln.txt") == b"Two.\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Coffee for the Office!", "coffee-for-the-office"),
        ("Grüße aus Köln", "grusse-aus-koln"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x\x00.exe", "c-windows-x-exe"),
        ("日本市場への参入", "日本市場への参入"),
        ("\u202egnp.exe", "gnp-exe"),
        ("CON", "text-7"),
        ("...", "text-7"),
        ("", "text-7"),
        ("a" * 300, "a" * 80),
    ],
)
def test_no_title_leads_elsewhere(title: str, name: str) -> None:
    assert file_name(title, 7) == name
