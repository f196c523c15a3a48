"""`python -m benchmarks.wordpress`: publishing to a real WordPress, and our stand-in beside it."""

import argparse
import asyncio
import sys

import marketer_desktop.__main__  # noqa: F401 - sets the environment before the libraries load
from benchmarks.publishing.parts import a_database, some_parts
from benchmarks.wordpress import record
from benchmarks.wordpress.answers import Answer, asked, differences
from benchmarks.wordpress.packages import Missing
from benchmarks.wordpress.questions import QUESTIONS
from benchmarks.wordpress.sides import our_side, real_side
from benchmarks.wordpress.site import WordPressSite, wordpress_site
from benchmarks.wordpress.walk import walked
from marketer_desktop.observability.logs import log
from tests.fakes.wordpress_server import WordPressServer


def compared(site: WordPressSite) -> tuple[dict[str, Answer], dict[str, list[str]]]:
    """The real answers, and for each question where ours are not the same."""
    with real_side(site) as side:
        real = asked(side, QUESTIONS)
    with WordPressServer() as server, our_side(server) as side:
        ours = asked(side, QUESTIONS)
    return real, {name: differences(real[name], ours[name]) for name in real}


def table(real: dict[str, Answer], found: dict[str, list[str]]) -> str:
    """A line for each question: what WordPress answered, and whether our stand-in says the same."""
    lines = ["| question | status | code | keys | ours |", "|---|---|---|---|---|"]
    for name, answer in real.items():
        same = "other" if found[name] else "the same"
        keys = f"{len(answer.keys)} keys" if len(answer.keys) > 8 else " ".join(answer.keys)
        lines.append(f"| {name} | {answer.status} | {answer.code} | {keys} | {same} |")
    return "\n".join(lines) + "\n"


async def _walked(site: WordPressSite) -> list[tuple[str, str, bool]]:
    with a_database() as (folder, url):
        async with some_parts(folder / "data", url) as parts:
            return await walked(parts, site)


def main() -> int:
    """Print what was answered and what was published; 1 if anything is not as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="keep the answers for the tests")
    is_recording = parser.parse_args().record
    log.disabled = True  # refusals are what this is about
    try:
        with wordpress_site() as site:
            real, found = compared(site)
            if is_recording:
                record.write(site.version, real)
            sys.stdout.write(f"WordPress {site.version}\n\n{table(real, found)}\n")
            site.empty()
            steps = asyncio.run(_walked(site))
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    other = _told_differences(found)
    wrong = _told_steps(steps)
    return 1 if other or wrong else 0


def _told_differences(found: dict[str, list[str]]) -> int:
    for name, places in found.items():
        for each in places:
            sys.stdout.write(f"{name}: {each}\n")
    other = sum(bool(places) for places in found.values())
    sys.stdout.write(f"{len(found)} questions, {other} answered otherwise by our stand-in\n\n")
    return other


def _told_steps(steps: list[tuple[str, str, bool]]) -> int:
    for name, said, is_right in steps:
        sys.stdout.write(f"{'ok ' if is_right else 'NOT'} {name}: {said}\n")
    wrong = sum(not is_right for _, _, is_right in steps)
    sys.stdout.write(f"{len(steps)} things looked at after publishing, {wrong} of them wrong\n")
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
