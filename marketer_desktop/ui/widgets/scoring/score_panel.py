"""The SEO view of a text: gauges, keyphrase, checks, search preview and headlines."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from marketer_desktop.domain.keyphrase import KeyphraseUse
from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.scoring.findings import (
    READABILITY_BANDS,
    SEO_BANDS,
    Findings,
    Group,
    rating,
)
from marketer_desktop.ui.widgets.scoring.gauges import WIDE_FROM, GaugesCard
from marketer_desktop.ui.widgets.scoring.headlines import Headlines
from marketer_desktop.ui.widgets.scoring.search_entry import SearchEntry
from marketer_desktop.ui.widgets.scoring.verdict_view import VerdictView
from marketer_desktop.ui.widgets.scoring.wording import said
from marketer_desktop.ui.widgets.switch import Switch
from marketer_desktop.ui.widgets.text_input import TextInput

GAP = 16


class ScorePanel(QWidget):
    """Shows what it is given, and tells what people do."""

    field_edited = Signal(str, str)  # keyphrase, title, description or slug, and its text
    show_asked = Signal(object)  # a Finding
    fix_asked = Signal(str)  # the id of a check
    headline_chosen = Signal(str)
    highlight_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.gauges = GaugesCard()
        self.keyphrase = TextInput(said("Words that people search for"))
        self.highlight = Switch(said("Highlight it in the text"))
        self.highlight.setChecked(True)
        self.verdict = VerdictView()
        self.search = SearchEntry()
        self.headlines = Headlines()
        self._keyphrase = Field(said("Keyphrase"), self.keyphrase)
        self._is_small = False
        self._lay_out()
        self._connect()

    def set_searched(self, searched: bool) -> None:
        """Posts and mails are found by no search engine."""
        self.search.setVisible(searched)
        self.gauges.seo.setVisible(searched)

    def set_required(self, score: int | None) -> None:
        """Mark the SEO score that the brief asks for, if it does."""
        gauge = self.gauges.seo.gauge
        gauge.set_required(score)
        told = said(
            "The brief asks for {0} or more. Checks of images and links do not count for that "
            "while there are none."
        )
        gauge.setToolTip(told.format(score) if score is not None else "")

    def set_fields(self, fields: Mapping[str, str]) -> None:
        """Show other fields; nobody is told."""
        if self.keyphrase.text() != fields["keyphrase"]:
            with QSignalBlocker(self.keyphrase):
                self.keyphrase.setText(fields["keyphrase"])
                self.keyphrase.setCursorPosition(0)
        self.search.set_fields(fields["title"], fields["description"], fields["slug"])
        self.headlines.set_title(fields["title"])

    def set_headlines(self, headlines: Sequence[tuple[str, int]], title: str) -> None:
        """Offer these headlines."""
        self.headlines.set_headlines(headlines, title)

    def set_findings(self, found: Findings, score: Score | None, use: KeyphraseUse | None) -> None:
        """Show what is known of the text now."""
        has_keyphrase = bool(self.keyphrase.text().strip())
        self.gauges.set_waiting(False)
        if score is not None and has_keyphrase:
            self.gauges.seo.set(rating(score.seo, SEO_BANDS), _to_improve(found, "seo"))
        else:
            missing = "" if has_keyphrase else said("Add a keyphrase for a score.")
            self.gauges.seo.set(None, missing)
        if score is not None:
            reading = rating(score.readability, READABILITY_BANDS)
            self.gauges.readability.set(reading, _to_improve(found, "readability"))
        else:
            self.gauges.readability.set(None, "")
        self._keyphrase.set_counter(_uses(use) if use is not None and has_keyphrase else "")
        self.verdict.set_findings(found)

    def set_waiting(self, waiting: bool) -> None:
        """Dim the scores: the text has changed since."""
        self.gauges.set_waiting(waiting)

    def set_fixing(self, check_id: str) -> None:
        """A check is being mended, or with an empty id none is."""
        self.verdict.set_fixing(check_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gauges and filters are smaller in a narrow panel."""
        super().resizeEvent(event)
        small = self.width() < WIDE_FROM
        if small != self._is_small:
            self._is_small = small
            self.gauges.set_small(small)
            self.verdict.set_small(small)

    def _edited(self, name: str, text: str) -> None:
        if name == "title":
            self.headlines.set_title(text)
        self.field_edited.emit(name, text)

    def _connect(self) -> None:
        self.keyphrase.textEdited.connect(lambda text: self._edited("keyphrase", text))
        self.search.edited.connect(self._edited)
        self.verdict.show_asked.connect(self.show_asked)
        self.verdict.fix_asked.connect(self.fix_asked)
        self.headlines.chosen.connect(self.headline_chosen)
        self.highlight.toggled.connect(self.highlight_toggled)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        phrase = QVBoxLayout()
        phrase.setSpacing(8)
        phrase.addWidget(self._keyphrase)
        phrase.addWidget(self.highlight)
        column.addWidget(self.gauges)
        column.addLayout(phrase)
        for part in (self.verdict, self.search, self.headlines):
            column.addWidget(part)


def _to_improve(found: Findings, group: Group) -> str:
    many = found.to_improve.get(group, 0)
    return said("{0} to improve").format(many) if many else said("All good")


def _uses(use: KeyphraseUse) -> str:
    uses = said("1 use") if use.count == 1 else said("{0} uses").format(use.count)
    return said("{0} · density {1}%").format(uses, f"{use.density:.1f}")
