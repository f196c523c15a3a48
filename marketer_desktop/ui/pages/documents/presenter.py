"""The documents page: what is listed, how far files are, what is about to be deleted."""

import math
from dataclasses import dataclass
from typing import Any, Literal

from marketer_desktop.services.document_library import DocumentEntry, DocumentList
from marketer_desktop.services.ingest_document import IngestResult
from marketer_desktop.services.projects import ProjectSummary

EARLIEST_ETA = 1.0  # seconds of reading before a guess is worth anything
ETA_STEP = 5

State = Literal["loading", "empty", "filtered_out", "filled"]


@dataclass(frozen=True)
class Reading:
    """The files that this window has handed over; `percent` is None before the first word."""

    file: str = ""
    number: int = 0
    count: int = 0
    percent: int | None = None

    @property
    def percent_of_all(self) -> float | None:
        """How much of all files is done."""
        if self.percent is None:
            return None
        return (100 * (self.number - 1) + self.percent) / self.count


@dataclass
class _Pace:
    began: float
    from_percent: int
    percent: int


class DocumentsPresenter:
    """Knows nothing of widgets; times are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._listed: list[DocumentEntry] | None = None
        self._going: set[int] = set()
        self._paces: dict[int, _Pace] = {}
        self.tags: list[str] = []
        self.projects: list[ProjectSummary] = []
        self.project_id: int | None = None
        self.tag: str | None = None
        self.reading: Reading | None = None
        self._reading_began = 0.0

    def take(self, found: DocumentList, now: float) -> None:
        """Show what was read."""
        self._listed, self.tags = found.documents, found.tags
        self._going &= {entry.id for entry in found.documents}
        percents = {e.id: e.percent for e in found.documents if e.percent is not None}
        for number in self._paces.keys() - percents.keys():
            del self._paces[number]
        for number, percent in percents.items():
            pace = self._paces.setdefault(number, _Pace(now, percent, percent))
            pace.percent = percent

    def take_projects(self, projects: list[ProjectSummary]) -> None:
        """The projects to choose from; one that is gone is not chosen any more."""
        self.projects = [project for project in projects if not project.is_archived]
        if self.project_id not in [project.project_id for project in self.projects]:
            self.project_id = None

    @property
    def state(self) -> State:
        """What kind of page this is now."""
        if self._listed is None:
            return "loading"
        if self.documents:
            return "filled"
        return "filtered_out" if self.is_filtered else "empty"

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the documents are asked for."""
        return self.project_id is not None or self.tag is not None

    @property
    def documents(self) -> list[DocumentEntry]:
        """Newest first, without those that are about to go."""
        return [entry for entry in self._listed or [] if entry.id not in self._going]

    def find(self, document_id: object) -> DocumentEntry | None:
        """The document with this number."""
        return next((entry for entry in self.documents if entry.id == document_id), None)

    def eta(self, entry: DocumentEntry, now: float) -> int | None:
        """Seconds until a document is read, in steps of five; None if it is too early to say."""
        pace = self._paces.get(entry.id)
        if pace is None:
            return None
        done = pace.percent - pace.from_percent
        return _stepped(now - pace.began, done, 100 - pace.percent)

    def let_go(self, document_id: int) -> None:
        """Hide a document that will be deleted."""
        self._going.add(document_id)

    def bring_back(self, document_id: int) -> None:
        """It will not be deleted."""
        self._going.discard(document_id)

    def is_going(self, document_id: int) -> bool:
        """Whether a document will be deleted, if nobody changes their mind."""
        return document_id in self._going

    @property
    def going(self) -> set[int]:
        """All that will be deleted."""
        return set(self._going)

    def begin_reading(self, now: float) -> None:
        """Files have been handed over."""
        self.reading, self._reading_began = Reading(), now

    def end_reading(self) -> None:
        """All of them are read."""
        self.reading = None

    def reading_eta(self, now: float) -> int | None:
        """Seconds until all files are read, in steps of five; None if it is too early to say."""
        done = self.reading.percent_of_all if self.reading else None
        return None if done is None else _stepped(now - self._reading_began, done, 100 - done)

    def hear(self, event: dict[str, Any]) -> None:
        """How far the files are."""
        self.reading = Reading(event["file"], event["number"], event["count"], event["percent"])


def _stepped(spent: float, done: float, left: float) -> int | None:
    if spent < EARLIEST_ETA or done <= 0:
        return None
    return max(ETA_STEP, math.ceil(spent * left / done / ETA_STEP) * ETA_STEP)


def refusals(results: list[IngestResult]) -> list[str]:
    """What is said of files that left no row: they cannot say it themselves."""
    return [result.error for result in results if result.error and result.document_id is None]


def known_already(results: list[IngestResult]) -> list[IngestResult]:
    """The files whose content was there before."""
    return [result for result in results if result.duplicate]
