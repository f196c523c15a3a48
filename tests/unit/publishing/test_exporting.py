"""A text leaves the folder of its activity together with its images."""

import base64
from pathlib import Path

import pytest

from marketer_desktop.publishing.exporting import export, rendered
from marketer_desktop.publishing.formats import Format
from tests.factories.manuscripts import CUP, make_manuscript

TEXT = "# Tea\n\n![A cup](assets/cup.png)\n\n![Elsewhere](https://x.example/y.png)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    images = tmp_path / "activity" / "assets"
    images.mkdir(parents=True)
    (images / "cup.png").write_bytes(CUP)
    (tmp_path / "secret.png").write_bytes(CUP)
    return images.parent


def test_images_lie_beside_markdown(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "tea.md"
    target.parent.mkdir()
    assert export(make_manuscript(folder, TEXT), Format.MARKDOWN, target) == 1
    assert target.read_text("utf-8") == TEXT
    assert (target.parent / "assets" / "cup.png").read_bytes() == CUP
    assert sorted(path.name for path in target.parent.iterdir()) == ["assets", "tea.md"]


def test_images_are_inside_a_page(folder: Path, tmp_path: Path) -> None:
    export(make_manuscript(folder, TEXT), Format.HTML, tmp_path / "tea.html")
    written = (tmp_path / "tea.html").read_text("utf-8")
    address = f"data:image/png;base64,{base64.b64encode(CUP).decode()}"
    assert f'<img alt="A cup" src="{address}">' in written
    assert written.count("<img") == 1 and '<a href="https://x.example/y.png">' in written


@pytest.mark.parametrize("form", Format)
def test_no_file_from_outside_the_folder_goes_along(
    folder: Path, tmp_path: Path, form: Format
) -> None:
    text = "![x](assets/../../secret.png)\n\n![y](assets/link.png)\n"
    (folder / "assets" / "link.png").symlink_to(tmp_path / "secret.png")
    made = make_manuscript(folder, text)
    assert made.images == ()
    assert CUP not in rendered(made, form)
    target = tmp_path / "out" / f"x{form.extension}"
    target.parent.mkdir()
    assert export(made, form, target) == 0
    assert list(target.parent.iterdir()) == [target]


def test_a_text_is_exported_where_it_lies(folder: Path) -> None:
    assert export(make_manuscript(folder, TEXT), Format.MARKDOWN, folder / "tea.md") == 1
    assert (folder / "assets" / "cup.png").read_bytes() == CUP


def test_a_file_that_cannot_be_written_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "taken.txt"
    target.mkdir()
    with pytest.raises(OSError):
        export(make_manuscript(folder, TEXT), Format.TEXT, target)
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "activity",
        "secret.png",
        "taken.txt",
    ]
