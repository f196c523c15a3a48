"""The SEO and the social view at work: they point at places, mend checks and make variants."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.fixing import Fixing
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.panel import EditorPanel
from marketer_desktop.ui.pages.editor.pointing import Pointing
from marketer_desktop.ui.pages.editor.repurposing import Repurposing
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor


class Advice(QObject):
    """For the text that `current` gives."""

    heading_changed = Signal(str)
    variants_changed = Signal(int)  # how many there are

    def __init__(
        self,
        context: PageContext,
        editor: MarkdownEditor,
        panel: EditorPanel,
        current: Callable[[], OpenText | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._panel, self._current = context, panel, current
        self._is_shown = False
        self._pointing = Pointing(editor, current, self)
        self._fixing = Fixing(context, editor, current, self)
        self._repurposing = Repurposing(context, current, self)
        self._connect()

    def show_marks(self, shown: bool) -> None:
        """Mark the keyphrase in the text, if it is wanted there."""
        self._is_shown = shown
        self._mark()

    def forget_places(self) -> None:
        """The text was edited: what was pointed at may be gone."""
        self._pointing.forget()

    def _mark(self) -> None:
        self._pointing.mark_keyphrase(self._is_shown and self._panel.seo.highlights)

    def _set_field(self, name: str, value: str) -> None:
        text = self._current()
        if text is not None:
            text.set_field(name, value)
            if name == "title":
                self.heading_changed.emit(text.state.heading)

    def _set_variant(self, name: str, value: str) -> None:
        text = self._current()
        if text is not None:
            text.set_variant(name, value)

    def _use_headline(self, headline: str) -> None:
        text = self._current()
        if text is not None:
            self._fixing.use_headline(text, headline)

    def _on_fixed(self) -> None:
        """Text, fields and variants may all be other ones."""
        text = self._current()
        if text is not None:
            self._pointing.forget()
            self.heading_changed.emit(text.state.heading)
            self._panel.seo.refresh_fields()
            self._on_variants()

    def _on_variants(self) -> None:
        text = self._current()
        if text is not None:
            self._panel.social.load(text.state)
            self.variants_changed.emit(len(text.state.variants))

    def _connect(self) -> None:
        seo, social = self._panel.seo, self._panel.social
        seo.field_edited.connect(self._set_field)
        seo.show_asked.connect(self._pointing.show)
        seo.fix_asked.connect(self._fixing.fix)
        seo.headline_chosen.connect(self._use_headline)
        seo.highlight_toggled.connect(lambda _: self._mark())
        self._fixing.working.connect(seo.view.set_fixing)
        self._fixing.fixed.connect(self._on_fixed)
        social.variant_edited.connect(self._set_variant)
        social.copied.connect(lambda _: self._context.go.toast(said("Copied.")))
        social.make_asked.connect(self._repurposing.make)
        self._repurposing.working.connect(social.set_making)
        self._repurposing.made.connect(self._on_variants)
