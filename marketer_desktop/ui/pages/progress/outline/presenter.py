"""The outline while it is changed: its sections, what is wrong with them, and how long it is."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from marketer_desktop.domain.outline import OutlineSection
from marketer_desktop.services.review_outline import Outline

FEWEST_SECTIONS, MOST_SECTIONS = 3, 24
FEWEST_WORDS, MOST_WORDS, MOST_POINTS = 10, 5000, 20
NEW_WORDS = 100  # of a section that is added, when there is no other to go by

Problem = Literal["missing", "twice", "points"]


@dataclass(frozen=True)
class Section:
    """One section; `key` stays the same wherever it is moved."""

    key: int
    heading: str
    points: tuple[str, ...]
    words: int


class OutlinePresenter:
    """Begins with what the run proposes; `sections` are in reading order."""

    def __init__(self) -> None:
        self._keys = count(1)
        self._told: set[int] = set()
        self._stored: list[OutlineSection] = []
        self._is_touched = False
        self.activity_id = 0
        self.title = self.keyphrase = ""
        self.target = 0
        self.sections: list[Section] = []
        self.is_long_form = True

    def take(self, outline: Outline) -> bool:
        """Show what is stored; whether it was taken over.

        What somebody has changed here is newer than any answer that is still on its way.
        """
        same = outline.activity_id == self.activity_id
        if same and (self._is_touched or outline.sections == self._stored):
            return False
        self.activity_id, self.title = outline.activity_id, outline.title
        self.keyphrase, self.target = outline.keyphrase, outline.words
        self._stored, self._told = list(outline.sections), set()
        self.sections = [
            Section(next(self._keys), each.heading, tuple(each.points), each.words)
            for each in outline.sections
        ]
        self.is_long_form = any(each.heading for each in outline.sections)
        return True

    @property
    def is_changed(self) -> bool:
        """Whether something differs from what is stored."""
        return self.result() != self._stored

    @property
    def total(self) -> int:
        """The words of all sections."""
        return sum(section.words for section in self.sections)

    def result(self) -> list[OutlineSection]:
        """The sections as they are sent."""
        return [
            OutlineSection(
                heading=" ".join(section.heading.split()),
                points=_points(section)[:MOST_POINTS],  # more of them are a problem, and not sent
                words=section.words,
            )
            for section in self.sections
        ]

    def kept(self, sections: list[OutlineSection]) -> None:
        """These sections are stored."""
        self._stored = sections

    def set_heading(self, key: int, heading: str) -> None:
        """Call a section something else."""
        self._change(key, heading=heading)

    def set_points(self, key: int, text: str) -> None:
        """Say what a section is to say, one point a line."""
        self._change(key, points=tuple(text.split("\n")))

    def set_words(self, key: int, words: int) -> None:
        """Give a section more or less room."""
        self._change(key, words=words)

    def add(self) -> Section:
        """A section without a heading at the end, as long as the others are on average."""
        words = round(self.total / len(self.sections)) if self.sections else NEW_WORDS
        made = Section(next(self._keys), "", (), max(FEWEST_WORDS, words))
        self.sections.append(made)
        self._is_touched = True
        return made

    def remove(self, key: int) -> tuple[int, Section]:
        """Take a section out; its place and itself, for `restore`."""
        place, self._is_touched = self.place_of(key), True
        return place, self.sections.pop(place)

    def restore(self, place: int, section: Section) -> None:
        """Put a section back where it was."""
        self.sections.insert(place, section)

    def move(self, key: int, place: int) -> bool:
        """Put a section at another place; whether that changes anything."""
        before = self.place_of(key)
        wanted = max(0, min(place, len(self.sections) - 1))
        self.sections.insert(wanted, self.sections.pop(before))
        self._is_touched = True
        return wanted != before

    def place_of(self, key: int) -> int:
        """Where a section stands, from 0."""
        return next(n for n, section in enumerate(self.sections) if section.key == key)

    @property
    def can_add(self) -> bool:
        """Whether there may be one more section."""
        return self.is_long_form and len(self.sections) < MOST_SECTIONS

    @property
    def is_too_short(self) -> bool:
        """Whether sections are missing."""
        return self.is_long_form and len(self.sections) < FEWEST_SECTIONS

    def leave(self, key: int) -> None:
        """A heading was left: from now on it is said what is wrong with it."""
        self._told.add(key)

    def problem(self, key: int) -> Problem | None:
        """What is wrong with a section, once it may be said."""
        return self._problem(key) if key in self._told else None

    def first_wrong(self) -> int | None:
        """The first section that cannot be written so; from now on all say what is wrong."""
        self._told.update(section.key for section in self.sections)
        return next((each.key for each in self.sections if self._problem(each.key)), None)

    def _problem(self, key: int) -> Problem | None:
        place = self.place_of(key)
        if len(_points(self.sections[place])) > MOST_POINTS:
            return "points"
        if not self.is_long_form:
            return None
        own = _folded(self.sections[place].heading)
        if not own:
            return "missing"
        before = (_folded(section.heading) for section in self.sections[:place])
        return "twice" if own in before else None

    def _change(self, key: int, **values: object) -> None:
        place, self._is_touched = self.place_of(key), True
        self.sections[place] = replace(self.sections[place], **values)  # type: ignore[arg-type]


def _points(section: Section) -> list[str]:
    return [" ".join(point.split()) for point in section.points if point.strip()]


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()
