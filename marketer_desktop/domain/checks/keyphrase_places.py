"""The keyphrase where search engines and readers look first."""

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Section
from marketer_desktop.domain.titles import content_words, says_keyphrase, slug
from marketer_desktop.domain.words import contains_phrase, folded

LEAST_SHARE, MOST_SHARE = 0.30, 0.75


def introduction(kind: ContentType, piece: Piece) -> list[str]:
    """The first paragraph; on a web page also the sub-headline above it."""
    first = next((p for section in piece.sections for p in section.paragraphs if p), [])
    opening = visible(" ".join(sentence.text for sentence in first))
    return [piece.subheadline, opening] if kind is ContentType.WEBPAGE else [opening]


def subheadings(piece: Piece) -> list[Section]:
    """The sections whose heading is a subheading, of the second or third level."""
    return [section for section in piece.sections if section.heading and section.level in (2, 3)]


def heading_share(piece: Piece, keyphrase: str) -> tuple[int, int]:
    """How many subheadings contain `keyphrase`, of how many."""
    headings = [section.heading for section in subheadings(piece)]
    return sum(contains_phrase(heading, keyphrase) for heading in headings), len(headings)


def share_fits(having: int, total: int) -> bool:
    """Whether 30 to 75 percent of the subheadings have it."""
    return total == 0 or LEAST_SHARE <= having / total <= MOST_SHARE


def _check(check_id: str, subject: Subject, problem: str, praise: str) -> Check:
    """Hard if the brief names a keyphrase; one derived from the topic binds nobody."""
    return verdict(check_id, problem, praise, hard=bool(subject.brief.keywords))


def check_keyphrase_in_title(subject: Subject) -> Check:
    """In the title, word for word; a derived keyphrase only with its words."""
    phrase, title = subject.keyphrase, subject.piece.title
    fits = (
        contains_phrase(title, phrase) if subject.brief.keywords else says_keyphrase(title, phrase)
    )
    problem = "" if fits else f"The title lacks “{phrase}”: work it in, best at the beginning."
    return _check("keyphrase_in_title", subject, problem, "The title has the keyphrase.")


def check_keyphrase_in_introduction(subject: Subject) -> Check:
    """In the first paragraph, all its words in one sentence."""
    phrase = subject.keyphrase
    fits = any(says_keyphrase(text, phrase) for text in introduction(subject.kind, subject.piece))
    problem = f"The first paragraph lacks “{phrase}”: say there what the text is about."
    return _check(
        "keyphrase_in_introduction",
        subject,
        "" if fits else problem,
        "The introduction has the keyphrase.",
    )


def check_keyphrase_in_description(subject: Subject) -> Check:
    """In the meta description."""
    phrase = subject.keyphrase
    fits = says_keyphrase(subject.piece.description, phrase)
    problem = "" if fits else f"The meta description lacks “{phrase}”: work it in."
    praise = "The meta description has the keyphrase."
    return _check("keyphrase_in_description", subject, problem, praise)


def slug_words(keyphrase: str) -> list[str]:
    """The words of the keyphrase that an address can have; none if it has other letters only."""
    plain = slug(keyphrase)
    return [] if plain == "piece" and "piece" not in folded(keyphrase) else plain.split("-")


def check_keyphrase_in_slug(subject: Subject) -> Check:
    """All of its words that an address can have; small words may be left out."""
    meant = [word for word in slug_words(subject.keyphrase) if content_words(word)]
    missing = [word for word in meant if word not in subject.piece.slug.split("-")]
    problem = f"The slug lacks “{' '.join(missing)}”: put it in." if missing else ""
    return _check("keyphrase_in_slug", subject, problem, "The slug is made of the keyphrase.")


def check_keyphrase_in_subheadings(subject: Subject) -> Check:
    """In 30 to 75 percent of the subheadings."""
    having, total = heading_share(subject.piece, subject.keyphrase)
    said = f"{having} of {total} subheadings have “{subject.keyphrase}”"
    problem = ""
    if not share_fits(having, total):
        few = having / total < LEAST_SHARE
        mend = "work it into more of them" if few else "leave it out of some"
        problem = f"{said}: {mend}, 30 to 75 percent are right."
    return _check("keyphrase_in_subheadings", subject, problem, f"{said}.")
