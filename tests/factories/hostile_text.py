"""Text, Markdown and HTML made to harm whoever reads them, or written in odd ways."""

from collections.abc import Iterator

from tests.factories.documents import PNG
from tests.factories.hostile_case import FACT, NO_TEXT, TOO_LONG, Case, holding

GERMAN = "Süße Brötchen für fünf Gäste, über den Dächern der Straße. "
JAPANESE = "港のコーヒー焙煎所は昨年三百十二トンのコーヒーを販売しました。"
CHINESE = "码头烘焙坊去年售出了三百一十二吨咖啡。"
BINARY = "its content is binary data"
EMPTY = "is empty. Choose a file that holds text"
MEMORY = "needs too much memory"
WORDS = FACT.encode()


def written(text: str, encoding: str) -> bytes:
    return text.encode(encoding)


def encodings() -> Iterator[Case]:
    """Texts in many encodings, with and without a mark, whole and not."""
    for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield Case(f"{name}-without-mark.txt", holding(written(FACT * 3, name)), text=FACT)
    for name in ("utf-8-sig", "utf-16", "utf-32"):
        yield Case(f"{name}.txt", holding(written(GERMAN, name)), text=GERMAN.strip())
    for name in ("latin-1", "cp1252", "cp1250", "mac-roman", "cp850"):
        yield Case(f"{name}.txt", holding(written(FACT + ". " + GERMAN * 9, name)), text=FACT)
    yield Case("windows.txt", holding(written(GERMAN * 9, "cp1252")), text=GERMAN.strip())
    for name in ("shift-jis", "euc-jp"):
        yield Case(f"{name}.txt", holding(written(JAPANESE * 20, name)), text=JAPANESE)
    yield Case("gb18030.txt", holding(written(CHINESE * 20, "gb18030")), text=CHINESE)
    yield Case("invalid-bytes.txt", holding(WORDS + b" \xff\xfe\xc3\x28 " + WORDS), text=FACT)
    yield Case("lone-surrogates.txt", holding(WORDS + b" \xed\xa0\x80\xed\xbf\xbf"), text=FACT)
    marks = WORDS + b"\xef\xbb\xbf " + WORDS
    yield Case("marks-inside.txt", holding(marks), text=f"{FACT} {FACT}")
    turned = f"\u202e\u2066{FACT}\u2069\u202c \u200b\u200d"
    yield Case("turned-round.txt", holding(written(turned, "utf-8")), text=FACT)
    hidden = "\u200b".join(FACT)
    yield Case("hidden-spaces.txt", holding(written(hidden, "utf-8")), text=FACT)
    yield Case("odd-half.txt", holding(b"\xff\xfe" + written(FACT, "utf-16-le") + b"x"), text=FACT)


def nothing() -> Iterator[Case]:
    """Files without a word in them, and files of other kinds."""
    yield Case("empty.txt", holding(b""), EMPTY)
    yield Case("blanks.md", holding(b" \n\t\r\n" * 1000), EMPTY)
    yield Case("zeros.txt", holding(bytes(10_000)), EMPTY)
    yield Case("only-a-mark.txt", holding(b"\xef\xbb\xbf"), NO_TEXT)
    yield Case("control-characters.txt", holding(b"\x01\x02\x03" * 999), NO_TEXT)
    yield Case("zeros-between.txt", holding(WORDS + b"\0" + WORDS), BINARY)
    yield Case("picture.pdf", holding(PNG), "its content is a PNG image")
    yield Case("program.txt", holding(b"\x7fELF\x02\x01" + bytes(90)), "its content is a program")
    yield Case("packed.md", holding(b"\x1f\x8b\x08\0" + bytes(90)), "a compressed archive")
    noise = bytes(n * n * 7919 % 251 for n in range(5000)) + b"\0"
    yield Case("noise.txt", holding(noise), BINARY)


def sizes() -> Iterator[Case]:
    """Long ones."""
    yield Case("one-long-line.txt", holding(lambda: b"x" * 99 * 1024**2), TOO_LONG)
    yield Case("a-hundred-megabytes.txt", holding(lambda: WORDS * 2_300_000), TOO_LONG)
    yield Case("a-million-lines.txt", holding(lambda: b"ab\n" * 10**6 + WORDS), text=FACT)
    wrapped = WORDS + b"\n" + b"the quay and the harbour and the long way home\n" * 50_000
    yield Case("one-long-paragraph.txt", holding(wrapped), text=FACT)
    yield Case("without-spaces.txt", holding(lambda: WORDS + b"x" * 300_000), text=FACT)
    yield Case("many-lines.md", holding(lambda: WORDS + b"\n\nab" * 100_000), text=FACT)


def markdown_files() -> Iterator[Case]:
    """Nested and repeated so that a careless parser or pattern takes hours."""
    repeated = {
        "quotes": b">" * 10_000, "open-brackets": b"[" * 90_000, "open-links": b"[a](" * 25_000,
        "stars": b"**a " * 25_000, "crossed-stars": b"*a **b " * 15_000, "ticks": b"`a" * 50_000,
        "rising-ticks": b" ".join(b"`" * n for n in range(1, 400)),
        "open-comments": b"<!--" * 25_000, "closed-comments": b"<!-- -->" * 10_000,
        "open-tags": b"<a " * 30_000, "open-scripts": b"<p><script " * 9000,
        "backslashes": b"\\" * 90_000, "entities": b"&amp" * 25_000, "rules": b"- " * 45_000,
        "underlines": b"a\n" + b"=" * 90_000 + b"x", "images": b"![[]()" * 15_000,
        "tables": b"|" * 40_000 + b"\n" + b"|-" * 40_000,
    }  # fmt: skip
    for name, content in repeated.items():
        yield Case(f"{name}.md", holding(WORDS + b"\n\n" + content + b"\n"), text=FACT)
    nested = b"".join(b"  " * n + b"- a\n" for n in range(400))
    yield Case("nested-lists.md", holding(WORDS + b"\n\n" + nested), text=FACT)
    links = b"[a]: /" + b"u" * 10_000 + b"\n\n" + b"[a] " * 20_000
    yield Case("one-link-often.md", holding(links + b"\n\n" + WORDS), text=FACT)
    rows = b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 30_000
    yield Case("long-table.md", holding(rows + b"\n" + WORDS), text=FACT)
    yield Case("open-front-matter.md", holding(b"---\n" * 20_000 + WORDS), text=FACT)


def page(inside: bytes, before: bytes = b"<!doctype html>") -> bytes:
    return before + b"<html><body>" + inside + b"</body></html>"


def html_files(canary: str) -> Iterator[Case]:
    """Pages that nest, swell, or want another file; `canary` is one that none may show."""
    said = b"<p>" + WORDS + b"</p>"
    place = canary.encode()
    outside = b'<!DOCTYPE html SYSTEM "%s" [<!ENTITY x SYSTEM "%s">]>' % (place, place)
    yield Case("entity-of-a-file.html", holding(page(said + b"<p>&x;", outside)), text=FACT)
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    laughing = page(said + b"<p>&l9;", b'<!DOCTYPE html [<!ENTITY l0 "lol">%s]>' % laughs)
    yield Case("billion-laughs.html", holding(laughing), text=FACT)
    frames = b"<iframe src='%s'></iframe><embed src='%s'><object data='%s'></object>" % (
        place, place, place)  # fmt: skip
    yield Case("frames.html", holding(page(frames + said)), text=FACT)
    yield Case("only-frames.html", holding(page(frames)), NO_TEXT)
    yield Case("only-scripts.html", holding(page(b"<script>var a = 'words';</script>")), NO_TEXT)
    include = b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="%s"/>' % place
    yield Case("include.html", holding(page(include + said)), text=FACT)
    yield Case("deep.html", holding(page(said + b"<div>" * 100_000)), text=FACT)
    yield Case("deep-and-closed.html", holding(
        page(b"<div>" * 50_000 + b"</div>" * 50_000 + said)), text=FACT)  # fmt: skip
    yield Case("many-attributes.html", holding(
        lambda: page(b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">" + WORDS)
    ), text=FACT)  # fmt: skip
    picture = b"<img src='data:image/png;base64," + b"A" * 20_000_000 + b"'>"
    yield Case("picture-inside.html", holding(page(said + picture)), text=FACT)
    yield Case("many-paragraphs.html", holding(page(said + b"<p>a" * 50_000)), text=FACT)
    scripts = page(said + b"<b>a</b><script></script><!-- -->" * 20_000)
    yield Case("many-scripts.html", holding(scripts), text=FACT)
    yield Case("large.html", holding(lambda: page(b"<p>a" * 9_000_000)), MEMORY)
    yield Case("open-comments.html", holding(page(said + b"<!--" * 50_000)), text=FACT)
    starts = b"<!---->" * 10_000
    yield Case("comments-first.html", holding(starts + page(said)), text=FACT)
    yield Case("comments-alone.txt", holding(b"<!-- -->" * 12_000 + WORDS), text=FACT)
    for name in ("utf-7", "no-such-code", "rot13", "zip", "utf-16"):
        declared = b"<meta charset=%s>" % name.encode()
        yield Case(f"declared-as-{name}.html", holding(page(declared + said)), text=FACT)
    wrong = "<meta charset=utf-8><p>Süße Brötchen für fünf Gäste</p>".encode("cp1252")
    yield Case("declared-wrongly.html", holding(page(wrong)), text="Süße Brötchen für fünf Gäste")


def text_files(canary: str) -> Iterator[Case]:
    """All of them."""
    yield from encodings()
    yield from nothing()
    yield from sizes()
    yield from markdown_files()
    yield from html_files(canary)
