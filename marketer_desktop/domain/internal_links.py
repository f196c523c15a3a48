"""Links from a text to other pages of the same site, where its own words name them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel

from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.titles import content_words
from marketer_desktop.domain.words import count_words

WORDS_PER_LINK = 150
MOST = 5
LONGEST_ANCHOR = 8  # words
LEAST_COVERAGE = 0.5  # of the title's words
COMMON_SHARE = 0.2  # a word in more titles than this says nothing about a page,
COMMON_FROM = 20  # where there are this many pages or more
LONE_WORD = 5  # letters that the only word of a title must have

# Titles of pages that every site has; no sentence means them when it uses the word.
_EVERYWHERE = frozenset(
    """
    about blog cart checkout contact cookies faq help home homepage imprint index legal login more
    news overview page pages privacy search sitemap start support terms welcome
    """.split()
)
_RUN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*(?: [^\W_]+(?:[-'’][^\W_]+)*)*")
_TAKEN = re.compile(r"\[[^\]]*\](?:\([^)]*\))?")


class SitePage(BaseModel):
    """A page of one's own site."""

    url: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class _Anchor:
    """Words of a sentence that a link may show."""

    start: int
    end: int
    stems: frozenset[str]


@dataclass(frozen=True)
class _Link:
    """Words of one sentence that name a page; a better one comes first."""

    score: float
    position: int
    start: int
    end: int
    url: str

    @property
    def rank(self) -> tuple[float, int, int, int, str]:
        return (-self.score, self.position, self.start, self.end, self.url)


def with_internal_links(piece: Piece, pages: Sequence[SitePage], keyphrase: str = "") -> Piece:
    """The same words with up to one link in 150 of them, five at most.

    A page is linked once, a sentence holds one link, and none shows the keyphrase, which would
    send readers and search engines elsewhere for what this very page is about.
    """
    sentences = list(piece.sentences())
    room = min(MOST, sum(count_words(visible(s.text)) for s in sentences) // WORDS_PER_LINK)
    found = _found(sentences, _other_pages(pages, piece.slug), keyphrase) if room else []
    chosen: dict[int, _Link] = {}
    for link in sorted(found, key=lambda link: link.rank):
        fresh = link.position not in chosen and link.url not in {c.url for c in chosen.values()}
        if fresh and len(chosen) < room:
            chosen[link.position] = link
    linked = {id(sentences[at]): _written(sentences[at], link) for at, link in chosen.items()}
    return piece.model_copy(
        update={"sections": [_with(section, linked) for section in piece.sections]}
    )


def stems(text: str) -> list[str]:
    """The content words of `text`, singular where English simply adds an s."""
    return [_stem(word) for word in content_words(text)]


def _stem(word: str) -> str:
    plain = re.sub(r"'s?$", "", word)
    if len(plain) > 4 and plain.endswith("ies"):
        return f"{plain[:-3]}y"
    plural = len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is"))
    return plain[:-1] if plural else plain


def _other_pages(pages: Iterable[SitePage], slug: str) -> list[SitePage]:
    """All pages but the text's own."""
    return [page for page in pages if not slug or _last_part(page.url) != slug]


def _last_part(url: str) -> str:
    return unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].rsplit(".", 1)[0]


def _found(sentences: list[Sentence], pages: list[SitePage], keyphrase: str) -> list[_Link]:
    """Every place where words of a sentence name a page."""
    titles = _titles(pages)
    by_stem: dict[str, list[str]] = defaultdict(list)
    for url, title in titles.items():
        for stem in title:
            by_stem[stem].append(url)
    unwanted = frozenset(stems(keyphrase))
    found: list[_Link] = []
    for position, sentence in enumerate(sentences):
        said = frozenset(stems(visible(sentence.text)))
        near = dict.fromkeys(url for stem in sorted(said) for url in by_stem.get(stem, ()))
        named = [url for url in near if _names(said, titles[url])]
        anchors = _anchors(sentence.text) if named else []
        anchors = [anchor for anchor in anchors if not (unwanted and unwanted <= anchor.stems)]
        found += [link for url in named for link in _links(position, anchors, url, titles[url])]
    return found


def _titles(pages: list[SitePage]) -> Mapping[str, frozenset[str]]:
    """What each page is about; words that many titles share, as a brand's name, do not count."""
    all_stems = {page.url: frozenset(stems(page.title)) for page in pages}
    shared = Counter(stem for title in all_stems.values() for stem in title)
    limit = len(pages) * COMMON_SHARE if len(pages) >= COMMON_FROM else len(pages) + 1
    told = {u: frozenset(s for s in t if shared[s] <= limit) for u, t in all_stems.items()}
    return {url: title for url, title in told.items() if _telling(title)}


def _telling(title: frozenset[str]) -> bool:
    if len(title) == 1:
        (only,) = title
        return len(only) >= LONE_WORD and only not in _EVERYWHERE and not only.isdigit()
    return bool(title - _EVERYWHERE)


def _names(said: frozenset[str], title: frozenset[str]) -> bool:
    """Whether enough of a title is said: at least half of it, and no single word of several."""
    named = len(said & title)
    return named >= min(2, len(title)) and named >= LEAST_COVERAGE * len(title)


def _links(
    position: int, anchors: Iterable[_Anchor], url: str, title: frozenset[str]
) -> Iterator[_Link]:
    """Anchors that name the page with its own words and no others."""
    for anchor in anchors:
        if anchor.stems <= title and _names(anchor.stems, title):
            score = len(anchor.stems) / len(title)
            yield _Link(score, position, anchor.start, anchor.end, url)


def _anchors(text: str) -> list[_Anchor]:
    """Runs of up to eight words with nothing but spaces between, that begin and end tellingly."""
    taken = [found.span() for found in _TAKEN.finditer(text)]
    anchors: list[_Anchor] = []
    for stretch in _RUN.finditer(text):
        spans = [(w.start(), w.end()) for w in re.finditer(r"\S+", text[: stretch.end()])]
        spans = [span for span in spans if span[0] >= stretch.start()]
        for first, (start, _) in enumerate(spans):
            for _, end in spans[first : first + LONGEST_ANCHOR]:
                free = not any(start < stop and begin < end for begin, stop in taken)
                if free and _telling_ends(text[start:end]):
                    anchors.append(_Anchor(start, end, frozenset(stems(text[start:end]))))
    return anchors


def _telling_ends(anchor: str) -> bool:
    said = anchor.split()
    return bool(content_words(said[0])) and bool(content_words(said[-1]))


def _written(sentence: Sentence, link: _Link) -> Sentence:
    before, anchor = sentence.text[: link.start], sentence.text[link.start : link.end]
    # Round brackets would end the address too early.
    url = link.url.replace("(", "%28").replace(")", "%29")
    text = f"{before}[{anchor}]({url}){sentence.text[link.end :]}"
    return sentence.model_copy(update={"text": text})


def _with(section: Section, linked: Mapping[int, Sentence]) -> Section:
    paragraphs = [[linked.get(id(s), s) for s in paragraph] for paragraph in section.paragraphs]
    return section.model_copy(update={"paragraphs": paragraphs})
