"""What goes with a text: its address, words it is found by, an image, and when."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from marketer_desktop.services.publish import Preview
from marketer_desktop.services.publishing_targets import PublishingTarget
from marketer_desktop.ui.pages.editor.publish_presenter import (
    Choices,
    is_public,
    moment_of,
    slug_problem,
)
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.chip_input import ChipInput
from marketer_desktop.ui.widgets.date_input import DateInput
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.segmented import Segmented
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.text_input import TextInput

CLOCK = 96
USUAL_CLOCK = "09:00"


class PublishForm(QWidget):
    """Filled from a preview; `choices` says what is wrong in the fields, and raises then."""

    def __init__(self) -> None:
        super().__init__()
        self.slug, self.image = TextInput(), Select()
        self.tags, self.categories = ChipInput(), ChipInput()
        self.when = Segmented([("now", said("Now")), ("later", said("At a time"))])
        self.when.setAccessibleName(said("When"))
        self.day, self.clock = DateInput(said("Day")), TextInput(USUAL_CLOCK)
        self.clock.setFixedWidth(CLOCK)
        self.clock.setAccessibleName(said("Time"))
        self.fields = {
            "slug": Field(said("Slug"), self.slug, hint=said("The last part of the address.")),
            "image": Field(said("Image"), self.image, hint=said("Stands for the whole.")),
            "tags": Field(said("Tags"), self.tags, optional=True),
            "categories": Field(said("Categories"), self.categories, optional=True),
            "when": Field(said("When"), self._when_row()),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(16)
        for place, name in enumerate(("slug", "image", "tags", "categories")):
            grid.addWidget(self.fields[name], place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.fields["when"], 2, 0, 1, 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.when.chosen.connect(lambda key: self._show_time())
        self._show_time()

    @property
    def is_later(self) -> bool:
        """Whether it is for another time."""
        return self.when.value() == "later"

    def fill(self, preview: Preview, target: PublishingTarget) -> None:
        """Begin with what the text says, or with what was sent before."""
        known = preview.publication
        self.slug.setText(preview.slug)
        self.tags.set_values(preview.tags)
        self.categories.set_values(known.categories if known else [])
        self.image.clear()
        self.image.add(said("None"), "")
        for path in preview.images:
            self.image.add(path.removeprefix("assets/"), path)
        first = preview.images[0] if preview.images else ""
        self.image.set_value((known.image or "") if known else first)
        self.fields["image"].setVisible(bool(preview.images))
        self.fields["categories"].setVisible(target.kind != "ghost")
        self.fields["when"].setVisible(not is_public(preview))
        waits = known is not None and known.state in ("waiting", "scheduled")
        at = known.publish_at.astimezone() if known and waits and known.publish_at else None
        self.when.set_value("later" if at else "now")
        self.day.set_value(at.date() if at else None)
        self.clock.setText(f"{at:%H:%M}" if at else USUAL_CLOCK)
        self._show_time()

    def choices(self, target_id: int, now: datetime) -> Choices:
        """What was chosen. Raises `ValueError`, and says in the field what is wrong."""
        problem = slug_problem(self.slug.text().strip())
        self.fields["slug"].set_error(problem or None)
        self.fields["when"].set_error(None)
        if problem:
            raise ValueError(problem)
        at = None
        if self.is_later and not self.fields["when"].isHidden():
            try:
                at = moment_of(self.day.value(), self.clock.text(), now)
            except ValueError as wrong:
                self.fields["when"].set_error(str(wrong))
                raise
        return Choices(
            target_id=target_id,
            slug=self.slug.text().strip(),
            tags=self.tags.values(),
            categories=self.categories.values(),
            image=str(self.image.value() or ""),
            at=at,
        )

    def _when_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.when)
        row.addWidget(self.day, 1)
        row.addWidget(self.clock)
        row.addStretch(1)
        return box

    def _show_time(self) -> None:
        for part in (self.day, self.clock):
            part.setVisible(self.is_later)
        self.fields["when"].set_error(None)
