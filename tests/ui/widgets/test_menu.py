from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.menu import MenuItem, menu


def test_actions_are_in_order_and_call(qtbot: QtBot) -> None:
    chosen: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    made = menu(
        parent,
        [
            MenuItem("Open", lambda: chosen.append("open"), icon="external-link", shortcut="F2"),
            MenuItem("Archived", lambda: chosen.append("archived"), checked=True),
            None,
            MenuItem("Delete", lambda: chosen.append("delete"), enabled=False, danger=True),
        ],
    )
    actions = made.actions()

    for action in actions:
        action.trigger()

    assert [action.text() for action in actions] == ["Open", "Archived", "", "Delete"]
    assert actions[2].isSeparator()
    assert actions[0].shortcut().toString() == "F2"
    assert not actions[3].isEnabled()
    assert chosen == ["open", "archived"]
    made.deleteLater()
