"""Asks a WordPress, real or not, and puts its answers so that two can be compared."""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from benchmarks.wordpress.questions import Question

# What a stand-in does not claim to know, by the last part of its place, and why.
LEFT_OUT = {
    "_links": "links from answer to answer, which nobody follows",
    "routes": "the whole documentation of the API",
    "namespaces": "those of other parts of WordPress",
    "class_list": "for themes",
    "avatar_urls": "pictures of another service",
    "registered_date": "of accounts",
    "sizes": "of pictures, made by the server",
    "image_meta": "of cameras",
    "site_logo": "of themes",
    "site_icon": "of themes",
    "site_icon_url": "of themes",
    "page_for_posts": "of settings",
    "page_on_front": "of settings",
    "show_on_front": "of settings",
    "json_error_message": "of PHP",
}
# What themes and filters make of the text that was given: only that there is something.
RENDERED = ("content.rendered", "excerpt.rendered", "caption.rendered")
SHOWN = "description.rendered"  # has the picture itself in it
FAMILIES = {
    "featured_media": "media",
    "categories": "terms",
    "tags": "terms",
    "term_id": "terms",
    "additional_data": "terms",
    "parent": "terms",
}
ABOUT_NOW = timedelta(hours=1)
OF_A_POST = re.compile(r"\?(p|attachment_id|cat)=\d+")


@dataclass(frozen=True)
class Answer:
    """What came: the status, the body as it can be compared, and what counts of the headers."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""

    @property
    def keys(self) -> list[str]:
        """What the body has."""
        first = self.body[0] if isinstance(self.body, list) and self.body else self.body
        return sorted(first) if isinstance(first, dict) else []


@dataclass
class Side:
    """One of the two; `state` brings about what a question says of the web server."""

    address: str
    passwords: dict[str, str]
    client: httpx.Client
    state: Callable[[str], AbstractContextManager[str]]
    ids: dict[str, int] = field(default_factory=dict)
    families: dict[tuple[str, int], str] = field(default_factory=dict)

    def ask(self, question: Question) -> Answer:
        """The answer, and the id in it remembered under the question's name."""
        with self.state(question.state) as address:
            came = self.client.request(**self._request(question, address))
        try:
            body = came.json()
        except ValueError:
            body = "a page"
        family = _family(question.route)
        if isinstance(body, dict) and isinstance(body.get("id"), int):
            self.ids.setdefault(question.name, body["id"])
            self.families.setdefault((family, body["id"]), f"${question.name}")
        return Answer(came.status_code, self._plain(body, family), self._headers(came))

    def _request(self, question: Question, address: str) -> dict[str, Any]:
        route = str(self._filled(question.route, in_text=True))
        params: dict[str, str] = dict(question.params)
        if question.door == "wp-json":
            url = f"{address}/wp-json{route}"
        else:
            url, params = f"{address}/", {"rest_route": route, **params}
        asked: dict[str, Any] = {"method": question.method, "url": url, "params": params}
        asked["headers"] = dict(question.headers)
        if question.json is not None:
            asked["json"] = self._filled(question.json)
        elif question.form is not None:
            asked["files"] = question.form
        elif question.body is not None:
            asked["content"] = question.body
        if question.who != "nobody":
            asked["auth"] = self._name_and_password(question)
        return asked

    def _name_and_password(self, question: Question) -> tuple[str, str]:
        others = {
            "unknown": ("nobody-here", "a"),
            "mail": ("nobody@example.com", "a"),
            "wrong": ("admin", "abcd efgh ijkl mnop"),
        }
        return others.get(question.who) or (question.who, self.passwords[question.who])

    def _filled(self, given: Any, *, in_text: bool = False) -> Any:
        if isinstance(given, dict):
            return {name: self._filled(value) for name, value in given.items()}
        if isinstance(given, list):
            return [self._filled(value) for value in given]
        if isinstance(given, str) and "$" in given:
            head, _, name = given.partition("$")
            number = self.ids[name]
            return f"{head}{number}" if in_text else number
        return given

    def _headers(self, came: httpx.Response) -> dict[str, str]:
        wanted = {name: came.headers.get(name) for name in ("X-WP-Total", "X-WP-TotalPages")}
        told = {name: value for name, value in wanted.items() if value is not None}
        if "Location" in came.headers:
            place = re.sub(r"\d+$", "N", came.headers["Location"].replace(self.address, "SITE"))
            told["Location"] = place
        return told

    def _plain(self, body: Any, family: str, place: str = "") -> Any:
        """The body with what differs from site to site and from second to second put aside."""
        if isinstance(body, dict):
            return {
                name: self._plain(value, family, f"{place}.{name}".lstrip("."))
                for name, value in body.items()
                if name not in LEFT_OUT
            }
        if isinstance(body, list):
            return _in_order([self._plain(value, family, place) for value in body])
        last = place.rpartition(".")[2]
        if last == "id" or last in FAMILIES:
            return self.families.get((FAMILIES.get(last, family), body), body)
        if not isinstance(body, str) or place.endswith(SHOWN):
            return "shown" if isinstance(body, str) else body
        if place.endswith(RENDERED):
            return bool(body)
        text = OF_A_POST.sub(r"?\1=N", body.replace(self.address, "SITE"))
        return "NOW" if _is_about_now(text) else re.sub(r"/20\d\d/\d\d/", "/MONTH/", text)


def _family(route: str) -> str:
    """Whose ids an answer has: posts, media and terms are counted apart."""
    kind = route.split("/")[3] if route.count("/") > 2 else ""
    return "terms" if kind in ("categories", "tags") else kind


def _in_order(listed: list[Any]) -> list[Any]:
    """By name, since what was made in the same second has no order of its own."""
    if not all(isinstance(each, dict) for each in listed):
        return listed
    return sorted(listed, key=lambda each: str(each.get("slug") or each.get("name")))


def _is_about_now(text: str) -> bool:
    try:
        when = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return False
    return "T" in text and abs(when - datetime.now(UTC)) < ABOUT_NOW


def asked(side: Side, questions: Sequence[Question]) -> dict[str, Answer]:
    """All answers by the names of their questions."""
    return {each.name: side.ask(each) for each in questions}


def differences(real: Answer, ours: Answer) -> list[str]:
    """Where two answers are not the same, and what each says there."""
    found: list[str] = []
    _compare("status", real.status, ours.status, found)
    _compare("headers", real.headers, ours.headers, found)
    _compare("", real.body, ours.body, found)
    return found


def _compare(place: str, real: Any, ours: Any, found: list[str]) -> None:
    if place.endswith("capabilities") and isinstance(real, dict) and isinstance(ours, dict):
        # Ours knows those that decide something here.
        real = {name: value for name, value in real.items() if name in ours}
    if isinstance(real, dict) and isinstance(ours, dict):
        for name in dict.fromkeys([*real, *ours]):
            inner = f"{place}.{name}".lstrip(".")
            _compare(inner, real.get(name, "nothing"), ours.get(name, "nothing"), found)
    elif isinstance(real, list) and isinstance(ours, list) and len(real) == len(ours):
        for number, (one, other) in enumerate(zip(real, ours, strict=True)):
            _compare(f"{place}[{number}]", one, other, found)
    elif real != ours:
        found.append(f"{place}: really {json.dumps(real)}, ours {json.dumps(ours)}")
