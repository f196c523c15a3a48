"""The tab of the pages that texts of a project may link to."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.domain.internal_links import SitePage
from marketer_desktop.ui.pages.project.links_presenter import (
    EXTENSIONS,
    MOST_NAMED,
    MOST_SHOWN,
    LinksPresenter,
    one_of,
)
from marketer_desktop.ui.widgets.ages import AgeWords
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import EDGE, Card
from marketer_desktop.ui.widgets.cells import TitleCell
from marketer_desktop.ui.widgets.drop_zone import DropZone
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import CARD_GAP
from marketer_desktop.ui.widgets.skeleton import Skeleton
from marketer_desktop.ui.widgets.table import Column, Table
from marketer_desktop.ui.widgets.text_input import SearchInput

SEARCH, FOOT = 320, 16
GHOST = 12  # the padding of a small ghost button: its text is in line with the table


class LinksTab(QWidget):
    """A file is dropped or chosen; what it lists is found by typing."""

    chosen = Signal(object)  # the Path of one file
    several = Signal()  # more than one was dropped
    clear_asked = Signal()

    def __init__(self, presenter: LinksPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter, self._ages = presenter, AgeWords(self)
        self.zone = DropZone(
            self.tr("Drop a sitemap here, or press to choose: XML, CSV or a list of addresses"),
            EXTENSIONS,
        )
        self.clear = Button(self.tr("Clear"), variant="ghost", size="sm", icon="trash-2")
        self.search = SearchInput(self.tr("Find a page"))
        self.search.setAccessibleName(self.tr("Find a page"))
        self.about = Label("", "secondary", "secondary", elide=True)
        self.more = Label("", "secondary", "secondary")
        self.table = Table([Column("page", "")])
        self.table.setAccessibleName(self.tr("Pages to link to"))
        self.empty = EmptyState(
            "link",
            self.tr("No pages to link to yet"),
            self.tr("Import the sitemap of your website. Articles and web pages then link to it."),
            self.tr("Choose a file"),
        )
        self._banner = Banner("warning", "")
        self._lay_out()
        self._connect()

    def show_pages(self, now: datetime) -> None:
        """Show what the presenter knows."""
        presenter = self._presenter
        has_pages, is_read = not presenter.is_empty, presenter.listed is not None
        self._waiting.setVisible(not is_read)
        self.empty.setVisible(is_read and not has_pages)
        self._bar.setVisible(has_pages)
        self.clear.setVisible(has_pages)
        found = presenter.found
        self.table.set_rows([self._row(page) for page in found[:MOST_SHOWN]])
        self.table.setVisible(has_pages and bool(found))
        rest = len(found) - MOST_SHOWN
        self.more.setText(self._rest(len(found)))
        self._more.setVisible(has_pages and (rest > 0 or not found))
        self.about.setText(self._about(now))
        self._show_missing()

    def set_importing(self, importing: bool) -> None:
        """No second file while one is read."""
        self.zone.setEnabled(not importing)
        self.empty.setEnabled(not importing)

    def _lay_out(self) -> None:
        card = Card(self.tr("Internal links"))
        card.head.addWidget(self.clear)
        card.head.setContentsMargins(EDGE, 4, EDGE - GHOST, 0)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        self._bar = self._inset(self.search, self.about)
        self.search.setMaximumWidth(SEARCH)
        self._more = self._inset(self.more)
        self._waiting = self._inset(Skeleton(4))
        for part in (self._bar, self._waiting, self.table, self._more, self.empty):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(CARD_GAP)
        for part in (self._banner, self.zone, card):
            column.addWidget(part)
        self._banner.hide()
        self.show_pages(datetime.now().astimezone())

    def _inset(self, *parts: QWidget) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(EDGE, 0, EDGE, FOOT)
        row.setSpacing(16)
        for part in parts:
            row.addWidget(part, 1)
        return line

    def _connect(self) -> None:
        self.zone.dropped.connect(self._on_files)
        self.empty.action.connect(self.zone.choose)
        self.clear.clicked.connect(self.clear_asked)
        self.search.textChanged.connect(self._on_text)

    def _on_files(self, paths: list[Any]) -> None:
        path = one_of(paths)
        if path is None:
            self.several.emit()
        else:
            self.chosen.emit(path)

    def _on_text(self, text: str) -> None:
        self._presenter.text = text
        self.show_pages(datetime.now().astimezone())

    def _row(self, page: SitePage) -> dict[str, Any]:
        subtitle = page.url if page.title else ""
        return {"key": page.url, "page": TitleCell(page.title or page.url, subtitle)}

    def _rest(self, found: int) -> str:
        if not found:
            return self.tr("No page has these words.")
        said = self.tr("{0} more. Type a word to find one.")
        if self._presenter.unread:
            said = self.tr("{0} more here, and others that are not listed. Texts link to all.")
        return said.format(f"{found - MOST_SHOWN:,}")

    def _about(self, now: datetime) -> str:
        count = self._presenter.count
        one = count == 1
        said = self.tr("1 page") if one else self.tr("{0} pages").format(f"{count:,}")
        moment = self._presenter.imported_at
        if moment is None:
            return said
        return self.tr("{0}, imported {1}").format(said, self._ages.ago(moment, now))

    def _show_missing(self) -> None:
        missing = self._presenter.missing
        self._banner.setVisible(bool(missing))
        if missing:
            names = ", ".join(missing[:MOST_NAMED])
            rest = len(missing) - MOST_NAMED
            names = self.tr("{0} and {1} more").format(names, rest) if rest > 0 else names
            said = self.tr("Not beside the file: {0}. Put them there and import it again.")
            self._banner.set("warning", said.format(names))
