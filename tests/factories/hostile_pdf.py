"""PDF files made to harm whoever reads them, and those that cannot be read."""

import io
import zlib
from collections.abc import Iterator, Mapping
from functools import partial

import pypdf

from tests.factories.hostile_case import (
    CRASHES,
    DAMAGED,
    FACT,
    TOO_LONG,
    Case,
    holding,
)

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
ONLY_PICTURES = "only pictures of pages. Make it searchable with text recognition (OCR)"
WORDS = b"BT /F 12 Tf 72 700 Td (" + FACT.encode() + b") Tj ET"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def packed(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode")


def page(entries: bytes = b"", box: bytes = b"0 0 612 792", fonts: bytes = b"/F 5 0 R") -> bytes:
    resources = b"/Resources<</Font<<%s>>/XObject<</X 6 0 R>>>>" % fonts
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]%s/Contents 4 0 R%s>>" % (
        box, resources, entries,
    )  # fmt: skip


def pdf(changed: Mapping[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """A PDF of one page that states the fact, with some of its objects changed or added."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page(),
        4: stream(WORDS),
        5: FONT,
        6: b"null",
        **(changed or {}),
    }
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d %05d %s \n" % (
            (places[number], 0, b"n") if number in places else (0, 65535, b"f")
        )
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def locked(password: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan() -> bytes:
    picture = stream(bytes(64), b"/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8"
                     b"/ColorSpace/DeviceGray")  # fmt: skip
    return pdf({4: stream(b"q 600 0 0 700 0 0 cm /X Do Q"), 6: picture})


def deep_tree(depth: int) -> bytes:
    levels = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(10, 10 + depth)}
    return pdf({2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", **levels, 10 + depth: page()})


def laughing_forms(levels: int, times: int) -> bytes:
    """Each form draws the next one many times: a billion laughs in PDF."""
    head = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    )
    forms = {n: stream(b"/X Do " * times, head % (n + 1)) for n in range(6, 6 + levels)}
    return pdf({4: stream(b"/X Do"), **forms, 6 + levels: stream(WORDS, head % 5)})


def own_form() -> bytes:
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    return pdf({4: stream(WORDS + b" /X Do"), 6: stream(b"/X Do", head)})


def previous_loop() -> bytes:
    whole = pdf()
    at = whole.rindex(b"startxref")
    return pdf(trailer=b"/Prev %d" % int(whole[at:].split()[1]))


def endless_cmap() -> bytes:
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
        b"endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap"
    )
    return pdf({5: FONT.replace(b">>", b"/ToUnicode 7 0 R>>"), 7: stream(cmap)})


def own_descendant() -> bytes:
    return pdf({5: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
                   b"/DescendantFonts[5 0 R]>>"})  # fmt: skip


def own_object_stream() -> bytes:
    inside = b"8 0 9 2 " + b"8 0 R 9 0 R"
    return pdf({8: stream(inside, b"/Type/ObjStm/N 2/First 8/Extends 8 0 R")})


def run_length(repeats: int) -> bytes:
    return stream(zlib.compress(b"\x81 " * repeats, 9), b"/Filter[/FlateDecode/RunLengthDecode]")


def bomb(times: int) -> bytes:
    """A gigabyte of blanks, packed `times` times over."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1024**2) for _ in range(1024)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return pdf({4: stream(data, b"/Filter[" + b"/FlateDecode" * times + b"]")})


def long_pages(pages: int, characters: int) -> bytes:
    line = b"(" + b"many words on one page " * 4 + b") Tj 0 -12 Td "
    kids = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * pages, pages)
    return pdf({2: kids, 4: packed(b"BT /F 9 Tf " + line * (characters // 92) + b"ET")})


def many_pages(count: int) -> bytes:
    branch = b"<</Type/Pages/Parent 2 0 R/Kids[%s]/Count 1000>>" % (b"3 0 R " * 1000)
    branches = dict.fromkeys(range(10, 10 + count // 1000), branch)
    roots = b" ".join(b"%d 0 R" % n for n in branches)
    return pdf({2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (roots, count), **branches})


def loops() -> Iterator[Case]:
    """Objects that lead to themselves, or endlessly deep."""
    outline = {1: b"<</Type/Catalog/Pages 2 0 R/Outlines 7 0 R>>",
               7: b"<</First 8 0 R/Last 8 0 R/Count 1>>",
               8: b"<</Title(x)/Next 8 0 R/First 8 0 R>>"}  # fmt: skip
    kids = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"
    yield Case("kids-loop.pdf", holding(lambda: pdf({2: kids})), DAMAGED)
    yield Case("prev-loop.pdf", holding(previous_loop), text=FACT)
    yield Case("deep-page-tree.pdf", holding(lambda: deep_tree(5000)), DAMAGED)
    yield Case("outline-loop.pdf", holding(lambda: pdf(outline)), text=FACT)
    yield Case("form-in-itself.pdf", holding(own_form), text=FACT)
    yield Case("laughing-forms.pdf", holding(lambda: laughing_forms(12, 10)), CRASHES)
    yield Case("endless-cmap.pdf", holding(endless_cmap), text="¦")
    yield Case("font-in-itself.pdf", holding(own_descendant), text="周")
    yield Case("object-stream-in-itself.pdf", holding(own_object_stream), text=FACT)
    yield Case("title-loop.pdf", holding(lambda: pdf({9: b"9 0 R"}, b"/Info 9 0 R")), text=FACT)
    deep = b"[" * 100_000 + b"]" * 100_000
    yield Case("deep-array.pdf", holding(lambda: pdf({3: page(b"/Annots " + deep)})), text=FACT)
    strings = stream(b"BT /F 9 Tf " + b"(" * 200_000 + b")" * 200_000 + b" Tj ET")
    yield Case("deep-string.pdf", holding(lambda: pdf({4: strings})), ONLY_PICTURES)
    own = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    again = page().replace(b"/Contents 4 0 R", b"/Contents [4 0 R [7 0 R]]")
    yield Case(
        "contents-loop.pdf", holding(lambda: pdf({2: own, 3: again, 7: b"[7 0 R]"})), text=FACT
    )


def bombs() -> Iterator[Case]:
    """Small files that become large ones."""
    yield Case("flate-bomb.pdf", holding(lambda: bomb(1)), CRASHES)
    yield Case("flate-bomb-in-bomb.pdf", holding(lambda: bomb(2)), CRASHES)
    yield Case(
        "run-length-bomb.pdf", holding(lambda: pdf({4: run_length(2_000_000)})), ONLY_PICTURES
    )
    chain = stream(WORDS, b"/Filter[" + b"/ASCIIHexDecode" * 100 + b"]")
    yield Case("filter-chain.pdf", holding(lambda: pdf({4: chain})), text=FACT)
    operators = packed(b"BT /F 9 Tf " + b"(a) Tj 0 0 Td " * 1_500_000 + b"ET")
    yield Case("many-operators.pdf", holding(lambda: pdf({4: operators})), CRASHES)
    yield Case("long-pages.pdf", holding(lambda: long_pages(60, 100_000)), TOO_LONG)
    yield Case("many-pages.pdf", holding(lambda: many_pages(20_000)), TOO_LONG)


def lies() -> Iterator[Case]:
    """Figures that are not true."""
    count = b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>"
    yield Case("huge-count.pdf", holding(lambda: pdf({2: count})), text=FACT)
    box = b"0 0 1000000000 1000000000"
    yield Case("huge-page.pdf", holding(lambda: pdf({3: page(box=box)})), text=FACT)
    short = stream(WORDS).replace(b"/Length", b"/Length -1 /L")
    yield Case("negative-length.pdf", holding(lambda: pdf({4: short})), text=FACT)
    long = stream(WORDS).replace(b"/Length", b"/Length 999999999 /L")
    yield Case("huge-length.pdf", holding(lambda: pdf({4: long})), text=FACT)
    entries = pdf().replace(b"xref\n0 7", b"xref\n0 999999999", 1)
    yield Case("huge-xref.pdf", holding(entries), text=FACT)
    outside = stream(b"", b"/F(/etc/hostname)/FFilter/FlateDecode")
    yield Case("stream-elsewhere.pdf", holding(lambda: pdf({4: outside})), ONLY_PICTURES)
    launch = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>"
    yield Case("launches.pdf", holding(lambda: pdf({1: launch})), text=FACT)
    yield Case("size-of-nothing.pdf", holding(b"%PDF-1.7\nstartxref\n0\n%%EOF"), DAMAGED)


def pdfs() -> Iterator[Case]:
    """All of them."""
    yield Case("scan.pdf", holding(scan), ONLY_PICTURES)
    yield Case("blank.pdf", holding(lambda: pdf({4: stream(b"")})), ONLY_PICTURES)
    for algorithm in ("RC4-40", "RC4-128", "AES-128", "AES-256"):
        locking = holding(partial(locked, "secret", algorithm))
        yield Case(f"locked-{algorithm}.pdf", locking, "protected by a password")
    yield Case("restricted.pdf", holding(lambda: locked("", "AES-256")), text=FACT)
    for share in (10, 50, 90):
        cut = holding(pdf()[: len(pdf()) * share // 100])
        yield Case(f"cut-at-{share}-percent.pdf", cut, "ends early")
    yield Case("header-only.pdf", holding(b"%PDF-1.7\n"), "ends early")
    yield Case("really-a-pdf.txt", holding(pdf), text=FACT)
    yield from loops()
    yield from bombs()
    yield from lies()
