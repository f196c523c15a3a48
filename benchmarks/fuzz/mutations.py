"""Changes documents where their parsers look: inside the packed parts as well as outside."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutate = Callable[[bytes, int], bytes]

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
PIECES: dict[bytes, tuple[bytes, ...]] = {
    b"%PDF": (
        b"/Kids[2 0 R]", b"/Count -1", b"/Length 99999999", b"/Filter[/LZWDecode/FlateDecode]",
        b"/Prev 9", b"/Type/ObjStm/N 9/First 9", b"<</Encoding/Identity-H>>", b"BT ", b" Tj ",
        b" Tm ", b" Do ", b" cm ", b"<FEFF0041>", b"/Contents[4 0 R]", b"/Differences[0/a]",
        b"beginbfrange <0000> <FFFF> <0041> endbfrange", b"/Parent 3 0 R", b"-1e99", b"BI ID EI",
        b"/Predictor 15/Columns 9", b"startxref\n0\n%%EOF", b"/Encrypt 5 0 R", b"((((", b"[[[[",
    ),
    b"PK": (
        b"<w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:p>", b"<w:sdt><w:sdtContent>", b"<w:vMerge/>",
        b'<w:gridSpan w:val="99"/>', b"&x;", b"<w:r><w:t>", b"</w:tbl>", b'w:val="-1"', b"<!--",
        b'TargetMode="External"', b'Target="../a"', b"<![CDATA[", b"</w:p>", b"<w:txbxContent>",
    ),
    b"": (
        b"<div>", b"<table><tr><td>", b"<!--", b"-->", b"<script>", b"<meta charset=shift_jis>",
        b"<main>", b"<body>", b"&#x110000;", b"<svg>", b"<template>", b"hidden", b"<!doctype html>",
        b"> ", b"- ", b"```", b"|-|-|", b"[a](b)", b"[a]: b", b"**", b"\n\n", b"\xff\xfe", b"\0",
        b"---\n", b"1. ", b"# ", b"\\", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"<?xml", b"\x1b$B",
    ),
}  # fmt: skip


def mutated(data: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """`data` changed in one of several ways, no longer than `most`; the same for the same seed."""
    chance = random.Random(seed)
    inside = chance.random() < 0.6
    try:
        if inside and data.startswith(b"PK"):
            return _in_a_member(data, most, chance, mutate)
        if inside and b"%PDF" in data[:1024]:
            return _in_a_stream(data, most, chance, mutate)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError):
        pass
    return _changed(data, most, chance, mutate)


def _changed(data: bytes, most: int, chance: random.Random, mutate: Mutate) -> bytes:
    way = chance.random()
    if way < 0.5:
        return mutate(data, most)
    start = chance.randrange(len(data) + 1)
    if way < 0.75:
        known = next(pieces for magic, pieces in PIECES.items() if data.startswith(magic))
        piece = chance.choice(known) * chance.choice((1, 1, 1, 2, 9, 300))
    else:
        piece = data[start : start + chance.randrange(1, 400)] * chance.choice((2, 2, 9, 99))
    return (data[:start] + piece + data[start:])[:most]


def _in_a_member(data: bytes, most: int, chance: random.Random, mutate: Mutate) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(data))
    names = [*dict.fromkeys(source.namelist())]
    if not names:
        return _changed(data, most, chance, mutate)
    chosen = chance.choice(["word/document.xml", chance.choice(names)])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in names:
            content = source.read(name)
            if name == chosen:
                content = _changed(content, most, chance, mutate)
            target.writestr(name, content)
    return out.getvalue()[:most]


def _in_a_stream(data: bytes, most: int, chance: random.Random, mutate: Mutate) -> bytes:
    found = [*STREAM.finditer(data)]
    if not found:
        return _changed(data, most, chance, mutate)
    start, end = chance.choice(found).span(1)
    content = data[start:end]
    try:
        plain = zlib.decompressobj().decompress(content, most)
        changed = zlib.compress(_changed(b"%PDF" + plain, most, chance, mutate)[4:])
    except zlib.error:
        changed = _changed(content, most, chance, mutate)
    # The table of places is wrong now, which readers mend; a wrong length only sometimes matters.
    return (data[:start] + changed + data[end:])[:most]
