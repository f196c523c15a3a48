"""The engine's bench in small: its arithmetic, and that its parts measure."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from benchmarks.engine import extraction, raw_replay, runs, vectors
from benchmarks.engine.calls import (
    Call,
    RecordingChat,
    ReplayingChat,
    covered,
    decoding,
    joined,
    most_at_once,
    outside,
)
from benchmarks.engine.figures import Figure, percentile, table
from benchmarks.engine.real_run import Run
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.llm.starter import StarterServer
from tests.fakes.scripted_chat_model import ScriptedChatModel


def call(began: float, *heard: float) -> Call:
    return Call([HumanMessage("?")], {}, began, list(heard), heard[-1])


def session(real: list[Call], raw: list[Call]) -> runs.Session:
    run = Run(100.0, real, {"writing": real})
    again = [{"writing": raw}]
    return runs.Session([run], again, again, [3.0, 1.5, 2.0], [2.0, 0.9, 1.2], {})


def test_spans_are_joined_and_cut() -> None:
    assert joined([]) == []
    overlapping = [(5.0, 6.0), (0.0, 2.0), (1.0, 3.0), (1.0, 2.0)]
    assert joined(overlapping) == [(0, 3), (5, 6)] and covered(overlapping) == 4
    assert outside([(0, 3), (5, 9)], [(1, 2), (6, 7), (8, 10)]) == [(0, 1), (2, 3), (5, 6), (7, 8)]
    assert most_at_once([(0, 2), (1, 3), (1, 2), (2, 4)]) == 3


def test_decoding_leaves_out_what_a_prompt_pays_for() -> None:
    alone = [call(0, 10, 11, 12), call(0, 10, 11.5, 13), call(0, 9)]
    assert decoding(alone) == (4, 3)
    beside_a_prompt = [call(0, 1, 2, 3, 6, 7), call(3, 6, 8)]
    assert decoding(beside_a_prompt) == (2 + 1 + 1, 2 + 2)


def test_decoding_is_held_against_the_bare_server_step_by_step() -> None:
    slow, fast = call(0, 1, *range(2, 12)), call(0, 1, *range(2, 7), 7, 7, 7)
    (step, whole, crowded) = runs.decode(session([slow], [fast]))
    assert step.name.startswith("decoding, writing") and whole.name.startswith("decoding, whole")
    assert crowded.limit is None and crowded.value == whole.value
    assert step.value == whole.value == pytest.approx((10 / 10) / (8 / 6))
    assert not step.met
    assert all(figure.met for figure in runs.decode(session([fast], [fast])))


@pytest.mark.parametrize(("full", "under_way_at"), [(False, [1, 1, 2]), (True, [1, 2, 1])])
async def test_raw_has_as_many_calls_in_flight_as_there_were(
    monkeypatch: pytest.MonkeyPatch, full: bool, under_way_at: list[int]
) -> None:
    """One call alone, then two together."""
    under_way, seen = 0, []  # how many were under way when each began, itself among them

    async def answered(client: object, asked: Call) -> Call:
        nonlocal under_way
        under_way += 1
        seen.append(under_way)
        for _ in range(5):
            await asyncio.sleep(0)
        under_way -= 1
        return asked

    monkeypatch.setattr(raw_replay, "_asked", answered)
    calls = [call(0, 1, 3), call(3, 4, 6), call(3, 4, 6)]
    server = StarterServer(Path("nowhere"))
    server.address = "http://127.0.0.1:1"
    assert await raw_replay.replay(server, calls, full=full) == calls
    assert seen == under_way_at


def test_own_work_is_a_share_of_the_real_run() -> None:
    whole, embedding, rest = runs.overhead(session([], []))
    assert whole.value == pytest.approx(0.015) and not whole.met
    assert embedding.value == pytest.approx(0.009) and embedding.met
    assert rest.value == pytest.approx(0.006) and rest.met


def test_a_missed_limit_is_said_in_the_table() -> None:
    figures = [
        Figure("one", "2 s", "1 s", 2.0, "≤", 1.3),
        Figure("two", "1 s", "1 s", 1.0, "≥", 0.9),
        Figure("three", "5 MB", "–", 5.0),
    ]
    assert [figure.met for figure in figures] == [False, True, True]
    lines = table(figures).splitlines()
    assert lines[2] == "| one | 2 s | 1 s | 2 | ≤ 1.3 **missed** |"
    assert lines[3:] == ["| two | 1 s | 1 s | 1 | ≥ 0.9 |", "| three | 5 MB | – | 5 | – |"]
    assert percentile([float(n) for n in range(101)], 95) == 95


async def test_a_recorded_call_is_replayed_as_it_came() -> None:
    calls: list[Call] = []
    chat = RecordingChat(inner=ScriptedChatModel(about="coffee"), calls=calls)
    said = [chunk.text async for chunk in chat.bind(seed=1).astream([HumanMessage("Count")])]
    again = ReplayingChat(answers={call.key: call for call in calls})
    heard = [chunk.text async for chunk in again.bind(seed=1).astream([HumanMessage("Count")])]
    assert len(said) > 5 and heard == said
    moments = [calls[0].began, *calls[0].heard, calls[0].ended]
    assert moments == sorted(moments) and len(calls[0].heard) == sum(map(bool, said))
    with pytest.raises(LookupError, match="did not make"):
        [chunk async for chunk in again.bind(seed=2).astream([HumanMessage("Count")])]


SMALL = vectors.Scale(
    chunks=300, elsewhere=50, per_document=50, paragraphs=40, questions=8, rounds=1
)


def test_a_search_is_measured_and_its_recall_is_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    p95, p50, project, everywhere = vectors.measure(SMALL, tmp_path, lambda text: None)
    assert p95.value > 0 and p50.value > 0
    assert project.value > 0.95 and everywhere.value > 0.95
    # Made once: a second measurement finds it, and an index that answers wrongly is noticed.
    found = VectorIndex.query

    async def misled(self: VectorIndex, vector: list[float], *words: Any) -> Any:
        return await found(self, [-number for number in vector], *words)

    monkeypatch.setattr(VectorIndex, "query", misled)
    monkeypatch.setattr(vectors, "_make", None)
    assert vectors.measure(SMALL, tmp_path, lambda text: None)[2].value < 0.1


def test_extraction_is_measured_for_both_kinds(tmp_path: Path) -> None:
    scale = extraction.Scale([2], rounds=1, pages_in_all=4)
    assert (scale.rounds_of(1), scale.rounds_of(2), scale.rounds_of(50)) == (4, 2, 1)
    figures = extraction.measure(scale, tmp_path, lambda text: None)
    assert [(figure.name, figure.limit) for figure in figures] == [
        ("extraction, PDF of 2 pages", extraction.LIMIT),
        ("extraction, PDF of 2 pages, beside pypdf", None),
        ("extraction, Word of 2 pages", extraction.LIMIT),
    ]
    assert all(figure.value > 0 for figure in figures)
