"""What is asked of a real WordPress and of our stand-in, in this order.

A word that begins with `$` stands for the id in the answer to the question of that name.
"""

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any, Literal

Who = Literal["admin", "author", "contributor", "subscriber", "nobody", "unknown", "mail", "wrong"]
LATER = "2041-05-06T07:08:09"
EARLIER = "2021-05-06T07:08:09"
ENOUGH = "A cup of coffee in the harbour."


@dataclass(frozen=True)
class Question:
    """A request; `state` is what the web server or the settings do meanwhile."""

    name: str
    method: str = "GET"
    route: str = "/wp/v2/posts"
    params: dict[str, str] = field(default_factory=dict)
    json: Any = None
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] | None = None
    who: Who = "admin"
    state: Literal["usual", "stripped", "without https", "plain links", "with a plugin"] = "usual"
    door: Literal["wp-json", "rest_route"] = "wp-json"


def png(width: int, height: int) -> bytes:
    """A grey picture."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PICTURE = png(32, 20)


def _post(name: str, json: Any, who: Who = "admin", route: str = "/wp/v2/posts") -> Question:
    return Question(name, "POST", route, json=json, who=who)


def _picture(name: str, disposition: str | None, **other: Any) -> Question:
    headers = {"Content-Type": "image/png"}
    headers |= {"Content-Disposition": disposition} if disposition else {}
    given = {"body": PICTURE, "who": "admin", **other}
    return Question(name, "POST", "/wp/v2/media", headers=headers, **given)


EDIT = {"context": "edit"}
SIGNING_IN = [
    Question("index", route="/", who="nobody"),
    Question("index by query", route="/", who="nobody", door="rest_route"),
    Question("me", route="/wp/v2/users/me", params=EDIT),
    Question("me as seen", route="/wp/v2/users/me"),
    Question("me, contributor", route="/wp/v2/users/me", params=EDIT, who="contributor"),
    Question("me, subscriber", route="/wp/v2/users/me", params=EDIT, who="subscriber"),
    Question("me, nobody", route="/wp/v2/users/me", params=EDIT, who="nobody"),
    Question("me, unknown name", route="/wp/v2/users/me", who="unknown"),
    Question("me, wrong password", route="/wp/v2/users/me", who="wrong"),
    Question("posts, wrong password", who="wrong"),
    _post("write, wrong password", {"title": "No"}, "wrong"),
    Question("plugin, unknown name", route="/wp/v2/users/me", who="unknown", state="with a plugin"),
    Question("plugin, unknown mail", route="/wp/v2/users/me", who="mail", state="with a plugin"),
    Question("plugin, wrong password", who="wrong", state="with a plugin"),
    Question("me, stripped", route="/wp/v2/users/me", params=EDIT, state="stripped"),
    Question("write, stripped", "POST", json={"title": "No"}, state="stripped"),
    Question("index without https", route="/", state="without https"),
    Question("me without https", route="/wp/v2/users/me", state="without https"),
    Question("write without https", "POST", json={"title": "No"}, state="without https"),
    Question("plain links, pretty address", route="/", state="plain links"),
    Question("plain links, index", route="/", state="plain links", door="rest_route"),
    Question(
        "plain links, write",
        "POST",
        json={"title": "Plain", "content": ENOUGH, "status": "publish"},
        state="plain links",
        door="rest_route",
    ),
    Question("no route", route="/wp/v2/nothing"),
    Question("no such context", params={"context": "all"}),
]
TERMS = [
    _post("category", {"name": "Coffee"}, route="/wp/v2/categories"),
    _post("category again", {"name": "Coffee"}, route="/wp/v2/categories"),
    _post("category in capitals", {"name": "COFFEE"}, route="/wp/v2/categories"),
    _post("category with a sign", {"name": "Tea & Time"}, route="/wp/v2/categories"),
    _post("category below", {"name": "Beans", "parent": "$category"}, route="/wp/v2/categories"),
    _post("category, author", {"name": "More"}, "author", "/wp/v2/categories"),
    _post("category, nobody", {"name": "More"}, "nobody", "/wp/v2/categories"),
    _post("category without a name", {}, route="/wp/v2/categories"),
    _post("tag", {"name": "Filter"}, route="/wp/v2/tags"),
    _post("tag again", {"name": "Filter"}, route="/wp/v2/tags"),
    _post("tag, author", {"name": "Größe"}, "author", "/wp/v2/tags"),
    _post("tag, subscriber", {"name": "More"}, "subscriber", "/wp/v2/tags"),
    Question("categories", route="/wp/v2/categories", params={"search": "coffee"}),
    Question("tags", route="/wp/v2/tags", params={"search": "filter", "per_page": "100"}),
    Question("too many tags", route="/wp/v2/tags", params={"per_page": "101"}),
    Question("one category", route="/wp/v2/categories/$category"),
    Question("no category", route="/wp/v2/categories/99999"),
]
PICTURES = [
    _picture("picture", 'attachment; filename="cup.png"'),
    _picture("picture again", 'attachment; filename="cup.png"'),
    Question(
        "picture in a form",
        "POST",
        "/wp/v2/media",
        form={"file": ("pot.png", PICTURE, "image/png"), "alt_text": (None, "A pot")},
    ),
    Question(
        "its description",
        "POST",
        "/wp/v2/media/$picture",
        json={"alt_text": "A cup", "caption": "From the harbour", "title": "Cup"},
    ),
    Question("picture read", route="/wp/v2/media/$picture"),
    Question("pictures by slug", route="/wp/v2/media", params={"slug": "cup"}),
    _picture("picture without a name", None),
    _picture("picture, odd name", "inline"),
    _picture("picture without bytes", 'attachment; filename="no.png"', body=b""),
    _picture("picture that is none", 'attachment; filename="no.png"', body=b"<?php phpinfo();"),
    _picture("picture, no such type", 'attachment; filename="no.exe"'),
    _picture("picture, contributor", 'attachment; filename="c.png"', who="contributor"),
    _picture("picture, nobody", 'attachment; filename="n.png"', who="nobody"),
]
WRITING = [
    _post("draft", {"title": "A first draft"}),
    _post(
        "draft with all",
        {
            "title": "Wie groß ist die Tasse?",
            "content": f"<p>{ENOUGH}</p>",
            "excerpt": "About cups",
            "slug": "cups-and-more",
            "status": "draft",
            "categories": ["$category"],
            "tags": ["$tag"],
            "featured_media": "$picture",
            "comment_status": "closed",
        },
    ),
    _post("second with that slug", {"title": "Cups", "slug": "cups-and-more", "status": "draft"}),
    _post("published", {"title": "Coffee at sea", "content": ENOUGH, "status": "publish"}),
    _post("published twin", {"title": "Coffee at sea", "content": ENOUGH, "status": "publish"}),
    _post("private", {"title": "For us", "content": ENOUGH, "status": "private"}),
    _post("scheduled", {"title": "Later", "content": ENOUGH, "status": "future", "date": LATER}),
    _post("published later", {"title": "Much later", "status": "publish", "date_gmt": LATER + "Z"}),
    _post("scheduled in the past", {"title": "Early", "status": "future", "date": EARLIER}),
    _post("scheduled without a date", {"title": "When", "status": "future"}),
    _post("dated with a zone", {"title": "Zone", "status": "future", "date": LATER + "+02:00"}),
    _post("no such status", {"title": "A", "status": "published"}),
    _post("no such date", {"title": "A", "date": "tomorrow"}),
    _post("tags by name", {"title": "A", "tags": ["Filter"]}),
    _post("tags that are none", {"title": "Without", "tags": [99999], "categories": [99999]}),
    _post("picture that is not there", {"title": "No picture", "featured_media": 99999}),
    _post("meta of nobody", {"title": "With meta", "meta": {"_yoast_wpseo_title": "T"}}),
    _post("meta that is none", {"title": "With meta", "meta": "T"}),
    _post("nothing in it", {}),
    _post("with an id", {"id": "$draft", "title": "Again"}),
    _post("written, author", {"title": "By an author", "status": "publish"}, "author"),
    _post("written, contributor", {"title": "By a contributor"}, "contributor"),
    _post("published, contributor", {"title": "No", "status": "publish"}, "contributor"),
    _post("private, contributor", {"title": "No", "status": "private"}, "contributor"),
    _post("written, subscriber", {"title": "No"}, "subscriber"),
    _post("written, nobody", {"title": "No"}, "nobody"),
    Question(
        "broken JSON", "POST", body=b'{"title": ', headers={"Content-Type": "application/json"}
    ),
]
CHANGING = [
    _post("draft changed", {"content": "<p>More</p>"}, route="/wp/v2/posts/$draft"),
    _post("draft published", {"status": "publish"}, route="/wp/v2/posts/$draft"),
    _post("published changed", {"title": "Other"}, route="/wp/v2/posts/$draft"),
    _post("its slug changed", {"slug": "coffee-at-sea"}, route="/wp/v2/posts/$draft"),
    _post("back to a draft", {"status": "draft"}, route="/wp/v2/posts/$draft"),
    _post("terms taken away", {"tags": [], "categories": []}, route="/wp/v2/posts/$draft with all"),
    _post("picture taken away", {"featured_media": 0}, route="/wp/v2/posts/$draft with all"),
    _post("draft scheduled", {"status": "future", "date_gmt": LATER}, route="/wp/v2/posts/$draft"),
    _post(
        "scheduled at once",
        {"status": "publish", "date_gmt": None},
        route="/wp/v2/posts/$scheduled",
    ),
    _post("no such post", {"title": "A"}, route="/wp/v2/posts/99999"),
    _post("changed, author", {"title": "A"}, "author", "/wp/v2/posts/$published"),
    _post("changed, nobody", {"title": "A"}, "nobody", "/wp/v2/posts/$published"),
]
READING = [
    Question("read", route="/wp/v2/posts/$draft with all", params=EDIT),
    Question("read by anybody", route="/wp/v2/posts/$published", who="nobody"),
    Question("draft by anybody", route="/wp/v2/posts/$draft with all", who="nobody"),
    Question("edited by anybody", route="/wp/v2/posts/$published", params=EDIT, who="nobody"),
    Question("read, no such post", route="/wp/v2/posts/99999"),
    Question("by slug", params={"slug": "cups-and-more", "status": "any", "context": "edit"}),
    Question("by slugs", params={"slug": "cups-and-more,coffee-at-sea-2", "status": "any"}),
    Question("by slug, public", params={"slug": "cups-and-more"}),
    Question("by status", params={"status": "private", "context": "edit"}),
    Question("by words", params={"search": "zone", "status": "future"}),
    Question("drafts by anybody", params={"status": "draft"}, who="nobody"),
    Question("edit by anybody", params=EDIT, who="nobody"),
    Question("some fields", route="/wp/v2/posts/$published", params={"_fields": "id,title.raw,x"}),
    Question("a page too far", params={"page": "99"}),
]
REMOVING = [
    Question("removed, author", "DELETE", "/wp/v2/posts/$published", who="author"),
    Question("into the bin", "DELETE", "/wp/v2/posts/$published"),
    Question("into the bin again", "DELETE", "/wp/v2/posts/$published"),
    Question("read in the bin", route="/wp/v2/posts/$published", params=EDIT),
    Question("for good", "DELETE", "/wp/v2/posts/$draft", params={"force": "true"}),
    Question("read for good", route="/wp/v2/posts/$draft"),
]
QUESTIONS = [*SIGNING_IN, *TERMS, *PICTURES, *WRITING, *CHANGING, *READING, *REMOVING]
