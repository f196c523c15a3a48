"""What is measured at real runs: decoding beside raw llama.cpp, our own work, memory."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import psutil

from benchmarks.engine.calls import Call, decoding
from benchmarks.engine.embedding_time import embedding_time
from benchmarks.engine.figures import Figure
from benchmarks.engine.raw_replay import replay
from benchmarks.engine.real_run import (
    STEP_OF_AGENT,
    Run,
    engine_with_documents,
    instant_run,
    real_run,
    take_in,
)
from marketer_desktop.llm.choice import STARTER

DECODE_LIMIT, OWN_LIMIT = 0.9, 0.01
ROUNDS, INSTANT_ROUNDS = 2, 3
MEGABYTE = 1024 * 1024


@dataclass
class Session:
    """Everything that was measured in one engine."""

    real: list[Run]
    raw: list[dict[str, list[Call]]]  # each real run's steps, made again
    full: list[dict[str, list[Call]]]  # and once more, with all places always taken
    instant: list[float]  # seconds
    embedding: list[float]  # of these, the seconds that the embedding model took
    memory: dict[str, int]  # bytes, of the engine at several moments and of its model server


async def session(tell: Callable[[str], None], rounds: int = ROUNDS) -> Session:
    """Run by run: with the starter model, then twice raw; at last with answers that are there."""
    done = Session([], [], [], [], [], {})
    async with engine_with_documents(tell) as parts:
        done.memory["started"] = _memory()
        await take_in(parts)
        tell("Starting the model")
        await (await parts.models.open(STARTER)).aclose()
        server = parts.models.starter
        for number in range(1, rounds + 1):
            tell(f"Run {number} of {rounds}")
            done.real.append(await real_run(parts))
            tell("… and its calls at the bare server")
            steps = done.real[-1].steps
            for again, full in ((done.raw, False), (done.full, True)):
                again.append({s: await replay(server, c, full=full) for s, c in steps.items()})
        done.memory["after runs"] = _memory()
        done.memory["model server"] = _memory(_starter_child())
        tell("The same run with answers that are there at once")
        for _ in range(INSTANT_ROUNDS):
            with embedding_time() as spent:
                done.instant.append(await instant_run(parts, done.real[-1]))
            done.embedding.append(spent.seconds)
    return done


def _memory(process: int | None = None) -> int:
    return int(psutil.Process(process).memory_info().rss)


def _starter_child() -> int:
    children = psutil.Process().children(recursive=True)
    living = (child for child in children if child.status() != psutil.STATUS_ZOMBIE)
    return next(child.pid for child in living if "starter" in child.cmdline())


def decode(done: Session) -> list[Figure]:
    """For each step with more than one token: tokens a second of decoding, beside raw.

    Raw has as many calls in flight as there were; it is told, too, what it reaches with the
    places always taken, which the order of a text's parts does not allow.
    """
    figures = []
    for step in dict.fromkeys(STEP_OF_AGENT.values()):
        ours = [call for run in done.real for call in run.steps.get(step, [])]
        if decoding(ours)[0]:
            raw = [call for steps in done.raw for call in steps.get(step, [])]
            figures.append(_rate(f"decoding, {step} ({len(ours)} calls)", ours, raw))
    every = [call for run in done.real for call in run.calls]
    name = f"decoding, whole run ({len(every)} calls)"
    figures.append(_rate(name, every, _all(done.raw)))
    crowded = _rate(f"{name}, beside raw with all places taken", every, _all(done.full))
    return [*figures, replace(crowded, limit=None)]


def _all(runs: Sequence[dict[str, list[Call]]]) -> list[Call]:
    return [call for steps in runs for calls in steps.values() for call in calls]


def _rate(name: str, ours: Sequence[Call], raw: Sequence[Call]) -> Figure:
    us, them = (tokens / seconds for tokens, seconds in (decoding(ours), decoding(raw)))
    return Figure(name, f"{us:.1f} tokens/s", f"{them:.1f} tokens/s", us / them, "≥", DECODE_LIMIT)


def overhead(done: Session) -> list[Figure]:
    """The share of a real run that is not the language model's."""
    real = statistics.median(run.seconds for run in done.real)
    best = min(range(len(done.instant)), key=lambda number: done.instant[number])
    whole, embedding = done.instant[best], done.embedding[best]
    rest = whole - embedding
    beside = f"{real:.1f} s"
    return [
        Figure("own work of a run", f"{whole:.2f} s", beside, whole / real, "≤", OWN_LIMIT),
        Figure("… of it the embedding model", f"{embedding:.2f} s", beside, embedding / real),
        Figure("… and everything else", f"{rest:.2f} s", beside, rest / real, "≤", OWN_LIMIT),
    ]


def memory(done: Session) -> list[Figure]:
    """Megabytes of resident memory."""
    limits = {"started": None, "after runs": 500.0, "model server": None}
    return [
        Figure(
            f"memory, {name}", f"{used / MEGABYTE:.0f} MB", "–", used / MEGABYTE, "≤", limits[name]
        )
        for name, used in done.memory.items()
    ]
