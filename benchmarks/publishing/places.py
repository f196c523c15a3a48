"""The three kinds of sites: how a target is made of each, and how often a piece is there."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from benchmarks.publishing.fates import Fate
from tests.fakes.ghost_server import GhostServer
from tests.fakes.web_site import WebSite
from tests.fakes.webhook_receiver import WebhookReceiver
from tests.fakes.wordpress_server import WordPressServer

SECRET = "only the receiver knows"  # noqa: S105 - of a server that lives for one run
SPANS = {"wordpress": 14, "ghost": 7, "webhook": 2}


@dataclass
class Place:
    """A site with its fate and what opens it."""

    kind: str
    site: WebSite
    fate: Fate
    opens: dict[str, str]

    def pieces(self) -> Counter[str]:
        """How often each title is there, in whatever state."""
        if isinstance(self.site, WordPressServer):
            return Counter(post.title for post in self.site.posts.rows.values())
        if isinstance(self.site, GhostServer):
            return Counter(str(post.words["title"]) for post in self.site.posts.rows.values())
        assert isinstance(self.site, WebhookReceiver)
        return Counter(
            f"{told['title']}{' again' * (told['order'] - 1)}" for _, told in self.site.taken
        )

    def public(self) -> set[str]:
        """The titles that everybody sees."""
        if isinstance(self.site, WordPressServer):
            rows = self.site.posts.rows.values()
            return {post.title for post in rows if post.status == "publish"}
        if isinstance(self.site, GhostServer):
            posts = self.site.posts.rows.values()
            return {str(post.words["title"]) for post in posts if post.status == "published"}
        return set(self.pieces())

    def doubled_pictures(self) -> int:
        """How many pictures lie in the library more than once; of a Ghost nobody sees them."""
        if not isinstance(self.site, WordPressServer):
            return 0
        bodies = Counter(each.body for each in self.site.media.rows.values())
        return sum(times > 1 for times in bodies.values())


@contextmanager
def places(seed: int) -> Iterator[list[Place]]:
    """A WordPress, a Ghost and a receiver of webhooks, each with a fate of its own."""
    with ExitStack() as stack:
        wordpress = stack.enter_context(WordPressServer())
        ghost = stack.enter_context(GhostServer())
        receiver = stack.enter_context(WebhookReceiver(SECRET))
        given: list[tuple[str, WebSite, dict[str, str]]] = [
            ("wordpress", wordpress, {"account": "admin", "secret": wordpress.password}),
            ("ghost", ghost, {"secret": ghost.key}),
            ("webhook", receiver, {"secret": SECRET}),
        ]
        made = []
        for kind, site, opens in given:
            fate = Fate(f"{seed} {kind}", SPANS[kind])
            site.fate = fate
            made.append(Place(kind, site, fate, opens))
        yield made
