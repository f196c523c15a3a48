"""Our scorer beside its oracle, on documentation that it was not tuned on.

`python -m benchmarks.scorer` prints the agreement of every check on the held-out texts and ends
with 1 if a limit is missed or the oracle is missing; `--tuning` looks at the other texts, and
`--differences CHECK` shows where one check differs.
"""

import argparse
import statistics
import sys
import time
from collections import Counter

from benchmarks.scorer_corpus import documents
from benchmarks.scorer_oracle import NoOracle, answers, installed
from benchmarks.scorer_papers import papers
from marketer_desktop.domain.scoring.paper import Paper
from marketer_desktop.domain.scoring.score import score
from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.publishing.paper_text import html_text, markdown_text

LEAST_TEXTS = 300
STRUCTURE, PROSE, TOTALS = 0.98, 0.95, 0.95
OF_PROSE = {"passiveVoice", "textTransitionWords", "textSentenceLength", "sentenceBeginnings"}
NEAR = 3
FLESCH_ERROR = 2.0
WORDS, MILLISECONDS, ROUNDS = 1500, 50.0, 200


def ours(paper: dict) -> Score:
    return score(
        Paper(
            text=html_text(paper["html"]),
            keyphrase=paper["keyphrase"],
            title=paper["title"],
            title_width=paper["titleWidth"],
            description=paper["description"],
            slug=paper["slug"],
            permalink=paper["permalink"],
        )
    )


def agreement(mine: list[Score], theirs: list[dict]) -> dict[str, list[bool]]:
    """For each check, whether both say the same of each paper; to leave it out is to say so."""
    own = [{check.id: check.score for check in one.checks} for one in mine]
    other = [{name: one["score"] for name, one in answer["checks"].items()} for answer in theirs]
    names = sorted({name for scores in (*own, *other) for name in scores})
    return {
        name: [a.get(name) == b.get(name) for a, b in zip(own, other, strict=True)]
        for name in names
    }


def line(name: str, value: float, limit: float, note: str, *, most: bool = False) -> bool:
    good = value <= limit if most else value >= limit
    sign = "≤" if most else "≥"
    print(f"{name:<26}{value:>9.3f}  {sign} {limit:<6} {'ok' if good else 'MISSED':<7}{note}")
    return good


def table(mine: list[Score], theirs: list[dict]) -> bool:
    good = True
    for name, agreed in agreement(mine, theirs).items():
        share = sum(agreed) / len(agreed)
        note = f"{agreed.count(False)} of {len(agreed)} differ"
        good &= line(name, share, PROSE if name in OF_PROSE else STRUCTURE, note)
    pairs = list(zip(mine, theirs, strict=True))
    for group in ("seo", "readability"):
        # The oracle's totals may be negative; ours begin at 0.
        near = [abs(getattr(own, group) - max(0, other[group])) <= NEAR for own, other in pairs]
        note = f"within ±{NEAR}, {near.count(False)} of {len(near)} differ"
        good &= line(f"{group} total", sum(near) / len(near), TOTALS, note)
    scored = [(own.flesch, o["flesch"]["score"]) for own, o in pairs if o["flesch"]["score"] >= 0]
    errors = [abs(own - other) for own, other in scored]
    note = f"mean absolute error, {len(errors)} texts"
    good &= line("flesch", statistics.mean(errors), FLESCH_ERROR, note, most=True)
    return good


def fast_enough() -> bool:
    """The 95th percentile for one text, parsing and all, as a share of the limit.

    In processor time, which is what the clock says on a machine that does nothing else.
    """
    sentence = "However, the small team of painters was asked to plan its long week with care. "
    text = "".join(
        f"## Painting the house, part {n}\n\n{sentence * 5}\n\n{sentence * 5}\n\n"
        for n in range(WORDS // 150)
    )
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        score(Paper(text=markdown_text(text), keyphrase="small painters", title="Small painters"))
        times.append((time.process_time() - began) * 1000)
    slowest = statistics.quantiles(times, n=20)[-1]
    note = f"{slowest:.1f} ms for {len(text.split())} words, of {MILLISECONDS:.0f} ms"
    return line("p95 time / limit", slowest / MILLISECONDS, 1.0, note, most=True)


def differences(check: str, given: list[dict], mine: list[Score]) -> None:
    explained = answers(given, explain=True)
    for paper, own, other in zip(given, mine, explained, strict=True):
        verdicts = {one.id: one for one in own.checks}
        said = other["checks"].get(check, {}).get("score")
        one = verdicts.get(check)
        if (one.score if one else None) != said:
            print(f"{paper['id']} [{paper['keyphrase']}]\n  oracle {said}: "
                  f"{other['texts'].get(check)}\n  ours {one.score if one else None}: "
                  f"{one.message if one else ''}")  # fmt: skip


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tuning", action="store_true")
    asked.add_argument("--differences", default="")
    options = asked.parse_args()
    installed()
    fast = fast_enough()  # before the memory is full of texts
    group = "tuning" if options.tuning else "held-out"
    chosen = [document for document in documents() if document.group == group]
    given = papers(chosen)
    mine = [ours(paper) for paper in given]
    if options.differences:
        differences(options.differences, given, mine)
        return 0
    packages = Counter(document.package for document in chosen)
    print(f"{len(chosen)} {group} texts from {len(packages)} packages")
    good = table(mine, answers(given)) & fast
    if not options.tuning and len(chosen) < LEAST_TEXTS:
        print(f"Only {len(chosen)} texts: {LEAST_TEXTS} are needed.")
        good = False
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoOracle as error:
        sys.exit(f"NOT PROVED: {error}")
