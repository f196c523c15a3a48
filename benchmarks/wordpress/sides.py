"""The two sides that are compared: a real WordPress and our stand-in."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from benchmarks.wordpress.answers import Side
from benchmarks.wordpress.site import WordPressSite
from tests.fakes.wordpress_server import WordPressServer


@contextmanager
def real_side(site: WordPressSite) -> Iterator[Side]:
    """The real one."""

    @contextmanager
    def state(name: str) -> Iterator[str]:
        site.front.strips_authorization = name == "stripped"
        if name == "plain links":
            site.set_permalinks(pretty=False)
        site.set_plugin(on=name == "with a plugin")
        yield site.plain_address if name == "without https" else site.address
        site.front.strips_authorization = False
        if name == "plain links":
            site.set_permalinks(pretty=True)

    with httpx.Client(verify=site.trust, timeout=60, trust_env=False) as client:
        yield Side(site.address, site.passwords, client, state)


@contextmanager
def our_side(server: WordPressServer) -> Iterator[Side]:
    """Ours."""

    @contextmanager
    def state(name: str) -> Iterator[str]:
        server.strips_authorization = name == "stripped"
        server.offers_passwords = name != "without https"
        server.facts.is_pretty = name != "plain links"
        server.names_wrong_passwords = name == "with a plugin"
        yield server.address
        server.strips_authorization = server.names_wrong_passwords = False
        server.offers_passwords = server.facts.is_pretty = True

    passwords = {name: user.password for name, user in server.users.items()}
    with httpx.Client(timeout=60, trust_env=False) as client:
        yield Side(server.address, passwords, client, state)
