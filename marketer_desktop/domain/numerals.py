"""Figures of a text in one form, whether they stand there in digits or in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+|[%€$£¥]")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}")  # a thousand in some countries, a fraction in others

_SMALL = {
    word: number
    for number, word in enumerate(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen
        """.split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=4
    )
}
_TIMES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "million": 10**6,
    "billion": 10**9,
    "bn": 10**9,
}
# Amounts that have no digits of their own.
_VAGUE = frozenset(
    """
    half third quarter twice double triple decade decades century centuries dozens hundreds
    thousands millions billions percentage
    """.split()
)
_ROUND = frozenset(_TIMES) - {"k", "bn"}  # what is a figure without one before it
_BEGINNINGS = _VAGUE.union(_ORDINALS, _ROUND, _SMALL, _TENS)
_UNITS = {
    **dict.fromkeys(("%", "percent", "pct"), "%"),
    **dict.fromkeys(("€", "euro", "euros", "eur"), "€"),
    **dict.fromkeys(("$", "dollar", "dollars", "usd"), "$"),
    **dict.fromkeys(("£", "gbp"), "£"),
    **dict.fromkeys(("¥", "yen"), "¥"),
}
_MONTHS = frozenset(
    """
    January February March April May June July August September October November December
    """.split()
)


@dataclass
class _Reading:
    """The tokens of a text and how far they are read."""

    written: Sequence[str]
    at: int = 0

    def word(self, ahead: int = 0) -> str:
        """The token `ahead` of here without case; empty outside the text."""
        return self.token(ahead).casefold()

    def token(self, ahead: int = 0) -> str:
        """The token `ahead` of here as written; empty outside the text."""
        place = self.at + ahead
        return self.written[place] if 0 <= place < len(self.written) else ""


def numerals(text: str) -> set[str]:
    """The figures of `text` in plain digits: “forty-two” is “42”, “1.5 million” “1500000”.

    A figure with a unit (percent, currency, month) gives two: “5%” is “5” and “5 %”. What is
    larger or smaller than one without a number ("half", "dozens") stays as the word.
    """
    return set(_found(_Reading(_TOKEN.findall(text))))


def _found(reading: _Reading) -> Iterator[str]:
    while token := reading.token():
        began = reading.at
        if not token[0].isdigit() and token.casefold() not in _BEGINNINGS:
            reading.at += 1  # as nearly every word
            continue
        if reading.word() in _VAGUE:
            yield reading.word()
        value = _digits(reading) or _spelled(reading)
        if value is None:
            reading.at = began + 1
            continue
        units = list(_units(reading, began))
        if value != "1" or units or reading.written[began].isdigit():
            yield value
            yield from (f"{value} {unit}" for unit in units)


def _digits(reading: _Reading) -> str | None:
    """The figure in digits that stands here, with the “million” after it."""
    token = reading.token()
    if not token[:1].isdigit():
        return None
    reading.at += 1
    plain = token.replace(",", "") if _THOUSANDS.fullmatch(token) else token
    if _AMBIGUOUS.fullmatch(plain) or not _DECIMAL.fullmatch(plain):
        return plain
    return _plain(Decimal(plain.replace(",", ".")) * _multiplier(reading))


def _spelled(reading: _Reading) -> str | None:
    """The figure in words that stands here."""
    if reading.word() in _ORDINALS:
        reading.at += 1
        return str(_ORDINALS[reading.written[reading.at - 1].casefold()])
    if reading.word() in _ROUND:
        return _plain(Decimal(_multiplier(reading)))
    total = _below_hundred(reading)
    if total is None:
        return None
    if 10 < total < 21 and reading.word() in _TENS:  # a year: nineteen ninety-three
        return str(100 * total + (_below_hundred(reading) or 0))
    whole = total * _multiplier(reading)
    while whole >= 100 and (more := _rest(reading)) is not None:
        whole += more
    return str(whole)


def _rest(reading: _Reading) -> int | None:
    """What follows “two hundred” or “three thousand”: “and fifty”, “five hundred”."""
    skipped = reading.word() == "and" and reading.word(1) in {**_SMALL, **_TENS}
    reading.at += skipped
    more = _below_hundred(reading)
    return None if more is None else more * _multiplier(reading)


def _below_hundred(reading: _Reading) -> int | None:
    word = reading.word()
    if word in _SMALL:
        reading.at += 1
        return _SMALL[word]
    if word not in _TENS:
        return None
    reading.at += 1
    ones = _SMALL.get(reading.word(), 0)
    if 0 < ones < 10:
        reading.at += 1
        return _TENS[word] + ones
    return _TENS[word]


def _multiplier(reading: _Reading) -> int:
    times = 1
    while reading.word() in _TIMES:
        times *= _TIMES[reading.word()]
        reading.at += 1
    return times


def _units(reading: _Reading, began: int) -> Iterator[str]:
    """The units on either side of the figure that was just read and began at `began`."""
    after = "percent" if (reading.word(), reading.word(1)) == ("per", "cent") else reading.word()
    if after in _UNITS:
        yield _UNITS[after]
    before = reading.written[began - 1] if began else ""
    if before in {"€", "$", "£", "¥"}:
        yield before
    yield from (near.casefold() for near in (before, reading.token()) if near in _MONTHS)


def _plain(value: Decimal) -> str:
    """`value` without exponent and without zeros at the end of a fraction."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
