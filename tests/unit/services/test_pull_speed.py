"""How long a download takes: what was there before it began says nothing of its speed."""

import pytest

from marketer_desktop.llm.ollama_host import PullProgress
from marketer_desktop.services.pull_model import _Speed

GB = 1_000_000_000


def test_the_rest_is_counted_at_the_speed_since_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = iter([100.0, 110.0, 120.0])
    monkeypatch.setattr("marketer_desktop.services.pull_model.time.monotonic", lambda: next(now))
    speed = _Speed()
    assert speed.seconds_left(PullProgress("pulling manifest", 0, 0)) is None
    assert speed.seconds_left(PullProgress("pulling a", 3 * GB, 5 * GB)) is None  # resumed
    assert speed.seconds_left(PullProgress("pulling a", 4 * GB, 5 * GB)) == 10
    assert speed.seconds_left(PullProgress("pulling a", 5 * GB, 5 * GB)) == 0
