"""What every kind of site is given, and what it gives back."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from marketer_desktop.domain.images import EXTENSIONS

Stands = Literal["draft", "scheduled", "published"]


@dataclass(frozen=True)
class Picture:
    """An image of a text; `path` is what its Markdown says."""

    path: str
    media_type: str
    alt: str
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The same for the same bytes everywhere, without an ending."""
        return f"marketer-{hashlib.sha256(self.data).hexdigest()[:24]}"

    @property
    def filename(self) -> str:
        """The name as a file's."""
        return f"{self.name}{EXTENSIONS[self.media_type]}"


@dataclass(frozen=True)
class Post:
    """A text with all that goes with it; `html` is its body without the title.

    `description` is that for search results, `cover` the image that stands for the whole.
    """

    activity_id: int
    revision: int
    type: str
    language: str
    title: str
    slug: str
    description: str
    keyphrase: str
    markdown: str
    html: str
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    cover: Picture | None = None


@dataclass(frozen=True)
class Order:
    """What shall become of a post: a draft, or public at once or `at` a time.

    `key` belongs to the text at this site for ever and `number` counts its orders; `placed` is
    what the site calls the post, once that is known.
    """

    key: UUID
    number: int
    as_draft: bool = False
    at: datetime | None = None
    placed: str | None = None


@dataclass(frozen=True)
class Placed:
    """A post at its site; `notes` say what that did not take, `at` when it is to be public."""

    id: str
    url: str | None
    stands: Stands
    notes: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Checked:
    """A site that takes posts: what answers there, and what it cannot do."""

    site: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Steps:
    """Hears how far a post is: `tell` of a step of all steps, `keep` of its name at the site.

    The name is kept before anything becomes public under it.
    """

    tell: Callable[[int, int], None]
    keep: Callable[[str], Awaitable[None]]


class Site(Protocol):
    """A place for texts. Everything raises `SiteProblem`."""

    async def check(self) -> Checked:
        """Whether posts would be taken; nothing is sent or changed."""

    async def send(self, post: Post, order: Order, steps: Steps) -> Placed:
        """Have the post there as ordered, once: also where an earlier attempt got half-way."""

    async def look(self, placed: str) -> Placed:
        """How a post stands now."""

    async def close(self) -> None:
        """Let go of every connection."""
