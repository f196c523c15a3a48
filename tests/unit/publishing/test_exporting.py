"""A text leaves the folder of its activity together with its images."""

import base64
from pathlib import Path

import pytest

from marketer_desktop.publishing.exporting import export_markdown, export_page
from tests.factories.documents import PNG

TEXT = "# Tea\n\n![A cup](assets/cup.png)\n\n![Elsewhere](https://x.example/y.png)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    images = tmp_path / "activity" / "assets"
    images.mkdir(parents=True)
    (images / "cup.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    return images.parent


def test_images_lie_beside_markdown(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "tea.md"
    target.parent.mkdir()
    assert export_markdown(target, TEXT, folder) == 1
    assert target.read_text("utf-8") == TEXT
    assert (target.parent / "assets" / "cup.png").read_bytes() == PNG
    assert sorted(path.name for path in target.parent.iterdir()) == ["assets", "tea.md"]


def test_images_are_inside_a_page(folder: Path, tmp_path: Path) -> None:
    page = '<p><img alt="A cup" src="assets/cup.png"> <img src="assets/gone.png"></p>'
    assert export_page(tmp_path / "tea.html", page, folder) == 1
    written = (tmp_path / "tea.html").read_text("utf-8")
    address = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert written == page.replace("assets/cup.png", address)


def test_no_file_from_outside_the_folder_goes_along(folder: Path, tmp_path: Path) -> None:
    path = "assets/../../secret.png"
    target = tmp_path / "out.md"
    assert export_markdown(target, f"![x]({path})", folder) == 0
    assert export_page(tmp_path / "out.html", f'<img src="{path}">', folder) == 0
    assert "base64" not in (tmp_path / "out.html").read_text("utf-8")


def test_a_text_is_exported_where_it_lies(folder: Path) -> None:
    assert export_markdown(folder / "tea.md", TEXT, folder) == 0
    assert (folder / "assets" / "cup.png").read_bytes() == PNG
