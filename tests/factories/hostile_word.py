"""Word documents made to harm whoever reads them, and files that only pretend to be one."""

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping

from tests.factories.documents import SAMPLES
from tests.factories.hostile_case import (
    DAMAGED,
    FACT,
    NO_TEXT,
    TOO_LONG,
    TOO_MUCH,
    Case,
    holding,
)

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SAID = f"<w:p><w:r><w:t>{FACT}</w:t></w:r></w:p>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def types(main: str = PLAIN) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def relations(target: str, kind: str = f"{OFFICE}/officeDocument", mode: str = "Internal") -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def body(inside: str, before: str = "") -> str:
    return f'{before}<w:document xmlns:w="{SPACE}"><w:body>{inside}</w:body></w:document>'


def word(
    document: str | bytes = body(SAID),
    main: str = PLAIN,
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """The least Word document that says `document`; an empty part is left out."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types(main),
        "_rels/.rels": relations("word/document.xml"),
        "word/document.xml": document,
        **(others or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content:
                archive.writestr(name, content)
    return out.getvalue()


def archive(*members: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """Half a megabyte that unpacks to 450 MB of blanks."""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made, made.open("word/a", "w") as part:
        for _ in range(450):
            part.write(b" " * 1024**2)
    return out.getvalue()


def overlapping() -> bytes:
    """A thousand members that all lie in the same place."""
    once = archive(("word/a", "x" * 1000))
    at = once.index(b"PK\1\2")
    entry, end = once[at : once.index(b"PK\5\6")], once[once.index(b"PK\5\6") :]
    one = word()
    head = one[: one.index(b"PK\1\2")]
    first = one[one.index(b"PK\1\2") : one.index(b"PK\5\6")]
    moved = entry[:42] + struct.pack("<L", 0) + entry[46:]
    places = struct.pack("<HHLL", 1003, 1003, len(first) + 1000 * len(entry), len(head))
    return head + first + moved * 1000 + end[:8] + places + b"\0\0"


def lying() -> bytes:
    """Its document says it is small and is not."""
    made = bytearray(word(body(SAID * 20_000)))
    entry = made.rindex(b"word/document.xml")
    made[entry - 46 + 24 : entry - 46 + 28] = struct.pack("<L", 100)
    return bytes(made)


def laughs(levels: int = 10) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE w [<!ENTITY l0 "lol">{entities}]>'


def outside(reference: str) -> str:
    """Entities and a document type that lie elsewhere."""
    return f'<!DOCTYPE w SYSTEM "{reference}" [<!ENTITY x SYSTEM "{reference}">]>'


def entity(name: str) -> str:
    return SAID + f"<w:p><w:r><w:t>a&{name};b</w:t></w:r></w:p>"


def table(rows: str) -> str:
    return f"<w:tbl>{rows}</w:tbl>"


def nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + SAID + "</w:tc></w:tr></w:tbl>" * depth


def bombs() -> Iterator[Case]:
    yield Case("zip-bomb.docx", holding(bomb), TOO_MUCH)
    yield Case(
        "many-parts.docx",
        holding(lambda: word(others={f"word/{n}": "x" for n in range(20_000)})),
        TOO_MUCH,
    )
    inner = {"word/media/inner.zip": bomb()}
    yield Case("zip-in-zip.docx", holding(lambda: word(others=inner)), text=FACT)
    yield Case("overlapping.docx", holding(overlapping), text=FACT)
    yield Case("lying-size.docx", holding(lying), DAMAGED)
    yield Case("billion-laughs.docx", holding(lambda: word(body(entity("l9"), laughs()))), DAMAGED)
    blow = f'<!DOCTYPE w [<!ENTITY l "{"a" * 100_000}">]>'
    many = f"<w:p><w:r><w:t>{'&l;' * 100_000}</w:t></w:r></w:p>"
    yield Case("quadratic-blow-up.docx", holding(lambda: word(body(SAID + many, blow))), DAMAGED)
    yield Case("nested-tables.docx", holding(lambda: word(body(nested_tables(1000)))), DAMAGED)
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{SAID}</w:tc></w:tr>'
    yield Case("wide-cell.docx", holding(lambda: word(body(table(wide)))), text=FACT)
    down = f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{SAID}</w:tc></w:tr>" * 20_000
    yield Case("merged-down.docx", holding(lambda: word(body(SAID + table(down)))), text=FACT)
    run = f"<w:p><w:r><w:t>{'many words ' * 500_000}</w:t></w:r></w:p>"
    yield Case("long-run.docx", holding(lambda: word(body(run))), TOO_LONG)
    few = "<w:p/>" * 3_000_000
    yield Case("many-paragraphs.docx", holding(lambda: word(body(SAID + few))), "memory")


def references(canary: str) -> Iterator[Case]:
    """Documents that want another file, or the network, to be read."""
    yield Case(
        "entity-of-a-file.docx", holding(word(body(entity("x"), outside(canary)))), text=FACT
    )
    parameter = f'<!DOCTYPE w [<!ENTITY % x SYSTEM "{canary}"> %x;]>'
    yield Case("parameter-entity.docx", holding(word(body(SAID, parameter))), text=FACT)
    web = outside("http://127.0.0.1:9/x.dtd")
    yield Case("document-type-from-the-web.docx", holding(word(body(SAID, web))), text=FACT)
    template = {
        "word/_rels/document.xml.rels": relations(
            "http://127.0.0.1:9/t.dotm", f"{OFFICE}/attachedTemplate", "External"
        )
    }
    yield Case("template-from-the-web.docx", holding(word(others=template)), text=FACT)
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{canary}" parse="text"/>'
    yield Case("include.docx", holding(word(body(SAID + include))), text=FACT)


def pretenders() -> Iterator[Case]:
    yield Case("old.docx", holding(OLE + bytes(600)), "an old Office file (.doc)")
    yield Case("rich-text.docx", holding(b"{\\rtf1 Words}"), "rich text (RTF); save it as .docx")
    odt = archive(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>"))
    yield Case("open-document.docx", holding(odt), "an OpenDocument file")
    yield Case("pages.docx", holding(archive(("Index/Document.iwa", "x"))), "Apple Pages document")
    book = archive(("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<a/>"))
    yield Case("book.docx", holding(book), "an EPUB book")
    yield Case("workbook.docx", holding(archive(("xl/workbook.xml", "<a/>"))), "an Excel workbook")
    slides = archive(("ppt/presentation.xml", "<a/>"))
    yield Case("slides.docx", holding(slides), "a PowerPoint presentation")
    yield Case("zip.docx", holding(archive(("notes.txt", "x"))), "a ZIP archive")


def broken() -> Iterator[Case]:
    real = (SAMPLES / "product-facts.docx").read_bytes()
    for share in (5, 50, 99):
        yield Case(
            f"cut-at-{share}-percent.docx", holding(real[: len(real) * share // 100]), "ends early"
        )
    yield Case(
        "without-document.docx", holding(word("", others={"word/other.xml": "<a/>"})), DAMAGED
    )
    yield Case(
        "without-types.docx", holding(word(others={"[Content_Types].xml": ""})), "ZIP archive"
    )
    yield Case("not-xml.docx", holding(word("This is no XML.")), DAMAGED)
    yield Case("empty.docx", holding(word(body(""))), NO_TEXT)
    strict = {
        "_rels/.rels": relations(
            "word/document.xml",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
        )
    }
    yield Case("strict.docx", holding(word(others=strict)), "Strict Open XML")
    up = {"_rels/.rels": relations("../../../../etc/passwd")}
    yield Case("parts-above.docx", holding(word(others=up)), DAMAGED)
    rooted = {"_rels/.rels": relations("/etc/passwd"), "/etc/passwd": "root"}
    yield Case("parts-of-the-root.docx", holding(word(others=rooted)), DAMAGED)
    other = {
        "word/document.xml": "",
        "word/document2.xml": body(SAID),
        "_rels/.rels": relations("word/document2.xml"),
        "[Content_Types].xml": types().replace("document.xml", "document2.xml"),
    }
    yield Case("other-name-inside.docx", holding(word(others=other)), text=FACT)
    yield Case("macros.docx", holding(word(main=MACROS)), text=FACT)
    wide = body(SAID, '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")
    yield Case("utf-16-inside.docx", holding(word(wide)), text=FACT)


def word_files(canary: str) -> Iterator[Case]:
    """All of them; `canary` is the address of a file that none of them may show."""
    yield from pretenders()
    yield from broken()
    yield from bombs()
    yield from references(canary)
