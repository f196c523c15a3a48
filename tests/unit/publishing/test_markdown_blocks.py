"""Markdown taken apart and put together, without any window."""

from dataclasses import replace

import pytest

from marketer_desktop.publishing.markdown_blocks.compose import Book, composed, fragment
from marketer_desktop.publishing.markdown_blocks.escaping import code_span, destination, shown_alt
from marketer_desktop.publishing.markdown_blocks.inline_writer import ready, written
from marketer_desktop.publishing.markdown_blocks.leaf import (
    BULLETS,
    Kind,
    Leaf,
    Placed,
    Step,
    fresh_id,
    path_of,
    path_text,
)
from marketer_desktop.publishing.markdown_blocks.runs import (
    BREAK,
    OBJECT,
    Marks,
    Run,
    Runs,
    decoded,
    encoded,
    normalised,
    without_form,
)
from marketer_desktop.publishing.markdown_blocks.source import Source
from marketer_desktop.publishing.markdown_blocks.split import split

BOLD = Marks(bold="**")


def placed(source: Source) -> list[Placed]:
    return [Placed(leaf.id, leaf.leaf) for leaf in source.leaves]


def kinds(text: str) -> list[str]:
    return [leaf.leaf.kind.value for leaf in split(text).leaves]


def runs_in(text: str) -> Runs:
    return split(text).leaves[0].leaf.runs


def edited(text: str, number: int, runs: Runs) -> str:
    source = split(text)
    blocks = placed(source)
    blocks[number] = Placed(blocks[number].id, replace(blocks[number].leaf, runs=runs))
    return composed(Book(source), blocks)


def test_what_is_a_block() -> None:
    text = (
        "---\ntitle: x\n---\n# H\ntext\n***\n<div>\n</div>\n\n[^1]: note\n\n[r]: /x\n\n"
        "    code\n\n```py\ncode\n```\n\n| a |\n|---|\n| b |\n\n- item\n  > quoted\n"
    )
    assert kinds(text) == [
        "source", "heading", "paragraph", "rule", "source", "source", "source", "code", "code",
        "table", "paragraph", "paragraph",
    ]  # fmt: skip
    assert kinds("---\n\ntext\n\n---\n") == ["rule", "paragraph", "rule"]
    assert kinds("+++\na = 1\n+++\n") == ["source"]
    assert kinds("") == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("**a**", Marks(bold="**")),
        ("__a__", Marks(bold="__")),
        ("_a_", Marks(italic="_")),
        ("~~a~~", Marks(strike="~~")),
        ("<u>a</u>", Marks(underline="<u>")),
        ("<strong>a</strong>", Marks(bold="<strong>")),
        ("`a`", Marks(code=True)),
        ("[a](/x 'T')", Marks(link=("/x", "T", ""))),
        ("[a](/ü%20x)", Marks(link=("/ü%20x", "", ""))),
        ("<https://a.example>", Marks(link=("https://a.example", "", "<"))),
    ],
)
def test_marks_are_read_with_how_they_are_written(text: str, marks: Marks) -> None:
    [run] = runs_in(text)
    assert run.marks == marks


def test_escapes_references_tags_and_line_ends_keep_their_form() -> None:
    text = "a\\* &copy; &nbsp;&nbsp; <kbd>K</kbd>\nsoft\\\nhard  \nhard ![x](y.png)"
    assert written(runs_in(text)) == text
    assert OBJECT in "".join(run.text for run in runs_in(text))


def test_links_by_definition_keep_their_labels() -> None:
    text = "[a][Foo], [foo], [Foo][] and ![Foo]\n\n[Foo]: /x\n"
    assert edited(text, 0, (*runs_in(text), Run("!"))) == (
        "[a][Foo], [foo], [Foo] and ![Foo]!\n\n[Foo]: /x\n"
    )


def test_unpaired_tags_stay_as_they_are() -> None:
    text = "a <u>b *c</u> d* <b>e"
    assert written(runs_in(text)) == text
    assert not any(run.marks.underline for run in runs_in(text))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((Run("a * b *c* _d_ e_f"),), r"a * b \*c\* \_d\_ e_f"),
        ((Run("[x](y) `z` <b> &amp; ~~s~~"),), r"[x\](y) \`z\` \<b> \&amp; \~\~s\~\~"),
        ((Run(r"C:\path \* \\"),), r"C:\path \\\* \\\\"),
        ((Run("bold ", BOLD), Run("not")), "**bold** not"),
        ((Run("a", BOLD), Run("b", Marks(bold="**", italic="*"))), "**a*b***"),
        ((Run("a"), Run('"b"', BOLD), Run("c")), 'a<strong>"b"</strong>c'),
        ((Run(" x ", Marks(code=True)),), "`  x  `"),
        ((Run("``", Marks(code=True)),), "` `` `"),
        ((Run("a"), Run(BREAK), Run("b")), "a  \nb"),
        ((Run("t", Marks(link=("/a b)", 'say "hi"', ""))),), '[t](</a b)> "say \\"hi\\"")'),
    ],
)
def test_runs_are_written_so_that_they_read_back(runs: Runs, text: str) -> None:
    out = edited("old\n", 0, normalised(runs))
    assert out == f"{text}\n"
    assert without_form(runs_in(out)) == without_form(ready(runs))


@pytest.mark.parametrize(
    "line",
    ["# no", "> no", "- no", "+ no", "1. no", "12) no", "---", "===", "```", "~~~", "[^1]: no",
     "[x]: no", "| a |", "<div>", "    no", "* * *", "#", "-", "1."],
)  # fmt: skip
def test_a_paragraph_stays_one_whatever_it_begins_with(line: str) -> None:
    for text in (line, f"before{BREAK}{line}"):
        out = edited("old\n", 0, normalised([Run(text)]))
        [leaf] = split(out).leaves
        assert leaf.leaf.kind is Kind.PARAGRAPH
        shown = "".join(run.text for run in leaf.leaf.runs)
        assert shown == text.replace(f"{BREAK}    ", BREAK).strip()


def test_headings_are_not_escaped_without_need() -> None:
    assert edited("## old\n", 0, (Run("1. First - of # all #"),)) == "## 1. First - of # all \\#\n"
    assert edited("Old\n===\n", 0, (Run("1. New"),)) == "1\\. New\n===\n"


def test_marks_as_text() -> None:
    marks = Marks(bold="__", link=("/x", "", "<"), image=("a", "b", "", ""), raw="&lt;")
    assert decoded(encoded(marks)) == marks
    assert encoded(Marks()) == ""
    path = (Step("q", 1, 1), Step("o", 2, 3))
    assert path_of(path_text(path)) == path
    assert path_of("") == ()


def test_deleting_blocks_leaves_the_rest() -> None:
    text = "# A\n\n\none\n\n* x\n* y\n* z\n\n1. a\n2. b\n3. c\n\nlast"
    source = split(text)
    blocks = placed(source)
    del blocks[6], blocks[3]
    assert composed(Book(source), blocks) == ("# A\n\n\none\n\n* x\n* z\n\n1. a\n2. c\n\nlast")


def test_a_list_after_another_of_its_kind_keeps_apart() -> None:
    source = split("- a\n\ntext\n\n- b\n- c\n")
    blocks = [block for block in placed(source) if block.leaf.path]
    out = composed(Book(source), blocks)
    assert out == "- a\n\n* b\n* c\n"


def test_new_items_are_written_like_their_list() -> None:
    source = split("8)  a\r\n9)  b\r\n\r\n    deep\r\n")
    blocks = placed(source)
    step = blocks[1].leaf.path[0]
    item = Leaf(Kind.PARAGRAPH, (Step(step.sort, step.group, fresh_id()),), (Run("new"),))
    blocks.insert(1, Placed(0, item))
    assert composed(Book(source), blocks) == (
        "8)  a\r\n\r\n9) new\r\n\r\n10) b\r\n\r\n    deep\r\n"
    )


def test_a_rule_in_an_item_is_no_rule_of_items() -> None:
    path = (Step(BULLETS, fresh_id(), fresh_id()),)
    out = composed(Book(split("")), [Placed(0, Leaf(Kind.RULE, path))])
    assert out == "- ___\n"
    assert kinds(out) == ["rule"]


def test_a_fence_is_as_long_as_it_must_be() -> None:
    source = split("~~~py extra\nold\n~~~\n")
    [block] = placed(source)
    changed = Placed(block.id, replace(block.leaf, text="~~~\nnew\n~~~~"))
    assert composed(Book(source), [changed]) == "~~~~~py extra\n~~~\nnew\n~~~~\n~~~~~\n"


def test_indented_code_gets_a_fence_where_it_would_not_be_code() -> None:
    source = split("text\n\n    code\n")
    code = placed(source)[1]
    item = Leaf(Kind.PARAGRAPH, (Step(BULLETS, fresh_id(), fresh_id()),), (Run("item"),))
    assert composed(Book(source), [Placed(0, item), code]) == "- item\n\n```\ncode\n```\n"


def test_a_part_of_a_text_stands_alone() -> None:
    source = split("[a][r] ![b][r]\n\n3. x\n\n[r]: /y 'T'\n")
    blocks = placed(source)[:2]
    assert fragment(Book(source), blocks) == '[a](/y "T") ![b](/y "T")\n\n3. x'


def test_line_ends_and_marks_of_files() -> None:
    text = "\ufeffone\r\n\r\ntwo"
    source = split(text)
    assert composed(Book(source), placed(source)) == text
    new = Placed(0, Leaf(Kind.PARAGRAPH, (), (Run("three"),)))
    assert composed(Book(source), [*placed(source), new]) == text + "\r\n\r\nthree"
    assert composed(Book(split("")), [new]) == "three\n"
    mixed = split("a\n\nb\n\nc\r\rd\n")
    blocks = [*placed(mixed)[:3], new]
    assert composed(Book(mixed), blocks) == "a\n\nb\n\nc\r\rthree\n"
    assert composed(Book(source), []) == "\ufeff"


@pytest.mark.parametrize(
    ("target", "text"),
    [("/a", "/a"), ("/a b", "</a b>"), ("", "<>"), ("/a(b)c", "/a(b)c"), ("/a(b", "</a(b>")],
)
def test_targets_of_links(target: str, text: str) -> None:
    assert destination(target) == text
    [run] = runs_in(f"[x]({text})")
    assert run.marks.link == (target, "", "")


def test_code_of_backticks_and_alternative_texts() -> None:
    for text in ("`", "a``b", " `", "` ", "``` ` ``"):
        [run] = runs_in(code_span(text))
        assert run.text == text
    assert shown_alt("a \\[b\\] c\\d") == "a [b] c\\d"
