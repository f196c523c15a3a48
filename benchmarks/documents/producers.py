"""Programs that make documents, run over real texts: each the way people run it."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PATIENCE = 180.0  # seconds for one program

Make = Callable[[Path, Path], None]


class Producer(NamedTuple):
    """Makes `wanted` documents with this suffix out of HTML pages: `make(page, target)`.

    Every second page is German, French or Russian, where it can set those.
    """

    name: str
    suffix: str
    wanted: int
    make: Make
    any_language: bool = True


def run(*command: str | Path, stdin: bytes | None = None, to: Path | None = None) -> bytes:
    """What a program prints, also written to the file `to`; an error if it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    if done.returncode:
        raise OSError(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-300:]}")
    if to is not None:
        to.write_bytes(done.stdout)
    return done.stdout


def pandoc(kind: str, *options: str) -> Make:
    """Pandoc into a format."""
    return lambda page, target: _ignore(
        run("pandoc", "-f", "html", "-t", kind, *options, "-o", target, page)
    )


def plain(page: Path) -> str:
    """The words of a page, wrapped at 72 columns."""
    return run("pandoc", "-f", "html", "-t", "plain", page).decode()


def libre_office(kind: str) -> Make:
    """LibreOffice Writer, with a profile of its own."""

    def make(page: Path, target: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run(
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--infilter=HTML (StarWriter)",
                "--convert-to",
                kind,
                "--outdir",
                folder,
                page,
            )
            shutil.move(Path(folder) / f"{page.stem}.{kind.partition(':')[0]}", target)

    return make


def chromium(page: Path, target: Path) -> None:
    """Chromium's print-to-PDF."""
    with tempfile.TemporaryDirectory() as profile:
        run(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={target}",
            page.as_uri(),
        )


def wkhtmltopdf(page: Path, target: Path) -> None:
    """An old WebKit that prints through Qt."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    run(
        "wkhtmltopdf",
        "-q",
        "--enable-local-file-access",
        "--load-error-handling",
        "ignore",
        "--load-media-error-handling",
        "ignore",
        page,
        target,
    )


def latex(page: Path, target: Path) -> None:
    """pdfTeX with its own fonts, which name no characters of Unicode."""
    body = run("pandoc", "-f", "html", "-t", "latex", "--wrap=preserve", page).decode()
    body = re.sub(r"\\includegraphics(\[.*?\])?\{.*?\}", "", body)
    body = "".join(c for c in body if c.isascii())
    source = (
        "\\documentclass{article}\\usepackage{hyperref,longtable,verbatim}"
        "\\def\\tightlist{}\\begin{document}\n" + body + "\n\\end{document}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "text.tex").write_text(source)
        command = ["pdflatex", "-interaction=nonstopmode", "text.tex"]
        subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=PATIENCE)
        shutil.move(Path(folder) / "text.pdf", target)


def asciidoctor(page: Path, target: Path) -> None:
    """Asciidoctor: a page by it, or a PDF by Prawn."""
    source = run("pandoc", "-f", "html", "-t", "asciidoc", page)
    program = "asciidoctor-pdf" if target.suffix == ".pdf" else "asciidoctor"
    run(program, "-o", target, "-", stdin=source)


def groff(page: Path, target: Path) -> None:
    """A manual page by groff's own PDF writer."""
    source = run("pandoc", "-s", "-f", "html", "-t", "man", page)
    run("groff", "-K", "utf8", "-t", "-man", "-T", "pdf", stdin=source, to=target)


def enscript(page: Path, target: Path) -> None:
    """A listing in two columns, through PostScript and Ghostscript."""
    text = plain(page).encode("latin-1", "replace")
    script = run("enscript", "-2r", "-q", "-o", "-", stdin=text)
    run("ps2pdf", "-", target, stdin=script)


def cups(page: Path, target: Path) -> None:
    """The filter of the printing system for plain text."""
    os.environ["CHARSET"] = "utf-8"
    run(
        "/usr/lib/cups/filter/texttopdf",
        "1",
        "me",
        "title",
        "1",
        "",
        stdin=plain(page).encode(),
        to=target,
    )


def mutool(page: Path, target: Path) -> None:
    """MuPDF's own layout of a page."""
    run("mutool", "convert", "-o", target, page)


def abiword(page: Path, target: Path) -> None:
    """AbiWord, from rich text."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "text.rtf"
        run("pandoc", "-s", "-f", "html", "-t", "rtf", "-o", source, page)
        run("xvfb-run", "-a", "abiword", f"--to={target}", source)


def qpdf(*options: str) -> Make:
    """A PDF of Chromium written anew."""

    def make(page: Path, target: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "made.pdf"
            chromium(page, made)
            run("qpdf", *options, made, target)

    return make


def scan(kind: str, *afterwards: str) -> Make:
    """Printed, scanned, read by Tesseract: pictures with words behind them; then through qpdf."""

    def make(page: Path, target: Path) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            chromium(page, folder / "printed.pdf")
            sheet = ("-r", "300", "-l", "3", "-gray", f"-{kind}")
            run("pdftoppm", *sheet, folder / "printed.pdf", folder / "sheet")
            sheets = sorted(folder.glob("sheet*"))
            (folder / "sheets.txt").write_text("".join(f"{each}\n" for each in sheets))
            os.environ["OMP_THREAD_LIMIT"] = "1"  # its threads wait for each other
            run("tesseract", folder / "sheets.txt", folder / "read", "pdf")
            run("qpdf", "--warning-exit-0", *afterwards, folder / "read.pdf", target)

    return make


def in_python(name: str) -> Make:
    """One of the producers of `python_producers.py`, in an environment of its own."""

    def make(page: Path, target: Path) -> None:
        python = target.parents[1] / "python" / "bin" / "python"
        script = Path(__file__).with_name("python_producers.py")
        run(python, script, name, page, target, stdin=plain(page).encode())

    return make


PRODUCERS = (
    Producer("libreoffice", ".pdf", 5, libre_office("pdf:writer_web_pdf_Export")),
    Producer("chromium", ".pdf", 4, chromium),
    Producer("wkhtmltopdf", ".pdf", 4, wkhtmltopdf),
    Producer("pdflatex", ".pdf", 3, latex, any_language=False),
    Producer("asciidoctor", ".pdf", 2, asciidoctor),
    Producer("groff", ".pdf", 2, groff, any_language=False),
    Producer("enscript", ".pdf", 2, enscript, any_language=False),
    Producer("cups", ".pdf", 2, cups, any_language=False),
    Producer("mutool", ".pdf", 1, mutool),
    Producer("abiword", ".pdf", 1, abiword),
    Producer("linearised", ".pdf", 1, qpdf("--linearize")),
    Producer("streams", ".pdf", 1, qpdf("--object-streams=generate", "--recompress-flate")),
    Producer("restricted", ".pdf", 1, qpdf("--encrypt", "", "owner", "256", "--print=none", "--")),
    Producer("scan", ".pdf", 1, scan("jpeg", "--linearize"), any_language=False),
    Producer("archive", ".pdf", 1, scan("png", "--stream-data=uncompress"), any_language=False),
    Producer("weasyprint", ".pdf", 3, in_python("weasyprint")),
    Producer("fpdf2", ".pdf", 2, in_python("fpdf2"), any_language=False),
    Producer("typst", ".pdf", 2, in_python("typst")),
    Producer("xhtml2pdf", ".pdf", 2, in_python("xhtml2pdf"), any_language=False),
    Producer("libreoffice", ".docx", 7, libre_office("docx:Office Open XML Text")),
    Producer("pandoc", ".docx", 7, pandoc("docx")),
    Producer("python-docx", ".docx", 4, in_python("python-docx")),
    Producer("abiword", ".docx", 3, abiword),
    Producer("pandoc", ".md", 4, pandoc("gfm")),
    Producer("pandoc-strict", ".md", 2, pandoc("markdown_strict")),
    Producer("pandoc", ".html", 2, pandoc("html5", "-s", "--metadata=title:A page")),
    Producer("libreoffice", ".html", 2, libre_office("html:HTML (StarWriter)")),
    Producer("asciidoctor", ".html", 2, asciidoctor),
)


def _ignore(output: bytes) -> None:
    """What a program printed that has written a file."""
