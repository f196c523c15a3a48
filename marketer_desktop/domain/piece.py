"""A piece of content as the workflow builds it: sections of paragraphs of sentences."""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, Field

from marketer_desktop.domain.links import visible
from marketer_desktop.domain.words import count_words


class Source(BaseModel):
    """A numbered passage of a document; `start` and `end` are offsets in its full text."""

    n: int
    document_id: int
    document: str
    page: int | None
    start: int
    end: int
    text: str
    heading: str = ""


class Fact(BaseModel):
    """One sentence of a source, with the heading it stands under in the document.

    `place` orders the facts of one document.
    """

    source: int
    text: str
    heading: str = ""
    place: int = 0


class Sentence(BaseModel):
    """One sentence and where it comes from; `source` numbers the passage that supports it.

    A link in it is written as in Markdown.
    """

    text: str
    origin: Literal["model", "source"] = "model"
    source: int | None = None

    @property
    def marked(self) -> str:
        """The sentence with its citation mark, which stands before the closing full stop."""
        if self.source is None:
            return self.text
        body, end = (self.text[:-1], self.text[-1]) if self.text[-1:] in ".!?" else (self.text, "")
        return f"{body}[{self.source}]{end}"


class Section(BaseModel):
    """A heading (empty for the introduction) of a level from 1 to 6, and its paragraphs."""

    heading: str = ""
    level: int = 2
    paragraphs: list[list[Sentence]] = Field(default_factory=list)

    @property
    def word_count(self) -> int:
        """Words of heading and body."""
        return count_words(self.heading) + sum(
            count_words(visible(s.text)) for s in self.sentences()
        )

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order."""
        for paragraph in self.paragraphs:
            yield from paragraph


class Piece(BaseModel):
    """The whole text, before it is rendered for its platform.

    `title` is the main heading, the title in search results and the subject of a mail; `preview`
    is what a mailbox shows beside the subject; `slug` and `description` are the page's entry in
    search results. `variants` are the posts that lead to a long form, by platform: linkedin,
    twitter, thread, email.
    """

    title: str
    sections: list[Section]
    hashtags: list[str] = Field(default_factory=list)
    description: str = ""
    slug: str = ""
    subheadline: str = ""
    call_to_action: str = ""
    preview: str = ""
    variants: dict[str, str] = Field(default_factory=dict)

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order."""
        for section in self.sections:
            yield from section.sentences()

    def cited(self) -> set[int]:
        """The numbers of the sources that the text cites."""
        return {s.source for s in self.sentences() if s.source is not None}
