"""Where links lead, and what they are called."""

import re
from collections.abc import Sequence
from urllib.parse import urldefrag

from marketer_desktop.domain.scoring.keyphrase_forms import phrase_words, unaccented
from marketer_desktop.domain.scoring.paper import Link
from marketer_desktop.domain.scoring.seo.subject import Subject, verdict
from marketer_desktop.domain.scoring.verdict import Position, ScoredCheck

COMPETING, OUTBOUND, INTERNAL = "textCompetingLinks", "externalLinks", "internalLinks"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//([^/?#]+)", re.IGNORECASE)


def check_competing_links(subject: Subject) -> ScoredCheck:
    """No link to elsewhere is called exactly what this text wants to be found by."""
    competing = [link for link in subject.paper.text.links if _competes(subject, link)]
    if not competing:
        return verdict(COMPETING, 8, "No link uses the keyphrase as its text.")
    message = "The text of a link is the keyphrase: it competes with this page. Change its text."
    return verdict(COMPETING, 2, message, map(_position, competing))


def check_outbound_links(subject: Subject) -> ScoredCheck:
    """At least one link leads elsewhere, and may be followed."""
    links = [link for link in subject.paper.text.links if _leads(subject, link) == OUTBOUND]
    return _followed(OUTBOUND, "outbound", "Link to a source that helps the reader.", links)


def check_internal_links(subject: Subject) -> ScoredCheck:
    """At least one link leads to another page of the same site, and may be followed."""
    links = [link for link in subject.paper.text.links if _leads(subject, link) == INTERNAL]
    return _followed(INTERNAL, "internal", "Link to another page of your site.", links)


def _followed(check: str, name: str, advice: str, links: Sequence[Link]) -> ScoredCheck:
    if not links:
        return verdict(check, 3, f"There are no {name} links. {advice}")
    unfollowed = [link for link in links if not link.followed]
    if not unfollowed:
        return verdict(check, 9, f"There are {name} links.")
    score = 7 if len(unfollowed) == len(links) else 8
    message = f"Search engines are told not to follow {len(unfollowed)} of the {name} links."
    return verdict(check, score, message, map(_position, unfollowed))


def _leads(subject: Subject, link: Link) -> str:
    address = link.address.strip()
    host = _host(address)
    if host:
        return INTERNAL if host == _host(subject.paper.permalink.strip()) else OUTBOUND
    other = address.startswith("#") or (
        _SCHEME.match(address) and not address.lower().startswith("http")
    )
    return "" if other else INTERNAL


def _host(address: str) -> str:
    found = _HOST.match(address)
    return found[1].lower() if found else ""


def _competes(subject: Subject, link: Link) -> bool:
    if link.address.startswith("#") or not subject.keyphrase.length or _leads_here(subject, link):
        return False
    words = phrase_words(link.text)
    content = [word for word in words if word not in subject.function_words] or words
    if subject.keyphrase.exact:
        rest = [word for word in content if word not in subject.keyphrase.words]
        return bool(subject.keyphrase.uses(link.text)) and not rest
    wanted = set(subject.keyphrase.words)
    return wanted == set(content) or set(map(unaccented, wanted)) == set(content)


def _leads_here(subject: Subject, link: Link) -> bool:
    here = urldefrag(subject.paper.permalink.strip())[0] if subject.paper.permalink else ""
    return bool(here) and link.address.split("#")[0] == here


def _position(link: Link) -> Position:
    return Position(start=link.start, end=link.end, text=link.text)
