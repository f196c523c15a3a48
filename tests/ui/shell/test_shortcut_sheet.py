"""The table of shortcuts is sound, and the sheet shows all of it."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.shell.key_caps import KeyCaps
from marketer_desktop.ui.shell.shortcut_sheet import COLUMNS, ShortcutSheet
from marketer_desktop.ui.shell.shortcuts import GROUPS, SHORTCUTS, bound, of_group


def test_no_key_is_bound_twice() -> None:
    keys = Counter(entry.keys for entry in bound())
    assert keys.most_common(1)[0][1] == 1


def test_every_key_is_one_that_qt_knows() -> None:
    for entry in SHORTCUTS:
        assert QKeySequence(entry.keys).count() == 1, entry.keys


def test_every_group_has_a_place_and_entries() -> None:
    assert sorted(group for column in COLUMNS for group in column) == sorted(GROUPS)
    assert all(of_group(group) for group in GROUPS)
    assert sum(len(of_group(group)) for group in GROUPS) == len(SHORTCUTS)


def test_the_sheet_shows_every_shortcut(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 800)
    window.show()
    sheet = ShortcutSheet(window)
    sheet.open_sheet()
    caps = sheet.findChildren(KeyCaps)
    assert len(caps) == len(SHORTCUTS)
    assert ["Ctrl", "Alt", "1…6"] in [each.caps for each in caps]
    sheet.close_sheet()
    qtbot.waitUntil(lambda: window.findChildren(ShortcutSheet) == [])
