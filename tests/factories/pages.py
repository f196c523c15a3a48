"""What a person sees of a page: its title, its problem, and its form, filled in and sent."""

from dataclasses import dataclass

import httpx
from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True)
class Seen:
    """A page as it came."""

    answer: httpx.Response
    soup: BeautifulSoup

    @property
    def title(self) -> str:
        """Its heading."""
        assert self.soup.h1 is not None
        return self.soup.h1.get_text()

    @property
    def text(self) -> str:
        """All that is read."""
        assert self.soup.main is not None
        return self.soup.main.get_text(" ", strip=True)

    @property
    def problem(self) -> str:
        """What went wrong, as screen readers are told at once."""
        told = self.soup.select_one("[role=alert]")
        return told.get_text() if told is not None else ""

    @property
    def fields(self) -> dict[str, str]:
        """The form's fields with what is in them."""
        return {str(each["name"]): str(each.get("value", "")) for each in self.soup.select("input")}

    def field(self, name: str) -> Tag:
        """One of its inputs."""
        found = self.soup.select_one(f"input[name={name}]")
        assert found is not None
        return found


def seen(answer: httpx.Response) -> Seen:
    """The page in an answer."""
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return Seen(answer, BeautifulSoup(answer.text, "html.parser"))


async def sent(
    client: httpx.AsyncClient, page: Seen, url: str | httpx.URL, **filled: str
) -> httpx.Response:
    """The answer to the form of a page, with these fields filled in."""
    return await client.post(url, data={**page.fields, **filled}, follow_redirects=False)
