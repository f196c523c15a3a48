"""The routes `wp/v2/categories` and `wp/v2/tags` of the WordPress stand-in."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.web_site import Request
from tests.fakes.wordpress_accounts import User
from tests.fakes.wordpress_facts import Facts, forbidden
from tests.fakes.wordpress_rest import Refusal, between, slug_of, unique


@dataclass
class Term:
    """A category or a tag; its name is kept as HTML, as WordPress keeps it."""

    id: int
    name: str
    slug: str
    parent: int = 0


@dataclass
class TermIds:
    """Categories and tags share their ids."""

    last: int = 0

    def next_id(self) -> int:
        """The id of the next one."""
        self.last += 1
        return self.last


class Terms:
    """One taxonomy: `category`, whose terms may have parents, or `post_tag`.

    `count` says how many published posts have a term.
    """

    def __init__(self, facts: Facts, ids: TermIds, taxonomy: str) -> None:
        self.rows: dict[int, Term] = {}
        self._facts = facts
        self._ids = ids
        self._taxonomy = taxonomy
        self._is_tree = taxonomy == "category"
        self.count: Callable[[int], int] = lambda number: 0

    def add(self, name: str, slug: str = "", parent: int = 0) -> Term:
        """A term, as somebody makes it in WordPress itself."""
        slugs = {each.slug for each in self.rows.values()}
        slug = unique(slug_of(slug or name), slugs.__contains__)
        term = Term(self._ids.next_id(), html.escape(name, quote=False), slug, parent)
        self.rows[term.id] = term
        return term

    def create(self, user: User | None, given: dict[str, Any]) -> dict[str, Any]:
        """A new one; a name that is there is refused with the id of the one that has it."""
        if "name" not in given:
            raise Refusal(
                400, "rest_missing_callback_param", "Missing parameter(s): name", params=["name"]
            )
        needed = "manage_categories" if self._is_tree else "edit_posts"
        if user is None or not user.may(needed):
            message = "Sorry, you are not allowed to create terms in this taxonomy."
            raise forbidden(user, "rest_cannot_create", message)
        name, parent = str(given["name"]).strip(), int(given.get("parent") or 0)
        if not name:
            message = "A name is required for this term."
            raise Refusal(500, "empty_term_name", message)
        self._refuse_twin(name, str(given.get("slug") or ""), parent)
        return self._told(self.add(name, str(given.get("slug") or ""), parent))

    def _refuse_twin(self, name: str, slug: str, parent: int) -> None:
        for term in self.rows.values():
            same_name = html.unescape(term.name).casefold() == name.casefold()
            # A slug of one's own makes a second term of that name, unless that is taken as well.
            same_slug = not slug or slug_of(slug) == term.slug
            if same_name and same_slug and (term.parent == parent or not self._is_tree):
                where = "with this parent" if self._is_tree else "in this taxonomy"
                message = f"A term with the name provided already exists {where}."
                refusal = Refusal(400, "term_exists", message, term_id=term.id)
                refusal.body |= {"additional_data": [term.id, term.id]}
                raise refusal

    def read(self, number: int) -> dict[str, Any]:
        """One term."""
        if number not in self.rows:
            raise Refusal(404, "rest_term_invalid", "Term does not exist.")
        return self._told(self.rows[number])

    def browse(self, request: Request) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """A page of what is asked for by name, and the headers that count it."""
        size = between("per_page", request.asked("per_page") or "10", 1, 100)
        page = int(request.asked("page") or 1)
        word, slugs = (request.asked("search") or "").lower(), request.listed("slug")
        found = [
            each
            for each in sorted(self.rows.values(), key=lambda each: each.name.lower())
            if word in f"{html.unescape(each.name)} {each.slug}".lower()
            and (not slugs or each.slug in slugs)
        ]
        pages = -(-len(found) // size)
        heads = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}
        return [self._told(each) for each in found[(page - 1) * size : page * size]], heads

    def _path(self, term: Term) -> str:
        """The slug below those of its parents."""
        above = self.rows.get(term.parent)
        return f"{self._path(above)}/{term.slug}" if above else term.slug

    def _told(self, term: Term) -> dict[str, Any]:
        folder = "category" if self._is_tree else "tag"
        query = f"?cat={term.id}" if self._is_tree else f"?tag={term.slug}"
        path = f"{folder}/{self._path(term)}/" if self._facts.is_pretty else query
        seen: dict[str, Any] = {
            "id": term.id,
            "count": self.count(term.id),
            "description": "",
            "link": f"{self._facts.address}/{path}",
            "name": term.name,
            "slug": term.slug,
            "taxonomy": self._taxonomy,
            "meta": [],
        }
        return seen | ({"parent": term.parent} if self._is_tree else {})
