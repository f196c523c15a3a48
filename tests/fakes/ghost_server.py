"""A Ghost for tests: true to its Admin API (version 5), and ill on demand.

`with GhostServer() as site: ... site.address, site.key`. The official client talks to it in
`make proof-ghost`.
"""

import re
import secrets
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from tests.fakes import ghost_token
from tests.fakes.ghost_errors import GhostError
from tests.fakes.ghost_posts import Posts
from tests.fakes.web_site import Request, Response, WebSite, html_page, json_response

API = "/ghost/api/admin/"
IMAGES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
}
VERSION = "5.130"


class GhostServer(WebSite):
    """A site whose owner has made an integration with `key`; `images` has what was uploaded.

    Without `is_ghost` every address is a page for people.
    """

    def __init__(self) -> None:
        super().__init__()
        self.key = f"{secrets.token_hex(12)}:{secrets.token_hex(32)}"
        self.title = "Harbour Coffee"
        self.is_ghost = True
        self.posts = Posts(self.address)
        self.images: dict[str, bytes] = {}

    def respond(self, request: Request) -> Response:
        """What Ghost answers, in JSON below its API and in pages elsewhere."""
        self.posts.publish_due()
        if not self.is_ghost or not request.path.startswith(API):
            return self._page(request)
        headers = {"Content-Version": f"v{VERSION}", "X-Powered-By": "Express"}
        try:
            body, status = self._carry_out(request.path.removeprefix(API).strip("/"), request)
        except GhostError as error:
            return json_response(error.body, error.status, headers)
        if status == 204:
            return Response(204, b"", headers)
        return json_response(body, status, headers)

    def _page(self, request: Request) -> Response:
        name = request.path.strip("/")
        if not self.is_ghost or not name:
            return html_page(self.title, "<h1>Welcome</h1>")
        for post in self.posts.rows.values():
            if post.status == "published" and post.slug == name:
                return html_page(post.words["title"] or "", post.html or "")
        return html_page("404", "<h1>Page not found</h1>", status=404)

    def _carry_out(self, route: str, request: Request) -> tuple[Any, int]:
        if route == "site" and request.method == "GET":
            return self._site(), 200
        ghost_token.check(request.headers.get("Authorization"), self.key)
        found = re.fullmatch(r"posts(?:/slug/(?P<slug>[^/]+)|/(?P<id>[0-9a-f]{24}))?", route)
        if found:
            wanted = {name: value for name, value in found.groupdict().items() if value}
            return self._posts(wanted, request)
        if route == "images/upload" and request.method == "POST":
            return self._upload(request), 201
        raise GhostError("NotFoundError", "Resource not found")

    def _site(self) -> dict[str, Any]:
        return {
            "site": {
                "title": self.title,
                "description": "Thoughts, stories and ideas",
                "logo": None,
                "icon": None,
                "accent_color": "#FF1A75",
                "locale": "en",
                "url": f"{self.address}/",
                "version": VERSION,
            }
        }

    def _posts(self, wanted: dict[str, str], request: Request) -> tuple[Any, int]:
        match request.method, bool(wanted):
            case "GET", False:
                return self.posts.browse(request), 200
            case "GET", True:
                return {"posts": [self.posts.read(wanted, request)]}, 200
            case "POST", False:
                return {"posts": [self.posts.add(_first(request, "save post"), request)]}, 201
            case "PUT", True if "id" in wanted:
                given = _first(request, "edit post")
                return {"posts": [self.posts.edit(wanted["id"], given, request)]}, 200
            case "DELETE", True if "id" in wanted:
                self.posts.remove(wanted["id"])
                return None, 204
        raise GhostError("NotFoundError", "Resource not found")

    def _upload(self, request: Request) -> dict[str, Any]:
        parts = request.parts()
        if "file" not in parts:
            raise GhostError("ValidationError", "Please select an image.")
        name = PurePosixPath(parts["file"].get_filename() or "")
        body = bytes(parts["file"].get_payload(decode=True) or b"")
        if parts["file"].get_content_type() != IMAGES.get(name.suffix.lower()):
            raise GhostError("UnsupportedMediaTypeError", "Please select a valid image.")
        folder = f"{self.address}/content/images/{datetime.now(UTC):%Y/%m}"
        url, number = f"{folder}/{name.name}", 1
        while url in self.images:
            url, number = f"{folder}/{name.stem}-{number}{name.suffix}", number + 1
        self.images[url] = body
        ref = parts["ref"].get_payload() if "ref" in parts else None
        return {"images": [{"url": url, "ref": ref}]}


def _first(request: Request, action: str) -> dict[str, Any]:
    """The one post that a request carries."""
    try:
        posts = request.json["posts"]
    except (ValueError, KeyError, TypeError):
        message = "No root key ('posts') provided."
        raise GhostError("BadRequestError", message, action=action) from None
    if len(posts) != 1 or not isinstance(posts[0], dict):
        raise GhostError("ValidationError", "Validation failed for posts.", action=action)
    return dict(posts[0])
