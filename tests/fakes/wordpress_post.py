"""A post of the WordPress stand-in: how it changes, and how it is told."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes.wordpress_facts import Facts
from tests.fakes.wordpress_rest import (
    STATUSES,
    Refusal,
    integer,
    integers,
    moment,
    one_of,
    slug_of,
    written,
)

UNWRITTEN = ("draft", "pending", "auto-draft")
A_MINUTE = timedelta(minutes=1)


@dataclass
class Post:
    """A row; `is_dated` says that its date was given and does not follow the saves of a draft."""

    id: int
    author: int
    date: datetime
    modified: datetime
    status: str = "draft"
    is_dated: bool = False
    title: str = ""
    content: str = ""
    excerpt: str = ""
    slug: str = ""
    guid: str = ""
    featured_media: int = 0
    categories: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    comment_status: str = "open"
    ping_status: str = "open"
    sticky: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.title or self.content or self.excerpt)


def read_arguments(given: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """What a request says of a post, checked; what it does not know it leaves out."""
    read: dict[str, Any] = {}
    for name in ("title", "content", "excerpt"):
        if name in given:
            value = given[name]
            read[name] = str(value.get("raw", "") if isinstance(value, dict) else value)
    if "slug" in given:
        read["slug"] = slug_of(str(given["slug"]))
    if "status" in given:
        read["status"] = one_of("status", given["status"], STATUSES)
    for name in ("categories", "tags"):
        if name in given:
            read[name] = integers(name, given[name])
    for name in ("comment_status", "ping_status"):
        if name in given:
            read[name] = one_of(name, given[name], ("open", "closed"))
    if "featured_media" in given:
        read["featured_media"] = integer("featured_media", given["featured_media"])
    if "meta" in given and given["meta"] != []:
        read["meta"] = _meta(given["meta"], facts)
    read |= _date(given, facts)
    return read


def _meta(given: Any, facts: Facts) -> dict[str, Any]:
    if not isinstance(given, dict):
        params = {"meta": "Invalid parameter."}
        message = "Invalid parameter(s): meta"
        raise Refusal(400, "rest_invalid_param", message, params=params, details=[])
    return {key: value for key, value in given.items() if key in facts.meta}


def _date(given: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """The date as given; null forgets the one there was."""
    if given.get("date") is not None:
        return {"date": moment("date", given["date"], facts.zone)}
    if given.get("date_gmt") is not None:
        return {"date": moment("date_gmt", given["date_gmt"], UTC)}
    return {"date": None} if "date" in given or "date_gmt" in given else {}


def apply(post: Post, read: dict[str, Any], now: datetime) -> None:
    """Change the post as asked; the slug and the terms are the caller's."""
    for name in ("title", "content", "excerpt", "status", "comment_status", "ping_status"):
        if name in read:
            setattr(post, name, read[name])
    post.meta |= read.get("meta", {})
    if read.get("date"):
        post.date, post.is_dated = read["date"], True
    elif "date" in read or not post.is_dated:
        post.date, post.is_dated = now, post.status not in UNWRITTEN
    post.modified = now
    settle(post, now)


def settle(post: Post, now: datetime) -> None:
    """What is to appear later is `future`, what is due is `publish`, whatever was asked."""
    if post.status == "publish" and post.date - now >= A_MINUTE:
        post.status = "future"
    elif post.status == "future" and post.date - now < A_MINUTE:
        post.status = "publish"


def told(post: Post, facts: Facts, context: str, generated: str) -> dict[str, Any]:
    """The post as an answer has it; `edit` shows what only its authors see."""
    seen: dict[str, Any] = {
        "id": post.id,
        "date": written(post.date, facts.zone),
        "date_gmt": written(post.date),
        "guid": {"rendered": post.guid},
        "modified": written(post.modified, facts.zone),
        "modified_gmt": written(post.modified),
        "slug": post.slug,
        "status": post.status,
        "type": "post",
        "link": link(post, facts),
        "title": {"rendered": f"Private: {post.title}" if post.status == "private" else post.title},
        "content": {"rendered": post.content, "protected": False},
        "excerpt": {"rendered": post.excerpt or post.content, "protected": False},
        "author": post.author,
        "featured_media": post.featured_media,
        "comment_status": post.comment_status,
        "ping_status": post.ping_status,
        "sticky": post.sticky,
        "template": "",
        "format": "standard",
        "meta": {**facts.meta, **post.meta} if facts.meta else [],
        "categories": post.categories,
        "tags": post.tags,
    }
    if context != "edit":
        return seen
    for name in ("title", "content", "excerpt"):
        seen[name] = {"raw": getattr(post, name), **seen[name]}
    seen["content"]["block_version"] = 1 if "<!-- wp:" in post.content else 0
    seen["guid"]["raw"] = seen["guid"]["rendered"]
    is_plain = not facts.is_pretty or post.status == "trash"
    template = f"{facts.address}/?p={post.id}" if is_plain else f"{facts.address}/%postname%/"
    return seen | {
        "password": "",
        "permalink_template": template,
        "generated_slug": generated,
    }


def link(post: Post, facts: Facts) -> str:
    """Where the post is, or will be seen by those who may."""
    is_open = post.status in ("publish", "private")
    if facts.is_pretty and is_open:
        return f"{facts.address}/{post.slug}/"
    return f"{facts.address}/?p={post.id}"
