"""Servers and workers on one database and one Chroma: some are killed, the others end in order."""

import os
from pathlib import Path

import pytest

from benchmarks.team.processes import Team
from benchmarks.team.proof import prove
from benchmarks.team.uploads import long_text, prove_upload
from tests.factories.chroma import chroma_server
from tests.fakes.ollama_server import OllamaServer

PARAGRAPHS = 150  # the vectors of which take about a second
PATIENCE = 120.0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
async def test_who_is_killed_is_replaced_and_the_others_end_in_order(
    migrated_url: str, tmp_path: Path
) -> None:
    with (
        chroma_server(tmp_path / "chroma") as chroma,
        OllamaServer(token_seconds=0.02) as ollama,
        Team(tmp_path, migrated_url, chroma, ollama.address) as team,
    ):
        for _ in range(2):
            team.start("api")
        assert await prove_upload(team, chroma, long_text(PARAGRAPHS), PATIENCE) == []
        team.start("worker")
        outcome = await prove(team, migrated_url, 3, ["worker"], 1, 1.0, PATIENCE)
        assert outcome.complaints == []
        assert outcome.kills == {"api": 0, "worker": 1}
        assert [m.end() for m in team.members if m.process.poll() is None] == [0, 0]
        own = sorted(p.name for p in (tmp_path / "data").iterdir() if p.is_dir())
        assert {"server-1", "server-2", "worker-1", "worker-2"} <= set(own)
