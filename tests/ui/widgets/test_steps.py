from pytestqt.qtbot import QtBot

from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.theme.theme import color
from marketer_desktop.ui.widgets.spinner import Spinner
from marketer_desktop.ui.widgets.step_header import StepHeader
from marketer_desktop.ui.widgets.stepper import Stepper, StepState

STEPS = [
    StepState("Sources", "completed", "6 passages"),
    StepState("Write", "in_progress"),
    StepState("Check", "error"),
    StepState("Optimise"),
]


def turns(widget: Spinner | Stepper) -> bool:
    return widget._timer != 0


def test_stepper_tells_every_state(qtbot: QtBot) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.set(STEPS)

    assert stepper.accessibleDescription() == (
        "Sources: done 6 passages, Write: under way, Check: failed, Optimise: to come"
    )


def test_each_state_looks_different(qtbot: QtBot) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.set(STEPS)
    stepper.resize(300, stepper.sizeHint().height())
    image = stepper.grab().toImage()

    circles = {bytes(image.copy(0, 48 * row, 24, 24).constBits()) for row in range(4)}

    assert len(circles) == 4
    assert image.pixelColor(5, 12) == color("accent_subtle_hover")
    assert image.pixelColor(4, 2 * 48 + 12) == color("error_subtle")


def test_stepper_turns_only_while_a_step_is_under_way(qtbot: QtBot) -> None:
    motion.set_reduced(False)
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.set(STEPS)
    stepper.show()
    assert turns(stepper)

    stepper.set([StepState("Sources", "completed")])

    assert not turns(stepper)


def test_spinner_stands_still_without_motion(qtbot: QtBot) -> None:
    spinner = Spinner(24)
    qtbot.addWidget(spinner)
    spinner.show()
    assert not turns(spinner)
    spinner.hide()

    motion.set_reduced(False)
    spinner.show()
    assert turns(spinner)
    spinner.hide()
    assert not turns(spinner)


def test_header_tells_where_the_wizard_is(qtbot: QtBot) -> None:
    header = StepHeader(["Project and campaign", "Content", "Options"])
    qtbot.addWidget(header)

    header.set_current(1)

    assert header.accessibleName() == "Step 2 of 3: Content"


def test_narrow_header_writes_only_the_current_name(qtbot: QtBot) -> None:
    header = StepHeader(["Project and campaign", "Content", "Options"])
    qtbot.addWidget(header)
    header.set_current(1)

    header.resize(620, 24)
    assert header._names_that_fit() == ["Project and campaign", "Content", "Options"]
    header.resize(300, 24)
    assert header._names_that_fit() == ["", "Content", ""]
