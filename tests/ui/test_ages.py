"""How long ago something was, and how activities are called."""

from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from marketer_desktop.ui.widgets.activity_words import ActivityWords
from marketer_desktop.ui.widgets.ages import AgeWords
from tests.factories.project_views import make_line

NOW = datetime(2026, 3, 18, 12, 0).astimezone()


@pytest.mark.parametrize(
    ("moment", "ago", "updated"),
    [
        (NOW + timedelta(hours=1), "just now", "updated just now"),
        (NOW - timedelta(seconds=59), "just now", "updated just now"),
        (NOW - timedelta(seconds=60), "a minute ago", "updated a minute ago"),
        (NOW - timedelta(minutes=59), "59 minutes ago", "updated 59 minutes ago"),
        (NOW - timedelta(hours=1), "an hour ago", "updated an hour ago"),
        (NOW - timedelta(hours=11), "11 hours ago", "updated 11 hours ago"),
        (NOW - timedelta(hours=13), "yesterday", "updated yesterday"),
        (NOW - timedelta(days=2), "Monday", "updated on Monday"),
        (NOW - timedelta(days=6), "Thursday", "updated on Thursday"),
        (NOW - timedelta(days=7), "11 March", "updated on 11 March"),
        (NOW - timedelta(days=400), "11 February 2025", "updated on 11 February 2025"),
    ],
)
def test_ages(qtbot: QtBot, moment: datetime, ago: str, updated: str) -> None:
    words = AgeWords()
    assert (words.ago(moment, NOW), words.updated(moment, NOW)) == (ago, updated)


@pytest.mark.parametrize(
    ("status", "values", "pill", "subtitle"),
    [
        ("generating", {}, ("Waiting", "accent"), "General · 600 words · just now"),
        (
            "generating",
            {"progress": 5, "step": "seo_research", "word_count": None},
            ("Planning", "accent"),
            "General · 5% · planning",
        ),
        ("cancelled", {"word_count": 1}, ("Stopped", "neutral"), "General · 1 word · just now"),
        ("interrupted", {"word_count": 0}, ("Interrupted", "warning"), "General · just now"),
    ],
)
def test_activities(
    qtbot: QtBot,
    status: str,
    values: dict[str, object],
    pill: tuple[str, str],
    subtitle: str,
) -> None:
    row = ActivityWords().row(make_line(1, status, updated_at=NOW, **values), NOW)
    assert (row.pill, row.subtitle) == (pill, subtitle)
