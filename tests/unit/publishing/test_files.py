"""The files of a finished piece."""

import json
from pathlib import Path

import pytest

from marketer_desktop.publishing.files import write_piece


def test_the_three_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    path = write_piece(folder, "# Süß\n", "<html>", {"name": "Süß"})
    assert path == folder / "article.md"
    assert path.read_text("utf-8") == "# Süß\n"
    assert (folder / "article.html").read_text("utf-8") == "<html>"
    report = (folder / "report.json").read_text("utf-8")
    assert json.loads(report) == {"name": "Süß"}
    assert "Süß" in report
    assert {file.name for file in folder.iterdir()} == {"article.md", "article.html", "report.json"}


def test_writing_again_replaces(tmp_path: Path) -> None:
    write_piece(tmp_path, "long old text", "old", {})
    assert write_piece(tmp_path, "new", "new", {}).read_text("utf-8") == "new"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        write_piece(tmp_path / "file", "text", "page", {})


def test_a_mail_is_written_as_one(tmp_path: Path) -> None:
    write_piece(tmp_path, "# A\n", "<html>", {}, mail=b"Subject: A\r\n\r\nB")
    assert (tmp_path / "article.eml").read_bytes() == b"Subject: A\r\n\r\nB"
