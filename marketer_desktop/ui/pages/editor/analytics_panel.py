"""The analytics view: what the last run took, and the passages that the text rests on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from marketer_desktop.services.content import Content, ContentSource
from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.wording import said, step_name
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.horizontal_bars import Bar, HorizontalBars
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.panel_view import PanelView, emptied, headed
from marketer_desktop.ui.widgets.row_list import Row, RowList


def seconds(milliseconds: int) -> str:
    """A duration as people read it."""
    whole = milliseconds / 1000
    if whole < 60:
        return said("{0} s").format(f"{whole:.1f}" if whole < 10 else f"{whole:.0f}")
    return said("{0} min {1} s").format(int(whole // 60), int(whole % 60))


def cost(dollars: float) -> str:
    """What a run cost; models on this machine cost nothing."""
    return f"${dollars:,.2f}" if dollars else said("Free, local")


def place(source: ContentSource) -> str:
    """Where a passage stands in its document."""
    if source.page is not None:
        return said("page {0}").format(source.page)
    return said("characters {0}–{1}").format(f"{source.start:,}", f"{source.end:,}")


class Figures(QFrame):
    """Four figures in a card."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        total = sum(step.duration_ms for step in content.steps)
        for number, (name, value) in enumerate(
            (
                (said("Time"), seconds(total)),
                (said("Tokens"), f"{content.tokens:,}"),
                (said("Model"), content.model or said("Unknown")),
                (said("Cost"), cost(content.cost_usd)),
            )
        ):
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(Label(name, "caption", "secondary"))
            cell.addWidget(Label(value, "strong", elide=True, tabular=True))
            grid.addLayout(cell, number // 2, number % 2)
            grid.setColumnStretch(number % 2, 1)


class AnalyticsPanel(PanelView):
    """Figures, seconds per step, and sources."""

    source_asked = Signal(object)  # the number of a citation

    def __init__(self) -> None:
        super().__init__()
        self.bars: HorizontalBars | None = None
        self.sources: RowList | None = None

    def load(self, state: TextState) -> None:
        """Show what is known of another text."""
        self._clear()
        content = state.content
        if not content.steps and not content.sources:
            self.column.addWidget(
                EmptyState(
                    "chart-column",
                    said("No figures"),
                    said("Typed by hand, nothing measured."),
                ),
                1,
            )
            return
        if content.steps:
            self.column.addWidget(Figures(content))
            self._add_steps(content)
        self._add_sources(content)
        self.column.addStretch(1)

    def _clear(self) -> None:
        for number in reversed(range(self.column.count())):
            item = self.column.itemAt(number)
            inner = item.layout() if item is not None else None
            if isinstance(inner, QVBoxLayout):
                emptied(inner)
        emptied(self.column)
        self.bars = self.sources = None

    def _add_steps(self, content: Content) -> None:
        self.bars = HorizontalBars()
        self.bars.setAccessibleName(said("Seconds per step"))
        self.bars.set(
            [
                Bar(step_name(step.name), step.duration_ms, seconds(step.duration_ms))
                for step in content.steps
            ]
        )
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(4)
        column.addLayout(headed(said("Seconds per step")))
        column.addWidget(self.bars)
        self.column.addWidget(card)

    def _add_sources(self, content: Content) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 12, 1, 4)
        column.setSpacing(4)
        head = headed(said("Sources"), Label(str(len(content.sources)), "secondary", "secondary"))
        head.setContentsMargins(15, 0, 15, 0)
        column.addLayout(head)
        if content.sources:
            self.sources = RowList()
            self.sources.setAccessibleName(said("Sources"))
            self.sources.set_rows([_row(source) for source in content.sources])
            self.sources.activated_row.connect(self.source_asked)
            column.addWidget(self.sources)
        else:
            line = Label(
                said("No source found. Nothing in the text is quoted."),
                "secondary",
                "secondary",
                wrap=True,
            )
            line.setContentsMargins(15, 0, 15, 8)
            column.addWidget(line)
        self.column.addWidget(card)


def _row(source: ContentSource) -> Row:
    quote = " ".join(source.text.split())
    return Row(
        key=source.n,
        icon="quote",
        tint="chart_1",
        title=f"[{source.n}] {source.document}",
        subtitle=f"{place(source)} · {quote}",
    )
