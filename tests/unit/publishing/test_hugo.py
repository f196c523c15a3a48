"""Posts for Hugo: front matter that any YAML reader reads, and no surprise for Hugo in the text."""

from pathlib import Path
from typing import Any

import yaml

from marketer_desktop.publishing.hugo import file_of
from tests.factories.manuscripts import HOSTILE, HOSTILE_TITLE, make_manuscript


def parted(post: bytes) -> tuple[dict[str, Any], str]:
    """Front matter and text, as Hugo parts them."""
    opening, front, body = post.decode().split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(front), body


def test_the_front_matter_says_what_is_known(tmp_path: Path) -> None:
    text = "# Grüße aus Köln\n\nText.\n"
    front, body = parted(file_of(make_manuscript(tmp_path, text, is_published=True)))
    assert front == {
        "title": "Grüße aus Köln",
        "date": "2026-03-01T09:30:00+00:00",
        "lastmod": "2026-03-01T09:30:00+00:00",
        "description": "Was der Kaffee kostet.",
        "slug": "koeln",
        "keywords": ["Kaffee", "Büro"],
        "tags": ["Kaffee", "Büro"],
        "draft": False,
    }
    assert body == "\nText.\n"


def test_what_a_text_says_itself_stays(tmp_path: Path) -> None:
    for own in ("---\ndraft: true\nweight: 3\n---\n", "+++\ndraft = true\nweight = 3\n+++\n"):
        made = make_manuscript(tmp_path, f"{own}\n# Other\n", is_published=True)
        front, body = parted(file_of(made))
        assert (front["draft"], front["weight"], front["title"]) == (True, 3, "Grüße aus Köln")
        assert body == "\n# Other\n"


def test_hostile_words_are_words(tmp_path: Path) -> None:
    front, body = parted(file_of(make_manuscript(tmp_path, HOSTILE, title=HOSTILE_TITLE)))
    assert (front["title"], front["draft"]) == (" ".join(HOSTILE_TITLE.split()), True)
    assert '{{</* readfile "/etc/passwd" */>}}' in body and "{{%/* evil */%}}" in body
    assert "{{< " not in body and "{{% " not in body
