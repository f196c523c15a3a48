"""The content folder of a static site: a folder for each text, with its images beside it."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marketer_desktop.publishing.document.reader import read_document
from marketer_desktop.publishing.front_matter import FENCE, fields_of, page_file
from marketer_desktop.publishing.sites.post import Checked, Order, Placed, Post, Steps
from marketer_desktop.publishing.sites.problems import SiteProblem

PAGE = "index.md"
MISSING = "There is no folder “{path}”. Choose one that is there, or connect its disk."
CLOSED = "Nothing can be written into “{path}”. Give yourself the right to write there."
TAKEN = (
    "In “{folder}” there is already a text “{slug}” that Marketer did not put there. Choose "
    "another slug."
)
GONE = "“{path}” is no longer there. Publish the text again to put it back."
NOT_WRITTEN = "“{path}” could not be written: {why}."
LONGEST_HEAD = 100_000


class Folder:
    """Writes in one piece; a text keeps the place that it was given first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def check(self) -> Checked:
        """Whether files can be made there."""
        return await asyncio.to_thread(self._check)

    async def send(self, post: Post, order: Order, steps: Steps) -> Placed:
        """Write the text and its images, over those of an earlier attempt."""
        steps.tell(1, 1)
        placed = order.placed or f"{post.slug}/{PAGE}"
        await asyncio.to_thread(self._refuse_foreign, placed, post.slug, str(order.key))
        await steps.keep(placed)
        try:
            return await asyncio.to_thread(self._write, post, order, placed)
        except OSError as error:
            path = self._folder / placed
            said = NOT_WRITTEN.format(path=path, why=error.strerror or error)
            raise SiteProblem("permission", said) from error

    async def look(self, placed: str) -> Placed:
        """The file, if it is still there."""
        path = self._folder / placed
        if not await asyncio.to_thread(path.is_file):
            raise SiteProblem("gone", GONE.format(path=path))
        return Placed(placed, path.as_uri(), "published")

    async def close(self) -> None:
        """Nothing is held."""

    def _check(self) -> Checked:
        if not self._folder.is_dir():
            raise SiteProblem("address", MISSING.format(path=self._folder))
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise SiteProblem("permission", CLOSED.format(path=self._folder))
        return Checked(str(self._folder))

    def _refuse_foreign(self, placed: str, slug: str, key: str) -> None:
        self._check()
        page = self._folder / placed
        taken = page.parent.exists() and key_in(page) != key and any(page.parent.iterdir())
        if taken:
            raise SiteProblem("taken", TAKEN.format(folder=self._folder, slug=slug))

    def _write(self, post: Post, order: Order, placed: str) -> Placed:
        page = self._folder / placed
        page.parent.mkdir(exist_ok=True)
        for picture in post.pictures:
            path = page.parent / picture.path
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, picture.data)
        given = read_document(post.markdown).front_matter
        body = post.markdown.removeprefix(given).strip()
        fields = {**_told(post), **fields_of(given), **_ordered(order)}
        _write(page, page_file(fields, f"{body}\n"))
        return Placed(placed, page.as_uri(), "draft" if order.as_draft else "published")


def key_in(page: Path) -> str | None:
    """The key in the head of a page that is ours; None for another's, or none."""
    try:
        with page.open(encoding="utf-8") as file:
            head, ending, _ = file.read(LONGEST_HEAD).partition(f"\n{FENCE}\n")
    except (OSError, UnicodeDecodeError):
        return None
    key = fields_of(head + ending).get("marketer")
    return key if isinstance(key, str) else None


def _told(post: Post) -> dict[str, Any]:
    """What is known of the text; what its own front matter says counts for more."""
    return {
        "title": post.title,
        "description": post.description,
        "slug": post.slug,
        "tags": list(post.tags),
        "categories": list(post.categories),
        "image": post.cover.path if post.cover else "",
    }


def _ordered(order: Order) -> dict[str, Any]:
    """When and how it is to be there, and whose file it is."""
    date = order.at or datetime.now(UTC)
    return {
        "date": date.isoformat(timespec="seconds"),
        "draft": order.as_draft,
        "marketer": str(order.key),
    }


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(data)
    draft.replace(path)
