"""Gathers the real documents: 200 files in a folder, with who made each."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.documents import debian, encodings, producers
from benchmarks.documents.producers import Producer

PACKAGES = ("weasyprint", "fpdf2", "typst", "xhtml2pdf", "python-docx")
GENERATOR = re.compile(rb"<meta[^>]*generator[^>]*>", re.I)
PROPERTIES = "docProps/app.xml"
CONTENT = re.compile(rb"content=[\"']([^\"']+)", re.I)
HISTORY = "debian-history/usr/share/doc/debian-history/docs/project-history.{}.txt.gz"


@dataclass(frozen=True)
class Real:
    """A real document: its file, who made it by its own word, and its encoding if known."""

    path: Path
    producer: str
    encoding: str | None = None


class Corpus:
    """The documents in `folder`, which is filled once and then used again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._files, self._list = self._folder / "files", self._folder / "files.json"

    def gathered(self) -> list[Real]:
        """All of them; what is missing is fetched and made."""
        if not self._list.is_file():
            self._gather()
        told = json.loads(self._list.read_text("utf-8"))
        return [Real(Path(each.pop("path")), **each) for each in told]

    def _gather(self) -> None:
        self._files.mkdir(parents=True, exist_ok=True)
        _say("fetching packages")
        debian.fetch(self._folder / "debian")
        self._prepare_python()
        found = [*self._shipped(), *self._encoded(), *self._made()]
        told = [{**asdict(each), "path": str(each.path)} for each in found]
        self._list.write_text(json.dumps(told, indent=1), "utf-8")

    def _prepare_python(self) -> None:
        target = self._folder / "python"
        if target.is_dir():
            return
        uv = ["sh", "packaging/uv.sh"]
        subprocess.run([*uv, "venv", "--quiet", str(target)], check=True)
        install = [*uv, "pip", "install", "--quiet", "--python", str(target), *PACKAGES]
        subprocess.run(install, check=True)

    def _shipped(self) -> Iterator[Real]:
        for pick, path in debian.files(self._folder / "debian", debian.PICKS):
            name = path.name.removesuffix(".gz")
            target = self._new_file(pick.package, f"{path.parent.name}-{name}")
            target.write_bytes(debian.content_of(path))
            yield Real(target, producer_of(target))

    def _encoded(self) -> Iterator[Real]:
        for each in encodings.WRAPPINGS:
            source = self._folder / "debian" / HISTORY.format(each.language)
            text = debian.content_of(source).decode("utf-8")
            target = self._new_file(each.encoding, f"{each.language}.txt")
            target.write_bytes(encodings.written(text, each))
            name = "utf-16" if each.mark else each.encoding
            yield Real(target, f"text in {each.encoding}", name)

    def _made(self) -> Iterator[Real]:
        found = [*debian.files(self._folder / "debian", debian.TEXTS)]
        english = [path for pick, path in found if pick.package in debian.ENGLISH]
        foreign = [path for pick, path in found if pick.package not in debian.ENGLISH]
        for producer in producers.PRODUCERS:
            for number in range(producer.wanted):
                pages = foreign if producer.any_language and number % 2 else english
                page = pages.pop(0)
                pages.append(page)
                yield self._make(producer, page)

    def _make(self, producer: Producer, page: Path) -> Real:
        target = self._new_file(producer.name, f"{page.parent.name}-{page.stem}{producer.suffix}")
        if not target.is_file():
            _say(f"{producer.name}: {target.name}")
            producer.make(page, target)
        own_word = producer_of(target)
        named = producer.name.casefold() in own_word.casefold()
        return Real(target, own_word if named else f"{producer.name}: {own_word}")

    def _new_file(self, source: str, name: str) -> Path:
        return self._files / f"{source}-{name}"


def producer_of(path: Path) -> str:
    """Who made a file, by its own word."""
    if path.suffix == ".pdf":
        told = producers.run("pdfinfo", path).decode(errors="replace")
        return _line(told, "Producer") or _line(told, "Creator") or "PDF that names nobody"
    if path.suffix == ".docx":
        return _of_word_document(path)
    if path.suffix == ".html":
        meta = GENERATOR.search(path.read_bytes())
        content = CONTENT.search(meta.group()) if meta else None
        return content.group(1).decode(errors="replace") if content else "HTML that names nobody"
    return "Markdown" if path.suffix == ".md" else "text in utf-8"


def _line(told: str, key: str) -> str:
    found = re.search(rf"^{key}: +(.+)$", told, re.M)
    return found.group(1).strip() if found else ""


def _of_word_document(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        told = parts.read(PROPERTIES) if PROPERTIES in parts.namelist() else b""
    found = re.search(rb"<Application>([^<]+)", told)
    return found.group(1).decode() if found else "Word document that names nobody"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
