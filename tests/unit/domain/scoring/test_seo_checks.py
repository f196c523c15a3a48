import pytest

from marketer_desktop.domain.scoring.languages import language
from marketer_desktop.domain.scoring.paper import Paper
from marketer_desktop.domain.scoring.score import score as scored
from marketer_desktop.domain.scoring.seo.subject import Subject
from marketer_desktop.domain.scoring.seo.total import seo_checks, seo_total
from marketer_desktop.domain.scoring.verdict import ScoredCheck
from marketer_desktop.publishing.paper_text import html_text

FILLER = "<p>" + "Blah blih bluh. " * 40 + "</p>"
LINK = '<a href="https://b.com">t</a>'
UNFOLLOWED = '<a rel="nofollow" href="https://c.com">t</a>'


def checks(html: str, **told: str) -> dict[str, ScoredCheck]:
    paper = Paper(html_text(html), **{"keyphrase": "zebra lion", **told})  # type: ignore[arg-type]
    return {check.id: check for check in seo_checks(Subject(paper, language("en")))}


def score(check: str, html: str = FILLER, **told: str) -> int:
    return checks(html, **told)[check].score


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("<h1>T</h1><p>A lion and a zebra.</p>", 9),
        ("<p>A zebra. A lion.</p>", 6),
        ("<h1>zebra lion</h1><p>Nothing.</p>", 3),
        ("<p>Nothing.</p><p>zebra lion</p>", 3),
        ("<blockquote>No.</blockquote><p>zebra lion</p>", 9),
        ("<p><code>no</code></p><p>zebra lion</p>", 9),
        ("<p>One.<br><br>zebra lion</p>", 3),
        ("<p>zebras lions</p>", 3),
    ],
)
def test_introduction(opening: str, expected: int) -> None:
    assert score("introductionKeyword", opening + FILLER) == expected


@pytest.mark.parametrize(
    ("keyphrase", "expected"),
    [
        ("", -999),
        ("red blue green zebra", 9),
        ("red-blue green zebra lion", 6),
        ("red of the blue with green zebra", 9),
        ("red blue green zebra lion tiger wolf deer", 6),
        ("red blue green zebra lion tiger wolf deer bear", 3),
        ('"red blue green zebra lion"', 9),
    ],
)
def test_keyphrase_length(keyphrase: str, expected: int) -> None:
    assert score("keyphraseLength", keyphrase=keyphrase) == expected


def test_only_function_words_is_said_and_else_nothing() -> None:
    assert score("functionWordsInKeyphrase", keyphrase="how to") == 0
    assert "functionWordsInKeyphrase" not in checks(FILLER, keyphrase="to zebra")
    assert "functionWordsInKeyphrase" not in checks(FILLER, keyphrase='"how to"')


def text_with(words: int, uses: int, keyphrase: str = "zebra lion") -> str:
    rest = "blah " * (words - uses * len(keyphrase.split()))
    return f"<p>{rest}.</p>" + f"<p>{keyphrase}.</p>" * uses


@pytest.mark.parametrize(
    ("words", "uses", "expected"),
    [
        (50, 0, 4), (50, 1, 9), (50, 2, -10), (50, 3, -50),
        (51, 2, 9), (99, 3, -10), (99, 4, -50),
        (100, 1, 4), (100, 2, 9), (100, 3, -50),
        (200, 4, 9), (200, 5, -10), (200, 6, -50),
        (1000, 3, 4), (1000, 4, 9),
    ],
)  # fmt: skip
def test_density(words: int, uses: int, expected: int) -> None:
    assert score("keyphraseDensity", text_with(words, uses)) == expected


def test_density_counts_sentence_by_sentence_and_shows_the_places() -> None:
    html = f"<p>A zebra and a lion. The lion. Zebra &amp; Lion.</p>{FILLER}"
    check = checks(html)["keyphraseDensity"]
    assert check.score == 9
    assert [html[p.start : p.end] for p in check.positions] == ["zebra", "lion", "Zebra", "Lion"]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("", 3), ("Lion and zebra.", 9), ("zebra lion zebra lion", 9),
        ("zebra lion zebra lion zebra lion", 3), ("A zebra. A lion.", 3),
    ],
)  # fmt: skip
def test_description_keyphrase(description: str, expected: int) -> None:
    assert score("metaDescriptionKeyword", description=description) == expected


@pytest.mark.parametrize(("length", "expected"), [(0, 1), (120, 6), (121, 9), (156, 9), (157, 6)])
def test_description_length(length: int, expected: int) -> None:
    assert score("metaDescriptionLength", description="x" * length) == expected


def headings(total: int, named: int, tag: str = "h2") -> str:
    texts = ["zebra lion"] * named + ["other"] * (total - named)
    return "".join(f"<{tag}>{text}</{tag}><p>x</p>" for text in texts) + FILLER


@pytest.mark.parametrize(
    ("total", "named", "expected"),
    [(1, 0, 3), (1, 1, 9), (2, 1, 9), (2, 2, 3), (4, 1, 3), (4, 3, 9), (5, 4, 3), (10, 3, 9)],
)
def test_subheadings(total: int, named: int, expected: int) -> None:
    assert score("subheadingsKeyword", headings(total, named)) == expected
    assert score("subheadingsKeyword", headings(total, named, "h3")) == expected


def test_subheadings_of_the_fourth_level_do_not_count() -> None:
    assert score("subheadingsKeyword", headings(3, 0, "h4")) == 9
    assert score("subheadingsKeyword", FILLER * 4) == 2


def test_a_heading_of_code_counts_as_one() -> None:
    assert score("subheadingsKeyword", f"<h2><code>x</code></h2>{FILLER}") == 3


@pytest.mark.parametrize(
    ("heading", "expected"), [("zebra lion", 9), ("zebra", 3), ("red lion and zebra", 9)]
)
def test_more_than_half_of_a_long_keyphrase_is_enough(heading: str, expected: int) -> None:
    html = f"<h2>{heading}</h2>{FILLER}"
    assert score("subheadingsKeyword", html, keyphrase="red zebra lion") == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<a href="/b">Lion zebra.</a>', 2),
        ('<a href="/b">the zebra lion</a>', 2),
        ('<a href="/b">zebra lion tiger</a>', 8),
        ('<a href="#b">zebra lion</a>', 8),
        ('<a href="https://a.com/x#y">zebra lion</a>', 8),
        ('<pre><a href="/b">zebra lion</a></pre>', 8),
    ],
)
def test_competing_links(link: str, expected: int) -> None:
    html = f"<p>{link}</p>{FILLER}"
    assert score("textCompetingLinks", html, permalink="https://a.com/x") == expected


@pytest.mark.parametrize(
    ("address", "outbound", "internal"),
    [
        ("/b", 3, 9), ("b.html", 3, 9), ("https://A.com/c", 3, 9), ("https://www.a.com/c", 9, 3),
        ("//b.com/x", 9, 3), ("#x", 3, 3), ("mailto:x@y.z", 3, 3), ("", 3, 9),
    ],
)  # fmt: skip
def test_where_links_lead(address: str, outbound: int, internal: int) -> None:
    found = checks(f'<a href="{address}">t</a>{FILLER}', permalink="https://a.com/x")
    assert (found["externalLinks"].score, found["internalLinks"].score) == (outbound, internal)


def test_own_host_is_outbound_when_nobody_says_where_the_text_stands() -> None:
    assert score("externalLinks", '<a href="https://a.com/c">t</a>') == 9


@pytest.mark.parametrize(
    ("links", "expected"),
    [("", 3), (LINK, 9), (UNFOLLOWED, 7), (LINK + UNFOLLOWED, 8), (f"<pre>{LINK}</pre>", 3)],
)
def test_links_that_may_be_followed(links: str, expected: int) -> None:
    assert score("externalLinks", f"<p>{links}</p>{FILLER}") == expected


def images(total: int, named: int) -> str:
    texts = ["zebra lion"] * named + ["other"] * (total - named)
    return "".join(f'<p><img src="x" alt="{text}"></p>' for text in texts)


@pytest.mark.parametrize(
    ("total", "named", "expected"),
    [(0, 0, 3), (1, 0, 6), (1, 1, 9), (4, 4, 9), (5, 1, 6), (5, 2, 9), (5, 5, 6), (10, 8, 6)],
)
def test_images(total: int, named: int, expected: int) -> None:
    found = checks(images(total, named) + FILLER)
    assert found["imageKeyphrase"].score == expected
    assert found["images"].score == (9 if total else 3)


@pytest.mark.parametrize(
    ("words", "expected"), [(300, 9), (299, 6), (249, 3), (199, -10), (100, -10), (99, -20)]
)
def test_text_length(words: int, expected: int) -> None:
    assert score("textLength", f"<p>{'blah ' * words}</p><pre>{'code ' * 500}</pre>") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Zebra lion: a guide", 9), ("What is the zebra lion?", 9), ("“Zebra lion” again", 9),
        ("A guide to zebra lion", 6), ("10 zebra lion", 6), ("Lion and zebra", 6),
        ("Zebra-lion", 6), ("Zebra", 2), ("", 2), ("zebra lions", 2),
    ],
)  # fmt: skip
def test_title_keyphrase(title: str, expected: int) -> None:
    assert score("keyphraseInSEOTitle", title=title) == expected


def test_a_quoted_keyphrase_must_stand_as_it_is() -> None:
    quoted = '"zebra lion"'
    assert score("keyphraseInSEOTitle", keyphrase=quoted, title="Lion zebra") == 2
    assert score("introductionKeyword", "<p>lion zebra</p>", keyphrase=quoted) == 3
    assert score("slugKeyword", keyphrase=quoted, slug="x-zebra-lion") == 9
    assert score("slugKeyword", keyphrase=quoted, slug="lion-zebra") == 6


@pytest.mark.parametrize(("title", "expected"), [("", 1), ("i" * 135, 9), ("i" * 136, 3)])
def test_title_width_is_measured(title: str, expected: int) -> None:
    assert score("titleWidth", title=title) == expected


@pytest.mark.parametrize(
    ("slug", "expected"),
    [("", 3), ("lion-x-zebra", 9), ("zebra_lion", 9), ("zebra", 6), ("zebralion", 6), ("x", 6)],
)
def test_slug(slug: str, expected: int) -> None:
    assert score("slugKeyword", slug=slug) == expected


def test_single_title() -> None:
    assert score("singleH1", f"<h1>a</h1>{FILLER}") == 8
    assert score("singleH1", f"<h1>a</h1><blockquote><h1>b</h1></blockquote>{FILLER}") == 8
    check = checks(f"<h1>a</h1>{FILLER}<h1>b</h1>")["singleH1"]
    assert check.score == 1
    assert [place.text for place in check.positions] == ["b"]


@pytest.mark.parametrize(("gap", "expected"), [(6, 9), (7, 6), (10, 6), (11, 1), (20, 1)])
def test_distribution(gap: int, expected: int) -> None:
    text = "Zebra lion here. " * (20 - gap) + "Nothing of it. " * gap
    assert score("keyphraseDistribution", f"<p>{text}</p>") == expected


def test_items_of_a_list_go_on_as_one_sentence() -> None:
    text = "<p>Zebra lion here.</p>" + "<ul>" + "<li>Word</li>" * 30 + "</ul>"
    assert score("keyphraseDistribution", text) == 9


def test_total_is_0_without_keyphrase_or_text() -> None:
    for html, keyphrase in ((FILLER, ""), ("", "zebra")):
        paper = Paper(html_text(html), keyphrase, title="zebra", description="zebra", slug="zebra")
        subject = Subject(paper, language("en"))
        assert seo_total(subject, seo_checks(subject)) == 0


def test_another_language_says_what_is_left_out() -> None:
    paper = Paper(html_text(FILLER), "zebra")
    english, other = scored(paper), scored(paper, "xx")
    assert english.left_out == []
    missing = {check.id for check in english.checks} - {check.id for check in other.checks}
    assert missing | {"flesch"} == set(other.left_out)
    assert missing
