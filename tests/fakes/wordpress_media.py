"""The route `wp/v2/media` of the WordPress stand-in."""

import re
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from tests.fakes.web_site import Request
from tests.fakes.wordpress_accounts import User
from tests.fakes.wordpress_facts import Facts, forbidden
from tests.fakes.wordpress_rest import Refusal, between, slug_of, unique, written

BEGINNINGS = {
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".gif": ("image/gif", b"GIF8"),
    ".webp": ("image/webp", b"RIFF"),
    ".pdf": ("application/pdf", b"%PDF-"),
}
PLACE = "wp-content/uploads"


@dataclass
class Medium:
    """A file of the media library."""

    id: int
    author: int
    date: datetime
    title: str
    slug: str
    file: str
    mime: str
    body: bytes
    alt_text: str = ""
    caption: str = ""
    description: str = ""


class Media:
    """All files by their id."""

    def __init__(self, facts: Facts) -> None:
        self.rows: dict[int, Medium] = {}
        self._facts = facts

    def is_image(self, number: int) -> bool:
        """Whether a post may show it."""
        return number in self.rows and self.rows[number].mime.startswith("image/")

    def upload(self, user: User | None, request: Request) -> dict[str, Any]:
        """A file, as the body itself or as a part of a form."""
        if user is None or not user.may("upload_files"):
            message = "Sorry, you are not allowed to create posts as this user."
            raise forbidden(user, "rest_cannot_create", message)
        given = {name: words[-1] for name, words in request.query.items()}
        if str(request.headers.get("Content-Type", "")).startswith("multipart/form-data"):
            name, body, given = _from_form(request, given)
        else:
            name, body = _from_body(request)
        medium = self._keep(user, name, body)
        for field in ("title", "alt_text", "caption", "description"):
            setattr(medium, field, given.get(field) or getattr(medium, field))
        return self.told(medium, "edit")

    def update(self, user: User | None, number: int, given: dict[str, Any]) -> dict[str, Any]:
        """What is said of a file."""
        medium = self.found(number)
        if user is None or not user.may("upload_files"):
            message = "Sorry, you are not allowed to edit this post."
            raise forbidden(user, "rest_cannot_edit", message)
        for field in ("title", "alt_text", "caption", "description"):
            setattr(medium, field, given.get(field, getattr(medium, field)))
        return self.told(medium, "edit")

    def browse(self, request: Request, context: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """What is asked for by its slug or by words, newest first, and how many there are."""
        slugs, word = request.listed("slug"), (request.asked("search") or "").lower()
        rows = [
            each
            for each in reversed(self.rows.values())
            if (not slugs or each.slug in slugs) and word in each.title.lower()
        ]
        size = between("per_page", request.asked("per_page") or "10", 1, 100)
        pages = -(-len(rows) // size)
        heads = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(pages)}
        return [self.told(each, context) for each in rows[:size]], heads

    def found(self, number: int) -> Medium:
        """One file."""
        if number not in self.rows:
            raise Refusal(404, "rest_post_invalid_id", "Invalid post ID.")
        return self.rows[number]

    def _keep(self, user: User, name: str, body: bytes) -> Medium:
        stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
        mime, beginning = BEGINNINGS.get(ending, ("", b""))
        if not mime or not body.startswith(beginning):
            message = "Sorry, you are not allowed to upload this file type."
            raise Refusal(500, "rest_upload_sideload_error", message)
        now = self._facts.now()
        folder = now.strftime("%Y/%m")
        files = {each.file for each in self.rows.values()}
        stem = unique(stem, lambda each: f"{folder}/{each}{ending}" in files, first=1)
        slugs = {each.slug for each in self.rows.values()}
        slug = unique(slug_of(stem), slugs.__contains__)
        number = self._facts.next_id()
        file = f"{folder}/{stem}{ending}"
        medium = Medium(number, user.id, now, stem, slug, file, mime, body)
        self.rows[number] = medium
        return medium

    def told(self, medium: Medium, context: str) -> dict[str, Any]:
        """The file as an answer has it."""
        address, zone = self._facts.address, self._facts.zone
        source = f"{address}/{PLACE}/{medium.file}"
        page = f"{medium.slug}/" if self._facts.is_pretty else f"?attachment_id={medium.id}"
        seen: dict[str, Any] = {
            "id": medium.id,
            "date": written(medium.date, zone),
            "date_gmt": written(medium.date),
            "guid": {"rendered": source},
            "modified": written(medium.date, zone),
            "modified_gmt": written(medium.date),
            "slug": medium.slug,
            "status": "inherit",
            "type": "attachment",
            "link": f"{address}/{page}",
            "title": {"rendered": medium.title},
            "author": medium.author,
            "comment_status": "open",
            "ping_status": "closed",
            "template": "",
            "meta": [],
            "description": {"rendered": medium.description},
            "caption": {"rendered": medium.caption},
            "alt_text": medium.alt_text,
            "media_type": "image" if medium.mime.startswith("image/") else "file",
            "mime_type": medium.mime,
            "media_details": {**_size(medium), "file": medium.file, "filesize": len(medium.body)},
            "post": None,
            "source_url": source,
        }
        if context != "edit":
            return seen
        for name in ("title", "description", "caption"):
            seen[name] = {"raw": getattr(medium, name), **seen[name]}
        seen["guid"]["raw"] = source
        return seen | {
            "permalink_template": f"{address}/?attachment_id={medium.id}",
            "generated_slug": medium.slug,
            "missing_image_sizes": [],
        }


def _from_form(request: Request, given: dict[str, str]) -> tuple[str, bytes, dict[str, str]]:
    parts = request.parts()
    if "file" not in parts:
        raise Refusal(400, "rest_upload_no_data", "No data supplied.")
    words = {
        name: bytes(part.get_payload(decode=True) or b"").decode()
        for name, part in parts.items()
        if name != "file"
    }
    body = parts["file"].get_payload(decode=True)
    return str(parts["file"].get_filename()), bytes(body or b""), {**given, **words}


def _from_body(request: Request) -> tuple[str, bytes]:
    if not request.body:
        raise Refusal(400, "rest_upload_no_data", "No data supplied.")
    if not request.headers.get("Content-Type"):
        raise Refusal(400, "rest_upload_no_content_type", "No Content-Type supplied.")
    said = str(request.headers.get("Content-Disposition") or "")
    if not said:
        message = "No Content-Disposition supplied."
        raise Refusal(400, "rest_upload_no_content_disposition", message)
    named = re.search(r"filename\s*=\s*\"?([^\";]+)\"?", said)
    if not said.startswith("attachment") or named is None:
        message = (
            "Invalid Content-Disposition supplied. Content-Disposition needs to be formatted as "
            '`attachment; filename="image.png"` or similar.'
        )
        raise Refusal(400, "rest_upload_invalid_disposition", message)
    return named.group(1).strip(), request.body


def _size(medium: Medium) -> dict[str, int]:
    """Width and height, which stand at the beginning of a PNG."""
    if medium.mime != "image/png" or len(medium.body) < 24:
        return {}
    width, height = struct.unpack(">II", medium.body[16:24])
    return {"width": width, "height": height}
