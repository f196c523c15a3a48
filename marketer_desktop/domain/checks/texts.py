"""Every text of a piece with the name of its place, for checks that look at all of them."""

from collections.abc import Callable, Iterable, Iterator

from marketer_desktop.domain.checks.check import Check, Subject, places, verdict
from marketer_desktop.domain.piece import Piece

Find = Callable[[str], str | None]


def texts(piece: Piece) -> Iterator[tuple[str, str]]:
    """Where it stands and what it says: entry, calls, headings, sentences, tags and variants."""
    yield "title", piece.title
    yield "sub-headline", piece.subheadline
    yield "call to action", piece.call_to_action
    yield "meta description", piece.description
    yield "preview text", piece.preview
    for number, section in enumerate(piece.sections, 1):
        yield "heading", section.heading
        place = f"section “{section.heading}”" if section.heading else f"section {number}"
        for sentence in section.sentences():
            yield place, sentence.text
    yield "hashtags", " ".join(piece.hashtags)
    for name, text in piece.variants.items():
        yield f"{name} variant", text


def found_in(items: Iterable[tuple[str, str]], find: Find) -> list[tuple[str, str]]:
    """The places where `find` finds something, and what."""
    return [(place, hit) for place, text in items if (hit := find(text))]


def absent(check_id: str, subject: Subject, find: Find, wrong: str, praise: str) -> Check:
    """A check that nothing of a kind stands anywhere; `wrong` says of what it finds how to mend."""
    found = found_in([*texts(subject.piece), ("text", subject.text)], find)
    if not found:
        return verdict(check_id, "", praise)
    place, hit = found[0]
    more = f" ({len(found)} places.)" if len(found) > 1 else ""
    positions = places(subject.body, dict.fromkeys(hit for _, hit in found))
    return verdict(check_id, f"In the {place}: “{hit}”. {wrong}{more}", "", positions=positions)
