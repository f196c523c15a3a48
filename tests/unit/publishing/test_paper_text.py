import pytest

from marketer_desktop.domain.scoring.paper import Block, Text
from marketer_desktop.publishing.paper_text import html_text, markdown_html, markdown_text

MARKDOWN = """---
title: not text
---
# Héllo *big* world

A [link text](https://a.com/link "t") and `code` a&amp;b **bo**ld.
Second line ![alt text](x.png) end.

> quoted

| a | b |
|---|---|
| c d | e |

- one
- two <a rel="nofollow" href="/x">raw</a>

```
code
```
"""


def shown(text: Text) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in text.blocks]


def test_markdown_blocks() -> None:
    assert shown(markdown_text(MARKDOWN)) == [
        ("heading", "Héllo big world"),
        ("paragraph", "A link text and a&b bold.\nSecond line end."),
        ("quote", "quoted"),
        ("cell", "a"), ("cell", "b"), ("cell", "c d"), ("cell", "e"),
        ("item", "one"), ("item", "two raw"),
    ]  # fmt: skip


def where(source: str, block: Block, words: str) -> str:
    at = block.text.index(words)
    start, end = block.place(at, at + len(words))
    return source[start:end]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_in_markdown(newline: str) -> None:
    source = MARKDOWN.replace("\n", newline)
    text = markdown_text(source)
    assert where(source, text.blocks[0], "big world") == "big* world"
    assert where(source, text.blocks[1], "Second line") == "Second line"
    assert where(source, text.blocks[1], "bold") == "bo**ld"
    assert where(source, text.blocks[5], "c d") == "c d"
    assert [source[link.start : link.end] for link in text.links] == ["link text", "raw"]


def test_links_and_images() -> None:
    text = markdown_text(MARKDOWN)
    assert [(link.address, link.followed) for link in text.links] == [
        ("https://a.com/link", True),
        ("/x", False),
    ]
    assert [(image.alternative, image.address) for image in text.images] == [("alt text", "x.png")]
    assert MARKDOWN[text.images[0].start :].startswith("![alt text]")


def test_markdown_is_read_as_its_html() -> None:
    assert shown(markdown_text(MARKDOWN)) == shown(html_text(markdown_html(MARKDOWN)))


def test_html_blocks_and_places() -> None:
    source = (
        "<h1>T&eacute;st</h1><p>a <a href=x>b</a> &amp;  c<br>d<br><br>e <code>z</code> f</p>tail"
        "<script>no()</script><ul><li>x<li><p>y</p></ul><blockquote><p>q</p></blockquote>"
    )
    text = html_text(source)
    assert shown(text) == [
        ("heading", "Tést"), ("paragraph", "a b & c\nd"), ("paragraph", "e f"),
        ("paragraph", "tail"), ("item", "x"), ("paragraph", "y"), ("quote", "q"),
    ]  # fmt: skip
    assert where(source, text.blocks[1], "b & c") == "b</a> &amp;  c"
    assert [source[link.start : link.end] for link in text.links] == ["<a href=x>b</a>"]


def test_what_is_hidden_or_quoted_has_no_links_and_images() -> None:
    inside = "<a href=x>b</a><img src=y>"
    for tag in ("blockquote", "pre", "code", "noscript"):
        text = html_text(f"<{tag}>{inside}</{tag}>")
        assert (text.links, text.images) == ((), ())


def test_a_heading_of_code_stays_a_heading() -> None:
    blocks = html_text("<h2><code>x</code></h2><p>y</p>").blocks
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        ("heading", 2, ""),
        ("paragraph", 0, "y"),
    ]


def test_front_matter_needs_an_end() -> None:
    assert shown(markdown_text("---\ntitle: x\n\nText")) != []
