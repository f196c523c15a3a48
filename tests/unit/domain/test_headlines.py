"""Headlines: scored by what titles have to pass, five different ones, the title first."""

from marketer_desktop.domain.headlines import fits, ranked, scored, with_keyphrase, worded

KEYPHRASE = "cold brew"


def test_the_score_is_that_of_the_title_checks() -> None:
    begins = scored("Cold Brew: What It Costs", KEYPHRASE)
    later = scored("Prices of a Cold Brew", KEYPHRASE)
    without = scored("What Iced Coffee Costs", KEYPHRASE)
    assert (begins.score, later.score) == (100, 83)
    assert without.score < later.score


def test_a_headline_that_is_cut_scores_nothing() -> None:
    long = "Cold Brew: Everything That Owners of Small Cafés Should Know About It"
    assert not fits(long)
    assert scored(long, KEYPHRASE).score == 0


def test_the_title_comes_first_then_the_best_each_once_and_five_in_all() -> None:
    others = [
        "Prices of a cold brew",
        "Cold brew: first steps",
        "cold brew: First Steps",
        "A title without it",
        "Cold brew: mistakes to avoid",
        "The title of a cold brew",
        "Cold brew: who benefits",
        "Cold brew " * 9,
    ]
    found = ranked("The Title of a Cold Brew", others, KEYPHRASE, "en")
    assert [headline.text for headline in found] == [
        "The Title of a Cold Brew",
        "Cold brew: first steps",
        "Cold brew: mistakes to avoid",
        "Cold brew: who benefits",
        "Prices of a cold brew",
    ]


def test_the_keyphrase_is_put_in_front_only_where_it_is_missing() -> None:
    assert with_keyphrase("Cold Brew at Home", KEYPHRASE) == "Cold Brew at Home"
    assert with_keyphrase("Iced coffee at home", KEYPHRASE) == "Cold Brew: Iced coffee at home"


def test_a_keyphrase_in_the_singular_takes_the_place_of_its_plural() -> None:
    assert worded("Accessible websites for museums", "accessible website") == (
        "accessible website for museums"
    )
    assert worded("Why cold brews help", "cold brew") == "Why cold brews help"
    assert worded("The best cold brews", "cold brew") == "The best cold brew"
