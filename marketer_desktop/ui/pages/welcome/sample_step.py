"""A finished piece to look at."""

from marketer_desktop.ui.pages.welcome.presenter import WelcomePresenter
from marketer_desktop.ui.pages.welcome.sample_excerpt import excerpt
from marketer_desktop.ui.pages.welcome.step import WelcomeStep
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label


class SampleStep(WelcomeStep):
    """The opening of the sample; the primary button opens all of it."""

    def __init__(self, presenter: WelcomePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.say(
            self.tr("A finished piece"),
            self.tr(
                "The starter model wrote it from the documents of a made-up coffee roaster. "
                "What has a number is quoted and can be checked; the rest shows its limits."
            ),
        )
        self._card = Card()
        self._card.body.setSpacing(12)
        self._title = Label("", "section", wrap=True)
        self._card.body.addWidget(self._title)
        self._texts: list[Label] = []
        self.body.addWidget(self._card)

    def continue_text(self) -> str:
        """The piece is what follows."""
        return self.tr("Open the piece")

    def skip_text(self) -> str:
        """There is nothing left to skip."""
        return self.tr("Go to the dashboard")

    def enter(self) -> None:
        """Show the opening."""
        sample = self._presenter.sample
        self._card.setVisible(sample is not None)
        if sample is None:
            return
        shown = excerpt(sample.markdown)
        self._title.setText(shown.title)
        for label in self._texts:
            label.hide()
            label.deleteLater()
        self._texts = [self._text(text, is_heading) for text, is_heading in shown.blocks]
        rest = self.tr("{0} words, {1} passages quoted").format(shown.words, shown.sources)
        self._texts.append(Label(rest, "secondary", "secondary"))
        for label in self._texts:
            self._card.body.addWidget(label)

    def _text(self, text: str, is_heading: bool) -> Label:
        return Label(text, "strong" if is_heading else "body", wrap=True)
