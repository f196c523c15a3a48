"""What sites answer that looks like something else is said as what it is."""

from collections.abc import Iterator

import pytest

from marketer_desktop.services.parts import Parts
from tests.factories.contents import add_content
from tests.factories.publishing import ARTICLE, add_site, put_image, sent
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.web_site import Trouble, html_page, json_response
from tests.fakes.wordpress_server import WordPressServer


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    with keyring_in_use(MemoryKeyring()):
        yield


@pytest.fixture
def wordpress() -> Iterator[WordPressServer]:
    with WordPressServer() as site:
        yield site


@pytest.fixture
async def blog(parts: Parts, wordpress: WordPressServer) -> int:
    more = {"account": "admin", "secret": wordpress.password}
    return (await add_site(parts, "wordpress", wordpress.address, **more)).id


async def test_an_image_that_wordpress_refuses_is_no_breakdown(
    parts: Parts, wordpress: WordPressServer, blog: int
) -> None:
    text = await add_content(parts, ARTICLE)
    put_image(parts, text)
    said = "Sorry, you are not allowed to upload this file type."
    body = {"code": "rest_upload_sideload_error", "message": said, "data": {"status": 500}}
    refused = Trouble("instead", "POST", "/media", json_response(body, 500))
    wordpress.misbehave(refused)
    told = await sent(parts, text, blog)
    assert (told.state, told.cause) == ("failed", "answer")
    assert said in told.problem


async def test_a_page_where_a_list_should_be_is_said(
    parts: Parts, wordpress: WordPressServer, blog: int
) -> None:
    text = await add_content(parts, ARTICLE)
    wordpress.misbehave(Trouble("instead", "GET", "/posts", html_page("Are you human?")))
    told = await sent(parts, text, blog)
    assert (told.state, told.cause) == ("failed", "address")
    assert "no WordPress" in told.problem
