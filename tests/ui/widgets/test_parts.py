"""Cards, labels, pills, tiles, avatars and the place to drop files."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme.theme import Theme
from marketer_desktop.ui.theme.tokens import DARK, LIGHT
from marketer_desktop.ui.widgets.avatar import Avatar, initials
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.drop_zone import DropZone
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.pill import Pill
from marketer_desktop.ui.widgets.sign import Sign
from marketer_desktop.ui.widgets.tile import Tile

LONG = "How local AI protects your brand voice, in more words than fit"


def test_a_label_has_the_line_height_of_its_style(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    labels = {style: Label("Text", style) for style in ("page", "section", "body", "caption")}
    for label in labels.values():
        column.addWidget(label)
    assert {s: label.sizeHint().height() for s, label in labels.items()} == {
        "page": 32,
        "section": 24,
        "body": 20,
        "caption": 16,
    }


def test_an_elided_label_tells_the_rest(qtbot: QtBot) -> None:
    label = Label(LONG, elide=True)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.toolTip() == LONG
    assert label.minimumSizeHint().width() < 30
    label.setText("Short")
    assert label.toolTip() == ""


def test_a_wrapped_label_takes_the_lines_it_needs(qtbot: QtBot) -> None:
    label = Label(LONG, wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(1000) == 20
    assert label.heightForWidth(220) == 40


def test_a_label_shows_no_markup(qtbot: QtBot) -> None:
    label = Label("<b>bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_label_has_the_colour_of_its_role(qtbot: QtBot, theme: Theme) -> None:
    label = Label("██", role="error_text", wrap=True)
    qtbot.addWidget(label)
    label.resize(60, 20)

    def ink() -> str:
        return label.grab().toImage().pixelColor(8, 10).name()

    assert ink() == LIGHT.error_text
    theme.set_mode("dark")
    assert ink() == DARK.error_text
    label.set_role("secondary")
    assert ink() == DARK.secondary


def test_a_card_has_a_head_with_an_action(qtbot: QtBot) -> None:
    card = Card("Recent activities", "View all")
    qtbot.addWidget(card)
    card.body.addWidget(Label("Body"))
    card.resize(400, 200)
    card.show()
    assert card.action is not None
    assert card.action.text() == "View all"
    picture = card.grab().toImage()
    assert picture.pixelColor(200, 100).name() == LIGHT.surface
    assert picture.pixelColor(200, 0).name() == LIGHT.hairline
    assert Card().action is None


@pytest.mark.parametrize("tone", ["accent", "success", "warning", "error", "neutral"])
def test_a_pill_is_20_px_high_in_its_tone(qtbot: QtBot, tone: str) -> None:
    pill = Pill("Draft")
    qtbot.addWidget(pill)
    pill.set("Ready", tone)
    pill.show()
    assert pill.height() == 20
    ground = "neutral" if tone == "neutral" else f"{tone}_subtle"
    assert pill.grab().toImage().pixelColor(4, 10).name() == getattr(LIGHT, ground)


def test_a_divider_is_a_hairline(qtbot: QtBot) -> None:
    line = Divider()
    qtbot.addWidget(line)
    line.resize(100, 1)
    line.show()
    assert line.height() == 1
    assert line.grab().toImage().pixelColor(50, 0).name() == LIGHT.hairline


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Byron", "AB"),
        ("çağla", "Ç"),
        ("Anna Maria Luise Meyer", "AM"),
        ("", ""),
        ("李 雷", "李雷"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_avatar_tells_whose_it_is(qtbot: QtBot) -> None:
    avatar = Avatar("Ada Byron", 40)
    qtbot.addWidget(avatar)
    assert (avatar.width(), avatar.accessibleName()) == (40, "Ada Byron")
    assert avatar.grab().toImage().pixelColor(20, 3).name() == LIGHT.accent_subtle


def test_a_tile_is_pressed_by_mouse_and_keys(qtbot: QtBot) -> None:
    tile = Tile("newspaper", "Blog post", "Article", "chart_1")
    qtbot.addWidget(tile)
    tile.show()
    assert (tile.height(), tile.text(), tile.accessibleDescription()) == (
        76,
        "Blog post",
        "Article",
    )
    with qtbot.waitSignal(tile.clicked):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tile.clicked):
        qtbot.keyClick(tile, Qt.Key.Key_Enter)


def test_a_sign_follows_the_theme(qtbot: QtBot, theme: Theme) -> None:
    sign = Sign("circle-alert", "error_icon", line=18)
    qtbot.addWidget(sign)
    assert (sign.width(), sign.height()) == (16, 18)
    light = sign.grab().toImage()
    theme.set_mode("dark")
    assert sign.grab().toImage() != light


class TestDropZone:
    @pytest.fixture
    def zone(self, qtbot: QtBot) -> DropZone:
        made = DropZone("Drop PDF or text files", [".pdf", ".TXT"])
        qtbot.addWidget(made)
        made.resize(400, 96)
        made.show()
        return made

    def test_files_that_fit_are_handed_on(
        self, qtbot: QtBot, zone: DropZone, tmp_path: Path
    ) -> None:
        data = files(tmp_path / "a.pdf", tmp_path / "b.Txt", tmp_path / "c.exe")
        assert entered(zone, data)
        with qtbot.waitSignal(zone.dropped) as told:
            QApplication.sendEvent(
                zone,
                QDropEvent(
                    QPointF(9, 9),
                    Qt.DropAction.CopyAction,
                    data,
                    Qt.MouseButton.LeftButton,
                    Qt.KeyboardModifier.NoModifier,
                ),
            )
        assert told.args == [[tmp_path / "a.pdf", tmp_path / "b.Txt"]]

    def test_other_things_are_not_taken(self, zone: DropZone, tmp_path: Path) -> None:
        assert not entered(zone, files(tmp_path / "c.exe"))
        web = QMimeData()
        web.setUrls([QUrl("https://example.com/a.pdf")])
        assert not entered(zone, web)

    def test_enter_opens_a_dialog_that_gives_files(
        self, qtbot: QtBot, zone: DropZone, tmp_path: Path
    ) -> None:
        qtbot.keyClick(zone, Qt.Key.Key_Return)
        (dialog,) = zone.findChildren(QFileDialog)
        assert "*.pdf *.txt" in dialog.nameFilters()[0]
        with qtbot.waitSignal(zone.dropped) as told:
            dialog.filesSelected.emit([str(tmp_path / "a.pdf")])
        assert told.args == [[tmp_path / "a.pdf"]]
        dialog.reject()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def entered(zone: DropZone, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setAccepted(False)
    QApplication.sendEvent(zone, event)
    return bool(event.isAccepted())
