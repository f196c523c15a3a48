"""One fuzzing process: `python -m benchmarks.fuzz.worker KIND FOUND libfuzzer-arguments…`.

Coverage of the loaders and of the Python libraries below them guides it. Inputs that need much
memory or break a promise are written to the folder FOUND, beside what libFuzzer writes there.
"""

import hashlib
import logging
import resource
import sys
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["marketer_desktop.knowledge", "docx", "bs4", "markdown_it"]
):
    from benchmarks.fuzz.promises import broken_promise
    from marketer_desktop.knowledge import parser_child
    from marketer_desktop.knowledge.loaders import html, markdown, pdf, text, word  # noqa: F401

from benchmarks.fuzz.mutations import mutated

GROWTH = 150 * 1024  # kilobytes by which one input may raise the peak and not be looked at

found = Path(sys.argv[2])
_place = found / f"input.{sys.argv[1]}"
_peak = 0


def one_input(data: bytes) -> None:
    """Read `data` as the parser child would, after which only a death of this process is left."""
    global _peak
    _place.write_bytes(data)
    reply = parser_child.read(_place)
    if broken_promise(reply):
        keep("promise", data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if peak > _peak + GROWTH and _peak:
        keep("growth", data)
    _peak = max(_peak, peak)


def keep(why: str, data: bytes) -> None:
    """Keep an input for the real parser."""
    (found / f"{why}-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)


def mutator(data: bytes, most: int, seed: int) -> bytes:
    """As libFuzzer calls it."""
    return mutated(bytes(data), most, seed, lambda part, size: bytes(atheris.Mutate(part, size)))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    atheris.Setup([sys.argv[0], *sys.argv[3:]], one_input, custom_mutator=mutator)
    atheris.Fuzz()
