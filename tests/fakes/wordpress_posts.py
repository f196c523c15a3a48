"""The route `wp/v2/posts` of the WordPress stand-in."""

import math
from collections.abc import Callable
from typing import Any

from tests.fakes.web_site import Request
from tests.fakes.wordpress_accounts import User
from tests.fakes.wordpress_facts import Facts, forbidden
from tests.fakes.wordpress_post import UNWRITTEN, Post, apply, link, read_arguments, settle, told
from tests.fakes.wordpress_rest import STATUSES, Refusal, between, invalid, one_of, slug_of, unique
from tests.fakes.wordpress_terms import Terms

HIDDEN = ("trash", "auto-draft")
LISTABLE = (*STATUSES, *HIDDEN, "inherit", "any")


class Posts:
    """All posts by their id; `is_image` knows which ids are pictures of the media library."""

    def __init__(self, facts: Facts, terms: dict[str, Terms], is_image: Callable[[int], bool]):
        self.rows: dict[int, Post] = {}
        self._facts = facts
        self._terms = terms
        self._is_image = is_image

    def create(self, user: User | None, given: dict[str, Any]) -> dict[str, Any]:
        """A new one, told to its author."""
        read = read_arguments(given, self._facts)
        if user is None or not user.may("edit_posts"):
            message = "Sorry, you are not allowed to create posts as this user."
            raise forbidden(user, "rest_cannot_create", message)
        if given.get("id"):
            raise Refusal(400, "rest_post_exists", "Cannot create existing post.")
        self._check_status(user, read)
        now = self._facts.now()
        post = Post(0, user.id, now, now)
        apply(post, read, now)
        if post.is_empty:
            raise Refusal(400, "empty_content", "Content, title, and excerpt are empty.")
        post.id, post.modified = self._facts.next_id(), post.date
        self.rows[post.id] = post
        self._finish(post, read)
        post.guid = link(post, self._facts)
        return self._told(post, "edit")

    def update(self, user: User | None, number: int, given: dict[str, Any]) -> dict[str, Any]:
        """What is given replaces what is there; the rest stays."""
        read = read_arguments(given, self._facts)
        post = self._found(number)
        if not self._may_edit(user, post):
            message = "Sorry, you are not allowed to edit this post."
            raise forbidden(user, "rest_cannot_edit", message)
        self._check_status(user, read)
        apply(post, read, self._facts.now())
        self._finish(post, read)
        return self._told(post, "edit")

    def read(self, user: User | None, number: int, context: str) -> dict[str, Any]:
        """One post."""
        post = self._found(number)
        if context == "edit" and not self._may_edit(user, post):
            message = "Sorry, you are not allowed to edit this post."
            raise forbidden(user, "rest_forbidden_context", message)
        if not self._may_read(user, post):
            raise forbidden(user, "rest_forbidden", "Sorry, you are not allowed to do that.")
        return self._told(post, context)

    def delete(self, user: User | None, number: int, force: bool) -> dict[str, Any]:
        """Into the bin, or for good."""
        post = self._found(number)
        if not self._may_edit(user, post):
            message = "Sorry, you are not allowed to delete this post."
            raise forbidden(user, "rest_cannot_delete", message)
        if force:
            del self.rows[number]
            return {"deleted": True, "previous": self._told(post, "edit")}
        if post.status == "trash":
            message = "The post has already been deleted."
            raise Refusal(410, "rest_already_trashed", message)
        post.status, post.slug = "trash", f"{post.slug}__trashed"
        return self._told(post, "edit")

    def browse(
        self, user: User | None, request: Request, context: str
    ) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """A page of what is asked for, newest first, and the headers that count it."""
        wanted = self._statuses(user, request.listed("status") or ["publish"])
        size = between("per_page", request.asked("per_page") or "10", 1, 100)
        page = int(request.asked("page") or 1)
        if context == "edit" and not (user and user.may("edit_posts")):
            message = "Sorry, you are not allowed to edit posts in this post type."
            raise forbidden(user, "rest_forbidden_context", message)
        found = [each for each in self._newest() if self._matches(each, request, wanted)]
        pages = math.ceil(len(found) / size)
        if page > max(pages, 1):
            message = "The page number requested is larger than the number of pages available."
            raise Refusal(400, "rest_post_invalid_page_number", message)
        may = self._may_edit if context == "edit" else self._may_read
        shown = [each for each in found[(page - 1) * size : page * size] if may(user, each)]
        heads = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        return [self._told(each, context) for each in shown], heads

    def publish_due(self) -> None:
        """What the site's own clock does: scheduled posts appear at their time."""
        for post in self.rows.values():
            if post.status == "future" and post.date <= self._facts.now():
                settle(post, self._facts.now())

    def _newest(self) -> list[Post]:
        return sorted(self.rows.values(), key=lambda each: (each.date, each.id), reverse=True)

    def _found(self, number: int) -> Post:
        if number not in self.rows:
            raise Refusal(404, "rest_post_invalid_id", "Invalid post ID.")
        return self.rows[number]

    def _statuses(self, user: User | None, asked: list[str]) -> set[str]:
        wanted: set[str] = set()
        for place, status in enumerate(asked):
            one_of(f"status[{place}]", status, LISTABLE)
            needed = "read_private_posts" if status == "private" else "edit_posts"
            if status != "publish" and not (user and user.may(needed)):
                data = {"status": 401 if user is None else 403}
                raise invalid("status", "rest_forbidden_status", "Status is forbidden.", data)
            wanted |= set(STATUSES) if status == "any" else {status}
        return wanted

    def _matches(self, post: Post, request: Request, statuses: set[str]) -> bool:
        slugs = request.listed("slug")
        words = (request.asked("search") or "").lower().split()
        text = f"{post.title} {post.excerpt} {post.content}".lower()
        terms = {"categories": post.categories, "tags": post.tags}
        return (
            post.status in statuses
            and (not slugs or post.slug in slugs)
            and all(word in text for word in words)
            and all(
                not request.listed(name) or {str(each) for each in has} & {*request.listed(name)}
                for name, has in terms.items()
            )
        )

    def _check_status(self, user: User | None, read: dict[str, Any]) -> None:
        assert user is not None
        status = read.get("status", "draft")
        if status in ("publish", "future", "private") and not user.may("publish_posts"):
            act = "create private posts" if status == "private" else "publish posts"
            message = f"Sorry, you are not allowed to {act} in this post type."
            raise forbidden(user, "rest_cannot_publish", message)

    def _may_edit(self, user: User | None, post: Post) -> bool:
        if user is None or not user.may("edit_posts"):
            return False
        if post.author != user.id and not user.may("edit_others_posts"):
            return False
        is_open = post.status in ("publish", "future", "private")
        return not is_open or user.may("edit_published_posts")

    def _may_read(self, user: User | None, post: Post) -> bool:
        return post.status == "publish" or self._may_edit(user, post)

    def _finish(self, post: Post, read: dict[str, Any]) -> None:
        """What WordPress does once the row is there: its slug, its terms, its picture."""
        if "slug" in read or not post.slug:
            wished = read.get("slug", "")
            if post.status not in UNWRITTEN:
                wished = wished or slug_of(post.title) or str(post.id)
            post.slug = self._unique(wished, post) if wished else ""
        for name, terms in self._terms.items():
            if name in read:
                setattr(post, name, [each for each in read[name] if each in terms.rows])
        if "categories" not in read and not post.categories:
            post.categories = [1]
        picture = read.get("featured_media", post.featured_media)
        post.featured_media = picture if self._is_image(picture) else 0

    def _unique(self, slug: str, post: Post) -> str:
        others = {each.slug for each in self.rows.values() if each.id != post.id}
        return unique(slug, others.__contains__)

    def _told(self, post: Post, context: str) -> dict[str, Any]:
        generated = self._unique(slug_of(post.title) or str(post.id), post)
        return told(post, self._facts, context, generated)
