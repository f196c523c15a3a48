"""Tables of briefs: what a row means, and what is said of one that means nothing."""

import pytest

from marketer_desktop.domain.batch_columns import NotATable, several
from marketer_desktop.domain.batch_rows import BatchLine, brief_of, keys, lines
from marketer_desktop.domain.brief import Brief

HEAD = ["type", "topic", "keywords", "words"]


def one(head: list[str], *cells: str) -> BatchLine:
    """The only line of a table."""
    (line,), _ = lines([head, list(cells)])
    return line


def test_a_row_becomes_a_brief() -> None:
    head = [
        "Content type",
        "Title",
        "Keyphrase",
        "Target audience",
        "Tone of voice",
        "Word count",
        "Files",
        "SEO-Priority",
        "Only my documents",
    ]
    line = one(
        head,
        "Blog post",
        " Solar  roofs ",
        "solar roof; solar",
        "Owners",
        "calm",
        "1,200 words",
        "a.pdf; b.md",
        "High",
        "Yes",
    )
    assert line.errors == []
    assert line.documents == ["a.pdf", "b.md"]
    assert brief_of(line, [3, 4], "key") == Brief(
        topic="Solar roofs",
        keywords=["solar roof", "solar"],
        audience="Owners",
        tone="calm",
        words=1200,
        document_ids=[3, 4],
        seo_priority="high",
        only_documents=True,
        batch="key",
    )


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        ("", "blog", 600),
        ("Landing page", "webpage", 400),
        ("X", "twitter", 120),
        ("E-Mail", "email", 150),
        ("linkedin_post", "linkedin", 150),
    ],
)
def test_types_have_the_names_that_people_give_them(cell: str, kind: str, words: int) -> None:
    line = one(HEAD, cell, "Solar roofs", "solar", "")
    assert (line.type, line.words, line.errors) == (kind, words, [])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("blog", "Solar roofs", "", "600"), "Row 2: no keyword."),
        (("blog", " ", "solar", "600"), "Row 2: no topic."),
        (("song", "Solar roofs", "solar", "600"), "Row 2: type “song” is not known. Use blog,"),
        (("blog", "Solar roofs", "solar", "many"), "Row 2: “many” is no number of words."),
        (("blog", "Solar roofs", "solar", "12"), "Row 2: 12 words; ask for 30 to 5,000."),
        (("blog", "So", "solar", "600"), "Row 2: the topic has to have 3 to 255"),
        (("blog", "S" * 256, "solar", "600"), "Row 2: the topic has to have 3 to 255"),
        (("blog", "Roofs", ";".join("abcdefghijk"), "600"), "Row 2: 11 keywords; 10 are the most."),
        (("blog", "Roofs, solar", "solar", "600", "x"), "Row 2: more cells than the first row."),
    ],
)
def test_a_wrong_row_is_told_with_its_number(cells: tuple[str, ...], said: str) -> None:
    (error,) = one(HEAD, *cells).errors
    assert error.startswith(said)


def test_everything_that_is_wrong_with_a_row_is_told_at_once() -> None:
    head = [*HEAD, "seo", "only documents", "tone"]
    line = one(head, "song", "", "", "many", "urgent", "perhaps", "t" * 51)
    assert len(line.errors) == 6
    assert "SEO priority “urgent” is not known. Use low, medium or high." in line.errors[4]
    (tone,) = one(head, "blog", "Roofs", "roof", "", "", "", "t" * 51).errors
    assert tone.startswith("Row 2: tone: ")


def test_rows_count_as_in_a_spreadsheet_and_empty_ones_are_no_rows() -> None:
    found, problems = lines(
        [
            [],
            ["topic", "keywords", "note", "Keyword"],
            [],
            ["A roof", "roof"],
            ["", ""],
            ["No keyword", ""],
        ]
    )
    assert [(line.row, line.errors) for line in found] == [(4, []), (6, ["Row 6: no keyword."])]
    assert problems == [
        "Column “note” is not known and was left out.",
        "Column “Keyword” says the same as an earlier one and was left out.",
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "empty"),
        ([["", ""]], "empty"),
        ([["topic", "words"], ["Roofs", "300"]], "Missing: “keywords”"),
        ([["Solar roofs", "solar"]], "Missing: “topic” and “keywords”"),
        ([["topic", "keywords"]], "no row below"),
        ([["topic", "keywords"], *([["Roofs", "roof"]] * 1001)], "1,001 rows; 1,000 are the most"),
    ],
)
def test_what_is_no_table_of_briefs_is_refused(rows: list[list[str]], said: str) -> None:
    with pytest.raises(NotATable, match=said):
        lines(rows)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("a, b; c", ["a, b", "c"]),
        ("a, b", ["a", "b"]),
        ("a\nb", ["a", "b"]),
        ("a|A|b", ["a", "b"]),
        (" ; ", []),
    ],
)
def test_values_in_a_cell_are_told_apart(cell: str, values: list[str]) -> None:
    assert several(cell) == values


def test_a_row_is_known_again_by_what_it_asks_for() -> None:
    rows = [
        HEAD,
        ["blog", "Roofs", "roof", ""],
        ["blog", "Roofs", "roof", ""],
        ["blog", "Walls", "wall", ""],
    ]
    before = keys("a.csv", lines(rows)[0])
    assert len(set(before)) == 3
    moved = [HEAD, rows[3], [], rows[1], rows[2]]
    after = keys("a.csv", lines(moved)[0])
    assert after == [before[2], before[0], before[1]]
    assert not set(keys("b.csv", lines(rows)[0])) & set(before)
    changed = [HEAD, ["email", "Roofs", "roof", ""], *rows[2:]]
    assert keys("a.csv", lines(changed)[0])[1:] == [before[0], before[2]]
