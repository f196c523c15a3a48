"""The hostile files: what is wrong with each, where it lies, and what has to come of it."""

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.factories.hostile_case import FACT, SLOW, Case, holding
from tests.factories.hostile_pdf import pdf, pdfs
from tests.factories.hostile_text import text_files
from tests.factories.hostile_word import word, word_files

CANARY = "canary-4711-no-document-may-show-this"
ODD_NAMES = (
    "two\nlines.txt", "“quoted” 'and' \"so\".txt", "☕🚢.md", "\u202efdp.txt", "מסמך.txt",
    "-rf.txt", "--child.txt", ".hidden", "ends with a dot.", "ends with a space ",
    "many   spaces .txt", "per%cent{0}.txt", "$(touch x).txt", "a" * 251 + ".txt", "€" * 84 + ".md",
)  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A file to read: if `readable` its text contains `expected`, else the error does.

    `slow` ones run into a limit or take seconds.
    """

    name: str
    path: Path
    expected: str
    readable: bool = False
    slow: bool = False


def hostile_files(folder: Path) -> list[Hostile]:
    """All of them, made in `folder`, each in a folder of its own."""
    return [made(case, folder / f"{number:03}") for number, case in enumerate(cases(folder))]


def made(case: Case, folder: Path) -> Hostile:
    """The file of `case`, made in `folder`."""
    folder.mkdir()
    path = folder / case.file
    case.make(path)
    return Hostile(case.file, path, case.text or case.error, bool(case.text), case.file in SLOW)


def cases(folder: Path) -> Iterator[Case]:
    """What there is to make; the canary they are not to show lies in `folder`."""
    canary = folder / "canary.txt"
    canary.write_text(CANARY)
    yield from pdfs()
    yield from word_files(canary.as_uri())
    yield from text_files(canary.as_uri())
    yield from names()
    yield from places()


def names() -> Iterator[Case]:
    """Whole files under names that break careless code."""
    for name in ODD_NAMES:
        yield Case(name, holding(FACT.encode()), text=FACT)
    broken = os.fsdecode(b"caf\xe9-\xff.txt")
    yield Case(broken, holding(FACT.encode()), text=FACT)
    yield Case(f"empty-{broken}", holding(b""), "“empty-caf\ufffd-\ufffd.txt” is empty")
    yield Case("a\nb.pdf", holding(pdf), text=FACT)
    yield Case("-x\u202e.docx", holding(lambda: word("no XML")), "“-x\ufffd.docx” is damaged")


def places() -> Iterator[Case]:
    """What lies where a file should be."""
    pipe = "is a device or a pipe, not a file"
    yield Case("folder.pdf", Path.mkdir, "is a folder. Choose the files in it")
    yield Case("pipe.txt", os.mkfifo, pipe)
    yield Case("socket.txt", _socket, pipe)
    yield Case("device.txt", lambda path: path.symlink_to("/dev/zero"), pipe)
    yield Case("loop.txt", lambda path: path.symlink_to(path), "Too many levels of symbolic links")
    yield Case("missing.txt", lambda path: None, "There is no file")
    yield Case("dangling.txt", lambda path: path.symlink_to("nowhere"), "There is no file")
    yield Case("below-a-file.txt/x", _below_a_file, "There is no file")
    yield Case("sparse.txt", _sparse, "larger than 100 MB")
    if os.geteuid():
        yield Case("forbidden.txt", lambda path: path.touch(0), "Permission denied")
    memory = "/proc/self/mem"
    yield Case("no-file-of-a-disk.txt", lambda path: path.symlink_to(memory), "could not be read: ")


def _socket(path: Path) -> None:
    # Its address may have a hundred characters, and a test's folder has more.
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made_there:
            made_there.bind(path.name)
    finally:
        os.chdir(before)


def _below_a_file(path: Path) -> None:
    path.parent.write_bytes(b"x")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 1024**2 + 1)
