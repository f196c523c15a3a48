"""The resource `posts` of the Ghost stand-in."""

import copy
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.fakes import ghost_post
from tests.fakes.ghost_errors import GhostError
from tests.fakes.ghost_post import WORDS, Post, Tag, moment, slug_of
from tests.fakes.web_site import Request

ONE = re.compile(r"(?P<name>[a-z_.]+):(?P<value>\[[^\]]*\]|'(?:[^'\\]|\\.)*'|[^+()]*)")


def utc_now() -> datetime:
    """This second."""
    return datetime.now(UTC).replace(microsecond=0)


class Posts:
    """All posts by their id, and the site's tags."""

    def __init__(self, address: str) -> None:
        self.rows: dict[str, Post] = {}
        self.tags: list[Tag] = []
        self.now: Callable[[], datetime] = utc_now
        self._address = address

    def add(self, given: dict[str, Any], request: Request) -> dict[str, Any]:
        """A new one."""
        action = "save post"
        if not given.get("title"):
            raise GhostError(
                "ValidationError", "Validation failed for title.", place="title", action=action
            )
        ghost_post.check(given, action)
        post = Post(self.now(), self.now())
        self._change(post, None, given, request, action)
        self.rows[post.id] = post
        return self._told(post, request)

    def edit(self, number: str, given: dict[str, Any], request: Request) -> dict[str, Any]:
        """What is given replaces what is there, unless somebody else has saved since."""
        action = "edit post"
        ghost_post.check(given, action)
        if "updated_at" not in given:
            message = "Validation failed for updated_at."
            raise GhostError("ValidationError", message, place="updated_at", action=action)
        old = self._found({"id": number}, action)
        new = copy.deepcopy(old)
        self._change(new, old, given, request, action)
        if new != old:
            if moment(given["updated_at"]) != old.updated_at:
                raise _collision(given["updated_at"], old, action)
            new.updated_at = self.now()
        self.rows[number] = new
        return self._told(new, request)

    def read(self, wanted: dict[str, str], request: Request) -> dict[str, Any]:
        """One post, by its id or its slug."""
        return self._told(self._found(wanted, "read post"), request)

    def remove(self, number: str) -> None:
        """For good."""
        del self.rows[self._found({"id": number}, "delete post").id]

    def browse(self, request: Request) -> dict[str, Any]:
        """A page of those that the filter lets through, newest first."""
        found = [each for each in self.rows.values() if _passes(each, request.asked("filter"))]
        found.sort(key=lambda each: each.published_at or each.created_at, reverse=True)
        limit = request.asked("limit") or "15"
        size = max(len(found), 1) if limit == "all" else int(limit)
        page = int(request.asked("page") or 1)
        pages = max(-(-len(found) // size), 1)
        counts = {
            "page": page,
            "limit": limit if limit == "all" else size,
            "pages": pages,
            "total": len(found),
            "next": page + 1 if page < pages else None,
            "prev": page - 1 if page > 1 else None,
        }
        shown = [self._told(each, request) for each in found[(page - 1) * size : page * size]]
        return {"posts": shown, "meta": {"pagination": counts}}

    def publish_due(self) -> None:
        """What Ghost's scheduler does."""
        for post in self.rows.values():
            if post.status == "scheduled" and post.published_at and post.published_at <= self.now():
                post.status, post.updated_at = "published", self.now()

    def _found(self, wanted: dict[str, str], action: str) -> Post:
        for post in self.rows.values():
            if all(getattr(post, name) == value for name, value in wanted.items()):
                return post
        raise GhostError("NotFoundError", "Post not found.", action=action)

    def _change(
        self, post: Post, before: Post | None, given: dict[str, Any], request: Request, action: str
    ) -> None:
        title = post.words["title"]
        post.words |= {name: given[name] for name in WORDS if name in given}
        for name in ("status", "featured", "visibility"):
            setattr(post, name, given.get(name, getattr(post, name)))
        if "published_at" in given:
            post.published_at = moment(given["published_at"])
        if request.asked("source") == "html" and given.get("html"):
            post.html, post.lexical = given["html"], ghost_post.source_of(given["html"])
        elif "lexical" in given:
            post.lexical = given["lexical"]
        if "tags" in given:
            post.tags = [self._tag(each) for each in given["tags"] or []]
        ghost_post.schedule(post, before, self.now(), action)
        self._name(post, before, title, given)

    def _name(
        self, post: Post, before: Post | None, title: str | None, given: dict[str, Any]
    ) -> None:
        """A slug of its own; that of a draft follows its title until somebody writes one."""
        wished = given.get("slug") or post.slug
        follows = title is not None and slug_of(title) == post.slug and post.published_at is None
        if post.status == "draft" and follows and post.words["title"] != title:
            wished = post.words["title"]
        if before is not None and wished == before.slug:
            return
        wished = slug_of(wished or post.words["title"] or "")
        others = {each.slug for each in self.rows.values() if each.id != post.id}
        found, number = wished, 2
        while found in others:
            found, number = f"{wished}-{number}", number + 1
        post.words["slug"] = found

    def _tag(self, given: Any) -> Tag:
        """The tag of that id, slug or name, made if there is none."""
        said = {"name": given} if isinstance(given, str) else given
        for tag in self.tags:
            same_name = tag.name.lower() == str(said.get("name", "")).lower()
            if same_name or tag.id == said.get("id") or tag.slug == said.get("slug"):
                return tag
        name = str(said.get("name") or said.get("slug"))
        hashed = f"hash-{slug_of(name)}" if name.startswith("#") else slug_of(name)
        self.tags.append(Tag(name, str(said.get("slug") or hashed)))
        return self.tags[-1]

    def _told(self, post: Post, request: Request) -> dict[str, Any]:
        told = ghost_post.told(post, self._address, request.listed("formats"))
        fields = request.listed("fields")
        return {name: told[name] for name in told if not fields or name in fields}


def _collision(said: Any, old: Post, action: str) -> GhostError:
    server = ghost_post.written(old.updated_at)
    return GhostError(
        "UpdateCollisionError",
        "Saving failed! Someone else is editing this post.",
        code="UPDATE_COLLISION",
        details={"clientUpdatedAt": said, "serverUpdatedAt": server},
        action=action,
    )


def _passes(post: Post, asked: str | None) -> bool:
    """Whether a post is what an NQL filter of `name:value` joined by `+` asks for."""
    for found in ONE.finditer(asked or ""):
        name, value = found["name"], found["value"]
        allowed = [word.strip(" '") for word in value.strip("[]").split(",")]
        if value.startswith("'"):
            allowed = [re.sub(r"\\(.)", r"\1", value[1:-1])]
        if name in ("tag", "tags", "tags.slug"):
            has = [tag.slug for tag in post.tags]
        elif name in WORDS or name in ("id", "uuid", "status", "visibility"):
            has = [post.words[name] or "" if name in WORDS else getattr(post, name)]
        else:
            message = f"Cannot filter by {name}"
            raise GhostError("BadRequestError", message, action="list posts")
        if not set(has) & set(allowed):
            return False
    return True
