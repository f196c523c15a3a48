"""Papers for the scorer: a text with a keyphrase and the rest, with and without each fault."""

import random
import re
from collections import Counter
from html import escape, unescape

from benchmarks.scorer_corpus import Document
from marketer_desktop.domain.scoring.pixel_width import pixel_width

WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’+#.-]*[A-Za-z0-9+#]|[A-Za-z]")
COMMON = frozenset(
    "the a an of to and or in on for with is are be this that it as by from if not you your can "
    "will when how which at has have was use using all any no new".split()
)
LEADING = ("The ", "How to ", "What is ", "Your ", "10 ", "A guide: ", "Why we love ", "All about ")
ENDING = (" explained", ": a guide", " for beginners", " | Docs", ", step by step", " in practice")
HOSTS = ("https://example.com/blog/post", "https://github.com/some/page", "")


def papers(documents: list[Document], seed: int = 4) -> list[dict]:
    """One paper for each document; the same ones on every run."""
    return [_paper(document, random.Random(f"{seed} {document.id}")) for document in documents]


def _paper(document: Document, chance: random.Random) -> dict:
    keyphrase = _keyphrase(document.html, chance)
    title = _title(keyphrase, chance)
    return {
        "id": document.id,
        "html": _faulty(document.html, keyphrase, chance),
        "keyphrase": keyphrase,
        "title": title,
        "titleWidth": round(pixel_width(title)),
        "description": _description(keyphrase, chance),
        "slug": _slug(keyphrase, chance),
        "permalink": chance.choice(HOSTS),
    }


def _words(html: str) -> list[str]:
    text = re.sub(r"<(pre|code|script|style)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
    return WORD.findall(unescape(text))


def _keyphrase(html: str, chance: random.Random) -> str:
    """Words that follow one another in the text, mostly frequent ones; now and then odd ones."""
    words = _words(html) or ["word"]
    odd = chance.random()
    if odd < 0.05:
        return chance.choice(("how to", "the best", "what is this", "such as these"))
    if odd < 0.12:
        return " ".join(chance.sample(("zebra", "harvest", "kettle", "violin", "meadow"), 2))
    size = chance.choice((1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 9))
    runs = Counter(
        " ".join(run).lower()
        for at in range(max(1, len(words) - size + 1))
        if (run := words[at : at + size]) and not {run[0].lower(), run[-1].lower()} & COMMON
    )
    phrase = chance.choice([run for run, _ in runs.most_common(6)] or [words[0]])
    if odd > 0.9:
        return f'"{phrase}"'
    if odd > 0.8:
        return phrase.title()
    if odd > 0.7 and size > 1:
        return " ".join(chance.sample(phrase.split(), len(phrase.split())))
    return phrase


def _title(keyphrase: str, chance: random.Random) -> str:
    phrase, odd = keyphrase.strip('"'), chance.random()
    if odd < 0.08:
        return ""
    if odd < 0.2:
        return chance.choice(("Something else altogether", phrase.split()[0] + " and more"))
    if odd < 0.3:
        return " ".join(reversed(phrase.split())).capitalize() + chance.choice(ENDING)
    filler = " and everything else that you need to know about it" * (odd > 0.85)
    lead = chance.choice(LEADING) if odd < 0.65 else ""
    return lead + phrase[:1].upper() + phrase[1:] + chance.choice(ENDING) + filler


def _description(keyphrase: str, chance: random.Random) -> str:
    if chance.random() < 0.1:
        return ""
    uses = chance.choice((0, 1, 1, 2, 3))
    phrase = keyphrase.strip('"')
    told = [f"Learn what {phrase} does for you."] * uses
    told.append("Plain words, short examples and the traps to know of, in one place for readers.")
    text = " ".join(told)
    wanted = chance.choice((60, 110, 130, 140, 150, 156, 157, 200))
    return (text + " More of it every week, with care." * 4)[:wanted].strip()


def _slug(keyphrase: str, chance: random.Random) -> str:
    words = re.findall(r"[a-z0-9]+", keyphrase.lower())
    odd = chance.random()
    if odd < 0.08 or not words:
        return ""
    if odd < 0.2:
        return "another-page"
    if odd < 0.4:
        words = words[: max(1, len(words) // 2)]
    return "-".join([*words, *(["guide"] if odd > 0.8 else [])])


def _faulty(html: str, keyphrase: str, chance: random.Random) -> str:
    phrase = escape(keyphrase.strip('"'))
    added = {
        f"<p>{phrase.capitalize()} is what this text is about.</p>": 0.25,
        "<h1>One more title</h1>": 0.1,
    }
    after = {
        f'<p>See <a href="/other">{phrase}</a>.</p>': 0.12,
        '<p>Also <a rel="nofollow" href="https://elsewhere.org/x">elsewhere</a>.</p>': 0.15,
        '<p>Read <a rel="nofollow noopener" href="/inside">this</a>.</p>': 0.1,
        f'<p><img src="a.png" alt="{phrase}"></p>': 0.2,
        '<p><img src="b.png" alt="A picture"></p>' * 6: 0.1,
        f"<h2>About {phrase}</h2><p>So it is. It is what it is.</p>": 0.25,
        f"<p>{phrase.capitalize()} again.</p>" * chance.choice((1, 3, 12)): 0.15,
        "<h2>The end</h2>": 0.1,
    }
    before = "".join(part for part, share in added.items() if chance.random() < share)
    return before + html + "".join(part for part, share in after.items() if chance.random() < share)
