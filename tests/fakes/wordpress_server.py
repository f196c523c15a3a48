"""A WordPress for tests: true to its REST API `wp/v2`, and ill on demand.

`with WordPressServer() as site: ... site.address`. `make proof-wordpress` puts the same questions
to this and to a real WordPress and compares the answers field by field.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.fakes.web_site import Request, Response, WebSite, html_page, json_response
from tests.fakes.wordpress_accounts import User, me, signed_in
from tests.fakes.wordpress_facts import Facts
from tests.fakes.wordpress_media import Media
from tests.fakes.wordpress_posts import Posts
from tests.fakes.wordpress_rest import Refusal, one_of, only
from tests.fakes.wordpress_terms import TermIds, Terms

NAMESPACES = ["oembed/1.0", "wp/v2", "wp-site-health/v1", "wp-block-editor/v1"]
CONTEXTS = ("view", "embed", "edit")
ITEM = re.compile(r"/wp/v2/(posts|media|categories|tags)(?:/(\d+))?")


class WordPressServer(WebSite):
    """A site with an administrator `admin`, an author, a contributor and a subscriber.

    What a test may set: `facts` (clock, zone, permalinks, registered meta keys);
    `strips_authorization`, as some web servers do; `offers_passwords`, which WordPress does over
    HTTPS only; `names_wrong_passwords`, as older ones do; `is_wordpress`, without which
    every address is a page for people.
    """

    def __init__(self, facts: Facts | None = None) -> None:
        super().__init__()
        self.facts = facts or Facts()
        self.facts.address = self.address
        roles = ("administrator", "author", "contributor", "subscriber")
        names = ("admin", *roles[1:])
        self.users = {
            name: User(number, name, role)
            for number, (name, role) in enumerate(zip(names, roles, strict=True), start=1)
        }
        self.strips_authorization = False
        self.offers_passwords = True
        self.names_wrong_passwords = False
        self.is_wordpress = True
        ids = TermIds()
        self.terms = {
            "categories": Terms(self.facts, ids, "category"),
            "tags": Terms(self.facts, ids, "post_tag"),
        }
        self.terms["categories"].add("Uncategorized")
        self.media = Media(self.facts)
        self.posts = Posts(self.facts, self.terms, self.media.is_image)
        for name, terms in self.terms.items():
            terms.count = self._counter(name)

    @property
    def password(self) -> str:
        """The administrator's application password."""
        return self.users["admin"].password

    def respond(self, request: Request) -> Response:
        """What WordPress answers, in JSON below its API and in pages elsewhere."""
        if not self.is_wordpress:
            return html_page("A site", "<h1>Welcome</h1>")
        self.posts.publish_due()
        route = self._route(request)
        if route is None:
            return self._page(request)
        try:
            body, status, headers = self._carry_out(route, request)
        except Refusal as refusal:
            return json_response(refusal.body, refusal.status)
        return json_response(only(body, request.listed("_fields")), status, headers)

    def _counter(self, name: str) -> Callable[[int], int]:
        def count(number: int) -> int:
            posts = self.posts.rows.values()
            return sum(number in getattr(each, name) for each in posts if each.status == "publish")

        return count

    def _route(self, request: Request) -> str | None:
        """The route below the API, if the address is one of it."""
        if (asked := request.asked("rest_route")) is not None:
            return "/" + asked.strip("/")
        if self.facts.is_pretty and re.match(r"/wp-json(/|$)", request.path):
            return "/" + request.path.removeprefix("/wp-json").strip("/")
        return None

    def _page(self, request: Request) -> Response:
        """The home page or a post, with the address of the API in its head."""
        api = "/wp-json/" if self.facts.is_pretty else "/index.php?rest_route=/"
        link = f'<{self.address}{api}>; rel="https://api.w.org/"'
        if request.path == "/" and not request.query:
            return html_page(self.facts.name, Link=link)
        for post in self.posts.rows.values():
            paths = (f"/{post.slug}", f"/?p={post.id}")
            asked = f"/?p={request.asked('p')}" if request.asked("p") else request.path
            if post.status == "publish" and asked.rstrip("/") in paths:
                return html_page(post.title, post.content, Link=link)
        return html_page("Page not found", "<h1>Nothing here</h1>", status=404)

    def _carry_out(self, route: str, request: Request) -> tuple[Any, int, dict[str, str]]:
        has_password = self.offers_passwords and not self.strips_authorization
        user = signed_in(request, self.users, self.names_wrong_passwords) if has_password else None
        if route == "/":
            return self._index(), 200, {}
        method = request.method
        context = one_of("context", request.asked("context") or "view", CONTEXTS)
        if route == "/wp/v2/users/me" and method == "GET":
            return me(user, context, self.address), 200, {}
        matched = ITEM.fullmatch(route)
        number = int(matched[2] or 0) if matched else 0
        if matched is None or (method == "DELETE" and not number):
            raise _no_route()
        if method == "GET":
            return self._read(matched[1], number, user, request, context)
        return self._write(matched[1], number, user, request)

    def _read(
        self, kind: str, number: int, user: User | None, request: Request, context: str
    ) -> tuple[Any, int, dict[str, str]]:
        if kind == "posts":
            if number:
                return self.posts.read(user, number, context), 200, {}
            found, headers = self.posts.browse(user, request, context)
            return found, 200, headers
        if kind == "media":
            if number:
                return self.media.told(self.media.found(number), context), 200, {}
            pictures, headers = self.media.browse(request, context)
            return pictures, 200, headers
        terms = self.terms[kind]
        if number:
            return terms.read(number), 200, {}
        listed, headers = terms.browse(request)
        return listed, 200, headers

    def _write(
        self, kind: str, number: int, user: User | None, request: Request
    ) -> tuple[Any, int, dict[str, str]]:
        if kind == "media" and not number:
            return self._created(kind, self.media.upload(user, request))
        given = _arguments(request)
        if request.method == "DELETE":
            if kind != "posts":
                raise _no_route()
            force = str(given.get("force", "")).lower() in ("1", "true")
            return self.posts.delete(user, number, force), 200, {}
        if number and kind == "posts":
            return self.posts.update(user, number, given), 200, {}
        if number and kind == "media":
            return self.media.update(user, number, given), 200, {}
        if number or request.method != "POST":
            raise _no_route()
        store = self.posts if kind == "posts" else self.terms[kind]
        return self._created(kind, store.create(user, given))

    def _created(self, kind: str, body: dict[str, Any]) -> tuple[Any, int, dict[str, str]]:
        api = "/wp-json" if self.facts.is_pretty else "/index.php?rest_route="
        return body, 201, {"Location": f"{self.address}{api}/wp/v2/{kind}/{body['id']}"}

    def _index(self) -> dict[str, Any]:
        """What the API says of itself; a list stands for no way to sign in, as PHP writes it."""
        page = f"{self.address}/wp-admin/authorize-application.php"
        ways: Any = {"application-passwords": {"endpoints": {"authorization": page}}}
        return {
            "name": self.facts.name,
            "description": "",
            "url": self.address,
            "home": self.address,
            "gmt_offset": str(self.facts.offset).removesuffix(".0"),
            "timezone_string": "",
            "namespaces": NAMESPACES,
            "authentication": ways if self.offers_passwords else [],
            "routes": {f"/wp/v2/{name}": {} for name in ("posts", "media", *self.terms)},
        }


def _arguments(request: Request) -> dict[str, Any]:
    given: dict[str, Any] = {name: words[-1] for name, words in request.query.items()}
    if not request.body:
        return given
    try:
        return {**given, **json.loads(request.body)}
    except ValueError:
        message = "Invalid JSON body passed."
        more = {"json_error_code": 4, "json_error_message": "Syntax error"}
        raise Refusal(400, "rest_invalid_json", message, **more) from None


def _no_route() -> Refusal:
    message = "No route was found matching the URL and request method."
    return Refusal(404, "rest_no_route", message)
