"""Documents that Debian's packages ship, downloaded and unpacked without installing them."""

import gzip
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Pick(NamedTuple):
    """Some files of a package: at most `most`, smallest first, of `least` bytes at least."""

    package: str
    pattern: str
    most: int
    least: int = 1024


DOC = "usr/share/doc"
PICKS = (
    # PDF: TeX of five kinds, Ghostscript, Distiller, FOP, ReportLab, groff, htmldoc, ImageMagick.
    Pick("graphviz-doc", f"{DOC}/graphviz/pdf/[a-z]*.[13].pdf*", 5, 20_000),
    Pick("graphviz-doc", f"{DOC}/graphviz/pdf/*guide.pdf*", 4),
    Pick("graphviz-doc", f"{DOC}/graphviz/pdf/smyrna.pdf*", 1),
    Pick("graphviz-doc", f"{DOC}/graphviz/pdf/Agraph.pdf*", 1),
    Pick("asymptote-doc", f"{DOC}/asymptote/[A-Za-b]*.pdf*", 3, 100_000),
    Pick("groff", f"{DOC}/groff-base/**/*.pdf*", 7, 20_000),
    Pick("debian-history", f"{DOC}/debian-history/docs/*.[jkr]?.pdf*", 3),
    Pick("debian-history", f"{DOC}/debian-history/docs/*.[dfi]?.pdf*", 2),
    Pick("sqlite3-doc", f"{DOC}/sqlite3/*.pdf*", 1),
    Pick("xfig-doc", f"{DOC}/xfig/*.pdf*", 2),
    Pick("fop-doc", f"{DOC}/fop/examples/**/*.pdf*", 1),
    Pick("debian-policy", f"{DOC}/debian-policy/**/*.pdf*", 2),
    Pick("r-doc-pdf", "usr/share/R/doc/manual/R-[dFi]*a*.pdf*", 1),
    Pick("r-doc-pdf", "usr/share/R/doc/manual/R-intro.pdf*", 1),
    Pick("bash-doc", f"{DOC}/bash/bash.pdf*", 1),
    Pick("debian-faq-ru", f"{DOC}/debian/FAQ/*.pdf*", 1),
    Pick("debian-faq-zh-cn", f"{DOC}/debian/FAQ/*.pdf*", 1),
    Pick("developers-reference-ja", "usr/share/developers-reference/ja/*.pdf*", 1),
    Pick("python-reportlab-doc", f"{DOC}/python-reportlab-doc/*.pdf*", 1),
    Pick("debmake-doc", f"{DOC}/debmake-doc/debmake-doc.zh-cn.pdf*", 1),
    # HTML: one generator each, most of them.
    Pick("apt-doc", f"{DOC}/apt-doc/*/*.html", 3, 4000),
    Pick("aptitude-doc-ja", f"{DOC}/aptitude/html/ja/*.html", 3, 6000),
    Pick("asymptote-doc", f"{DOC}/asymptote/**/*.html", 3, 5000),
    Pick("r-doc-html", "usr/share/R/doc/manual/*.html", 2, 50_000),
    Pick("developers-reference-ru", "usr/share/developers-reference/ru/*.html", 3, 15_000),
    Pick("developers-reference-ja", "usr/share/developers-reference/ja/*.html", 2, 15_000),
    Pick("doxygen-doc", f"{DOC}/doxygen/html/*.html", 3, 15_000),
    Pick("libcommons-lang3-java-doc", "usr/share/**/api/org/**/[A-Z]*.html", 3, 20_000),
    Pick("git-doc", f"{DOC}/git/html/git-[a-m]*.html", 3, 25_000),
    Pick("gnuplot-doc", f"{DOC}/gnuplot/**/*.html", 3, 5000),
    Pick("groff", f"{DOC}/groff-base/**/*.html", 3, 8000),
    Pick("libgtk-3-doc", "usr/share/gtk-doc/html/gtk3/*.html", 3, 20_000),
    Pick("mkdocs-doc", f"{DOC}/mkdocs*/**/*.html", 3, 15_000),
    Pick("nodejs-doc", f"{DOC}/nodejs/api/[c-z]*.html", 3, 20_000),
    Pick("sqlite3-doc", f"{DOC}/sqlite3/*.html", 3, 15_000),
    Pick("xfig-doc", f"{DOC}/xfig/**/*.html", 2, 3000),
    # Plain text, in many languages and scripts.
    Pick("debian-history", f"{DOC}/debian-history/dedication/*-9.0.??.txt", 5),
    Pick("debian-history", f"{DOC}/debian-history/dedication/*-9.0.??.txt", 5, 1200),
    Pick("debian-history", f"{DOC}/debian-history/dedication/*-5.0.[mv]?.txt", 2),
    Pick("debian-history", f"{DOC}/debian-history/**/*tion.txt.gz", 1),
    Pick("libtiff-doc", f"{DOC}/libtiff*/**/*.rst.txt", 2, 8000),
    Pick("sphinx-doc", f"{DOC}/sphinx-doc/**/*.txt", 2, 8000),
    Pick("debian-policy", f"{DOC}/debian-policy/*policy.txt.gz", 1),
    Pick("graphviz-doc", f"{DOC}/graphviz/*.txt.gz", 1),
    Pick("developers-reference-de", "usr/share/developers-reference/**/*.rst.txt", 1, 8000),
    # Markdown.
    Pick("nodejs-doc", f"{DOC}/nodejs/api/*.md*", 11, 2500),
    Pick("fop-doc", f"{DOC}/fop*/**/*.md*", 1),
)
# Pages that the producers of `producers.py` set anew; none of them is a document above.
TEXTS = (
    Pick("git-doc", f"{DOC}/git/html/git-[n-z]*.html", 40, 15_000),
    Pick("developers-reference", "usr/share/developers-reference/*.html", 4, 15_000),
    Pick("developers-reference-de", "usr/share/developers-reference/de/*.html", 4, 15_000),
    Pick("debian-faq-fr", f"{DOC}/debian/FAQ/**/*.html", 4, 8000),
    Pick("debian-faq-ru", f"{DOC}/debian/FAQ/**/*.html", 4, 8000),
)
ENGLISH = ("git-doc", "developers-reference")


def fetch(folder: Path) -> None:
    """Download and unpack the packages into `folder`, those that are not there yet."""
    wanted = {pick.package for pick in (*PICKS, *TEXTS)}
    missing = sorted(each for each in wanted if not (folder / each).is_dir())
    if not missing:
        return
    downloads = folder / ".downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    command = ["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", *missing]
    subprocess.run(command, cwd=downloads, check=True)
    for archive in sorted(downloads.glob("*.deb")):
        unpacked = folder / archive.name.partition("_")[0]
        draft = unpacked.with_suffix(".part")
        unpack = ["dpkg-deb", "-x", str(archive), str(draft)]
        subprocess.run(unpack, check=True)
        draft.rename(unpacked)
    shutil.rmtree(downloads)


def files(folder: Path, picks: tuple[Pick, ...]) -> Iterator[tuple[Pick, Path]]:
    """The files that are picked from what `fetch` has unpacked, each content once."""
    seen: set[bytes] = set()
    for pick in picks:
        taken = 0
        found = (folder / pick.package).glob(pick.pattern)
        plain = (each for each in found if each.is_file() and not each.is_symlink())
        for path in sorted(plain, key=lambda each: (each.stat().st_size, str(each))):
            content = content_of(path)
            if len(content) < pick.least or content in seen or taken == pick.most:
                continue
            seen.add(content)
            taken += 1
            yield pick, path


def content_of(path: Path) -> bytes:
    """What a file holds; Debian compresses long texts."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data
