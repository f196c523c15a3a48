"""Figures in digits and in words are the same figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketer_desktop.domain.numerals import numerals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forty-two bags", {"42"}),
        ("42 bags", {"42"}),
        ("1,340 kilograms", {"1340"}),
        ("three thousand five hundred", {"3500"}),
        ("two hundred and fifty", {"250"}),
        ("nineteen ninety-three", {"1993"}),
        ("twenty twenty-four", {"2024"}),
        ("1.5 million", {"1500000"}),
        ("a dozen, two dozen", {"12", "24"}),
        ("5k", {"5000"}),
        ("three, four", {"3", "4"}),
        ("one of them", set()),
        ("the 12th floor, the twelfth floor", {"12"}),
        ("2.50 and 2,5", {"2.5"}),
        ("12.500", {"12.500"}),
        ("at 9:30 on 10/12", {"9:30", "10/12"}),
        ("half of them, twice", {"half", "twice"}),
        ("12 %", {"12", "12 %"}),
        ("twelve per cent", {"12", "12 %"}),
        ("one percent", {"1", "1 %"}),
        ("€5, 5 euros", {"5", "5 €"}),
        ("$2 million", {"2000000", "2000000 $"}),
        ("3 March 2021", {"3", "3 march", "2021", "2021 march"}),
        ("no figure at all", set()),
    ],
)
def test_a_figure_has_one_form(text: str, expected: set[str]) -> None:
    assert numerals(text) == expected


def test_a_unit_has_to_be_the_same() -> None:
    assert numerals("5 percent") - numerals("5 euros") == {"5 %"}
    assert numerals("a share of 5") <= numerals("5 percent")
    assert numerals("on 3 April") - numerals("on 3 March") == {"3 april"}


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    assert all(isinstance(figure, str) for figure in numerals(text))
