"""Targets, previews and publications as an engine tells them."""

import datetime as dt
from typing import Any

from marketer_desktop.services.publications import Publication
from marketer_desktop.services.publish import Preview
from marketer_desktop.services.publishing_targets import PublishingTarget

NOON = dt.datetime(2026, 5, 13, 12, tzinfo=dt.UTC)


def a_target(number: int = 1, **values: Any) -> PublishingTarget:
    usual: dict[str, Any] = {
        "id": number,
        "name": "Blog",
        "kind": "wordpress",
        "title": "WordPress",
        "address": "https://blog.example.com",
        "account": "ada",
        "project_id": 1,
        "project": "My content",
    }
    return PublishingTarget.model_validate(usual | values)


def a_publication(number: int = 1, **values: Any) -> Publication:
    usual: dict[str, Any] = {
        "id": number,
        "activity_id": 7,
        "title": "Coffee for the office",
        "type": "blog",
        "target_id": 1,
        "target": "Blog",
        "kind": "wordpress",
        "project_id": 1,
        "project": "My content",
        "state": "published",
        "as_draft": False,
        "publish_at": None,
        "due_at": None,
        "published_at": NOON,
        "slug": "coffee",
        "tags": ["coffee"],
        "categories": [],
        "image": None,
        "url": "https://blog.example.com/coffee/",
        "revision": 2,
        "sent_revision": 2,
        "cause": None,
        "problem": "",
        "notes": [],
    }
    return Publication.model_validate(usual | values)


def a_preview(**values: Any) -> Preview:
    usual: dict[str, Any] = {
        "title": "Coffee for the office",
        "slug": "coffee",
        "description": "Coffee brings people together.",
        "tags": ["coffee"],
        "images": ["assets/cup.png"],
        "page": "<h1>Coffee for the office</h1><p>Coffee brings people together.</p>",
        "word_count": 42,
        "keeps_time": True,
        "why_not": "",
        "publication": None,
    }
    return Preview.model_validate(usual | values)
