"""The SEO view of the editor: the score of the text that is open."""

from PySide6.QtCore import Signal

from marketer_desktop.ui.pages.editor.presenter import TextState
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.panel_view import PanelView
from marketer_desktop.ui.widgets.scoring.score_panel import ScorePanel


class SeoPanel(PanelView):
    """Passes on what people do in `view`."""

    field_edited = Signal(str, str)
    show_asked = Signal(object)  # a Finding
    fix_asked = Signal(str)
    headline_chosen = Signal(str)
    highlight_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._state: TextState | None = None
        self.view = ScorePanel()
        self.column.addWidget(self.view)
        self.column.addStretch(1)
        self.view.field_edited.connect(self.field_edited)
        self.view.show_asked.connect(self.show_asked)
        self.view.fix_asked.connect(self.fix_asked)
        self.view.headline_chosen.connect(self.headline_chosen)
        self.view.highlight_toggled.connect(self.highlight_toggled)

    @property
    def highlights(self) -> bool:
        """Whether the keyphrase is to be marked in the text."""
        return self.view.highlight.isChecked()

    def load(self, state: TextState) -> None:
        """Show another text."""
        self._state = state
        place = said("page") if state.content.type == "webpage" else said("blog")
        self.view.set_searched(state.has_sections)
        self.view.set_required(state.required_score)
        self.view.search.set_place(f"{said('your-site.example')} › {place}", state.content.topic)
        headlines = [(each.text, each.score) for each in state.content.headlines]
        self.view.set_headlines(headlines, state.fields["title"])
        self.refresh_fields()
        self.refresh()

    def wait(self) -> None:
        """Dim the scores: the text has changed since."""
        self.view.set_waiting(True)

    def refresh_fields(self) -> None:
        """Show the fields as they are now."""
        if self._state is not None:
            self.view.set_fields(self._state.fields)

    def refresh(self) -> None:
        """Show what is known of the text now."""
        if self._state is not None:
            report = self._state.report
            use = report.keyphrase if report is not None else None
            self.view.set_findings(self._state.findings(), self._state.score, use)
