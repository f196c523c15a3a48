"""Why a call to the model is made again is said in a terminal too."""

import pytest

from marketer_desktop.cli.progress import ProgressView


def test_a_restart_is_said_and_the_draft_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    why = "The model server is busy; trying again in 4 s."
    with ProgressView() as view:
        view.on_event({"kind": "draft", "data": {"node": "x", "delta": "Coffee"}})
        view.on_event(
            {"kind": "draft", "data": {"node": "x", "delta": "", "restart": why, "vain": ""}}
        )
    assert capsys.readouterr().err == f"{why}\n"
