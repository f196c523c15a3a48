"""All that a page shows, and its lines of mere markup."""

import pytest

from marketer_desktop.publishing.paper_text import html_text, markdown_text


@pytest.mark.parametrize(
    ("html", "runs"),
    [
        ("<p>One <code>two</code></p><pre>three\nfour</pre>", ("One two", "three\nfour")),
        ("<blockquote><p>Said</p></blockquote><kbd>Key</kbd>", ("Said", "Key")),
        ("<p>One<br>two</p>", ("One", "two")),
        ("<table><tr><td>One</td><td>two</td></tr></table>", ("One two",)),
        ("<table>\n<tr>\n<td>One</td>\n<td>two</td>\n</tr>\n</table>", ("One\ntwo",)),
        ("<style>p {}</style><script>x()</script><p>One</p>", ("One",)),
        ("<p>&quot;One&quot; &amp;&nbsp;two &#8212; &lt;</p>", ("&quot;One&quot; &\xa0two — <",)),
        ("", ()),
    ],
)
def test_code_and_quotes_are_shown_too(html: str, runs: tuple[str, ...]) -> None:
    assert html_text(html).runs == runs


@pytest.mark.parametrize(
    ("html", "bare"),
    [
        ("<p>One <b>two</b></p>", 0),
        ("<p><a href='x'><img src='y'></a></p>", 1),
        ("<p><a><img></a>\n<a><img></a></p>", 2),
        ("<p>One\n<a><img></a>\ntwo</p>", 1),
        ("<p><img src='y'></p><p><code>x</code></p>", 0),
        ("<table>\n<tr>\n<td>One</td>\n<td></td>\n</tr>\n</table>", 3),
        ("<pre><b></b></pre>", 0),
    ],
)
def test_lines_of_mere_markup_are_counted(html: str, bare: int) -> None:
    assert html_text(html).bare_lines == bare


def test_blanks_keep_line_feeds_and_gaps_between_tags() -> None:
    assert [block.text for block in html_text("<p>One\n  two<br>three  four</p>").blocks] == [
        "One\ntwo\nthree four"
    ]
    assert html_text("<li><b>One</b> <code>x</code> two</li>").blocks[0].text == "One\vtwo"
    assert html_text("<p><b>One</b> <code>x</code> two</p>").blocks[0].text == "One two"
    assert html_text("<li>One &amp; two &amp; &lt;b</li>").blocks[0].text == "One & two & <b"


def test_blocks_of_lists_and_tables_are_marked() -> None:
    html = "<p>a</p><ul><li>b</li><li><p>c</p></li></ul><table><tr><td>d</td></tr></table>"
    assert [block.listed for block in html_text(html).blocks] == [False, True, True, True]
    assert [block.listed for block in markdown_text("a\n\n- b\n").blocks] == [False, True]


def test_markdown_has_runs_too() -> None:
    text = markdown_text("One `two`\nthree\n\n[![a](b)](c)\n")
    assert (text.runs, text.bare_lines) == (("One two\nthree",), 1)
    assert markdown_text('"One"').runs == ('"One"',)
