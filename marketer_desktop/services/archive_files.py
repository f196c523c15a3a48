"""The files of a data folder that go into an archive, and the way back: staged, then swapped in."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from marketer_desktop.services.document_files import DRAFT
from marketer_desktop.storage.archive.names import DICTIONARY, SINGLE, is_file
from marketer_desktop.storage.restore import remark_on

FOLDERS = ("documents", "content")
STAGED, BEFORE = ".restored-", ".before"


@dataclass
class Found:
    """Names in the archive with their files, and originals that are not there any more."""

    files: dict[str, Path] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    left_out: int = 0  # files with names that not every system takes

    @property
    def bytes(self) -> int:
        """The room that all of them take; what has just gone takes none."""
        return sum(map(_size, self.files.values()))


def files_of(data_dir: Path, documents: Iterable[str]) -> Found:
    """The originals of `documents`, what lies beside the texts, and the words people added."""
    found = Found()
    for path in documents:
        name = f"documents/{PureWindowsPath(path).name}"  # reads the paths of both kinds
        if (data_dir / name).is_file() and is_file(name):
            found.files[name] = data_dir / name
        else:
            found.missing.append(name)
    for file in _beside_texts(data_dir):
        name = file.relative_to(data_dir).as_posix()
        if is_file(name):
            found.files[name] = file
        else:
            found.left_out += 1
    if (data_dir / DICTIONARY).is_file():
        found.files[DICTIONARY] = data_dir / DICTIONARY
    return found


def _beside_texts(data_dir: Path) -> Iterator[Path]:
    """Whole files, not links: those would lead elsewhere on another machine."""
    for file in sorted((data_dir / "content").rglob("*")):
        if file.is_file() and not file.is_symlink() and file.suffix != DRAFT:
            yield file


def _size(file: Path) -> int:
    with suppress(OSError):
        return file.stat().st_size
    return 0


class StagedFiles:
    """Files beside those of the data folder, which take their place once the database has changed.

    The database tells whether it has by the `mark`, its comment from that moment on.
    """

    def __init__(self, data_dir: Path, mark: str) -> None:
        self._data_dir, self.mark = data_dir, mark
        self._folder = data_dir / f"{STAGED}{mark}"

    def begin(self) -> None:
        """An empty place; folders that the archive lacks will be empty as well."""
        for name in FOLDERS:
            (self._folder / name).mkdir(mode=0o700, parents=True)

    def write(self, name: str, blocks: Iterable[bytes]) -> None:
        """Put a file there."""
        assert is_file(name)
        place = self._folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as stream:
            for block in blocks:
                stream.write(block)

    def swap_in(self) -> None:
        """Take the place of what is there; one that was cut off goes on."""
        for name in FOLDERS:
            staged, place = self._folder / name, self._data_dir / name
            if staged.exists():
                if place.exists():
                    place.rename(self._folder / f"{name}{BEFORE}")
                staged.rename(place)
        for name in SINGLE:
            if (self._folder / name).exists():
                (self._folder / name).replace(self._data_dir / name)
        self.discard()

    def discard(self) -> None:
        """Leave everything as it is."""
        shutil.rmtree(self._folder, ignore_errors=True)


def settle_restores(data_dir: Path, url: str) -> None:
    """Finish, or undo, the files of restores that were cut off; by the owner of the folder only."""
    for folder in data_dir.glob(f"{STAGED}*"):
        staged = StagedFiles(data_dir, folder.name.removeprefix(STAGED))
        if remark_on(url) == staged.mark:
            staged.swap_in()
        else:
            staged.discard()
