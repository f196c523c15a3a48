"""Passages are put in one order by rank, by words and by meaning."""

from marketer_desktop.knowledge.ranking import LEXICAL, fused, overlaps, relevance


def test_what_two_rankings_name_comes_first() -> None:
    assert fused([["a", "b", "c"], ["c", "d"]]) == ["c", "a", "b", "d"]
    assert fused([["a"], []]) == ["a"]
    assert fused([]) == []


def test_a_rare_word_in_common_weighs_more_than_a_frequent_one() -> None:
    passages = {1: {"coffee"}, 2: {"okavela"}, 3: {"coffee", "okavela"}, 4: {"coffee"}, 5: set()}
    shared = overlaps({"coffee", "okavela"}, passages)
    assert shared[5] == 0 < shared[1] == shared[4] < shared[2] < shared[3] == 1


def test_a_question_without_words_shares_nothing() -> None:
    assert overlaps(set(), {1: {"coffee"}}) == {1: 0.0}


def test_words_lift_a_passage_but_meaning_counts_more() -> None:
    assert relevance(0.3, 1.0) == 0.3 + LEXICAL > relevance(0.6, 0.0)
    assert relevance(0.8, 0.0) > relevance(0.3, 1.0)
