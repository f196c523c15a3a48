"""A post of the Ghost stand-in: what may be said of it, how it changes, how it is told."""

import json
import re
import secrets
import unicodedata
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes.ghost_errors import GhostError

# The longest that Ghost takes of each, from `@tryghost/admin-api-schema` and its own model.
WORDS = {
    "title": 255,
    "slug": 191,
    "meta_title": 300,
    "meta_description": 500,
    "custom_excerpt": 300,
    "og_title": 300,
    "og_description": 500,
    "og_image": 2000,
    "twitter_title": 300,
    "twitter_description": 500,
    "twitter_image": 2000,
    "feature_image": 2000,
    "feature_image_alt": 191,
    "feature_image_caption": 65535,
    "canonical_url": 2000,
    "codeinjection_head": 65535,
    "codeinjection_foot": 65535,
    "custom_template": 100,
    "email_subject": 300,
}
STATUSES = ("published", "draft", "scheduled", "sent")
# What Ghost gives and takes back without a word.
STRIPPED = """id uuid comment_id created_at created_by updated_by published_by url primary_tag
primary_author excerpt plaintext email count reading_time newsletter frontmatter""".split()
OTHERS = """html lexical mobiledoc featured status visibility updated_at published_at authors tags
tiers email_only email_segment locale show_title_and_feature_image""".split()
KNOWN = {*WORDS, *STRIPPED, *OTHERS}
SOONEST = timedelta(minutes=2)


@dataclass
class Tag:
    """A tag of the site."""

    name: str
    slug: str
    id: str = field(default_factory=lambda: secrets.token_hex(12))


@dataclass
class Post:
    """A row of Ghost's table; `words` has what is text or nothing."""

    created_at: datetime
    updated_at: datetime
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    uuid: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: str = "draft"
    published_at: datetime | None = None
    html: str | None = None
    lexical: str | None = None
    featured: bool = False
    visibility: str = "public"
    tags: list[Tag] = field(default_factory=list)
    words: dict[str, str | None] = field(default_factory=lambda: dict.fromkeys(WORDS))

    @property
    def slug(self) -> str:
        """Its part of the address."""
        return self.words["slug"] or ""


def check(given: dict[str, Any], action: str) -> None:
    """What Ghost's schema and model check of a post before anything is done with it."""
    unknown = [name for name in given if name not in KNOWN]
    if unknown:
        raise _invalid("Validation failed for posts[0].", action, "posts[0]")
    for name, longest in WORDS.items():
        value = given.get(name)
        if value is not None and not isinstance(value, str):
            raise _invalid(f"Validation failed for {name}.", action, name)
        if len(value or "") > longest:
            message = f"Value in [posts.{name}] exceeds maximum length of {longest} characters."
            raise _invalid(message, action, name)
    if given.get("status", "draft") not in STATUSES:
        raise _invalid("Validation failed for status.", action, "status")
    for name in ("updated_at", "published_at"):
        if given.get(name) is not None and moment(given[name]) is None:
            raise _invalid(f"Validation failed for {name}.", action, name)


def _invalid(message: str, action: str, name: str) -> GhostError:
    return GhostError("ValidationError", message, place=name, action=action)


def moment(value: Any) -> datetime | None:
    """A date with its zone, to the second as the database keeps it."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return read.astimezone(UTC).replace(microsecond=0) if read.tzinfo else None


def schedule(post: Post, before: Post | None, now: datetime, action: str) -> None:
    """The rules of `status` and `published_at`."""
    was = before.status if before else None
    if post.status == "scheduled":
        if was == "published":
            message = "Your post is already published, please reload your page."
            raise GhostError("ValidationError", message, action=action)
        if post.published_at is None:
            message = "Value in published_at cannot be blank."
            raise GhostError("ValidationError", message, action=action)
        is_new = before is None or before.published_at != post.published_at
        if is_new and post.published_at < now + SOONEST:
            message = "Date must be at least 2 minutes in the future."
            raise GhostError("ValidationError", message, action=action)
    if post.status == "published" and post.published_at is None:
        post.published_at = now


def slug_of(text: str) -> str:
    """A title as a slug, not yet unique."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("'", "").replace("’", ""))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-")[:185] or "post"


def written(when: datetime | None) -> str | None:
    """A date as Ghost writes it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") if when else None


def source_of(html: str) -> str:
    """What stands for Lexical made of HTML: one card with all of it."""
    card = {"type": "html", "version": 1, "html": html}
    return json.dumps({"root": {"children": [card], "type": "root", "version": 1}})


def told(post: Post, address: str, formats: list[str]) -> dict[str, Any]:
    """The post as an answer has it, its text in the formats that were asked for."""
    tags = [_told_tag(each, address) for each in post.tags]
    author = {"id": "1", "name": "Owner", "slug": "owner", "email": "owner@example.com"}
    is_open = post.status == "published"
    seen: dict[str, Any] = {
        "id": post.id,
        "uuid": post.uuid,
        "comment_id": post.id,
        **post.words,
        "featured": post.featured,
        "status": post.status,
        "visibility": post.visibility,
        "created_at": written(post.created_at),
        "updated_at": written(post.updated_at),
        "published_at": written(post.published_at),
        "tags": tags,
        "primary_tag": tags[0] if tags else None,
        "authors": [author],
        "primary_author": author,
        "tiers": [],
        "count": {"clicks": 0, "positive_feedback": 0, "negative_feedback": 0},
        "email": None,
        "newsletter": None,
        "email_segment": "all",
        "email_only": False,
        "frontmatter": None,
        "url": f"{address}/{post.slug}/" if is_open else f"{address}/p/{post.uuid}/",
        "excerpt": post.words["custom_excerpt"] or re.sub("<[^>]*>", "", post.html or "")[:500],
        "reading_time": len((post.html or "").split()) // 275,
    }
    texts = {"html": post.html, "lexical": post.lexical, "mobiledoc": None}
    return seen | {name: texts[name] for name in formats or ["mobiledoc", "lexical"]}


def _told_tag(tag: Tag, address: str) -> dict[str, Any]:
    visibility = "internal" if tag.name.startswith("#") else "public"
    url = f"{address}/tag/{tag.slug}/" if visibility == "public" else f"{address}/404/"
    return {
        "id": tag.id,
        "name": tag.name,
        "slug": tag.slug,
        "description": None,
        "visibility": visibility,
        "url": url,
    }
