"""The doctor: every part with version, place, state, and what to do when it is not well."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from marketer_desktop import __version__
from marketer_desktop.llm.starter_child import model_file
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.migration import current_and_head
from marketer_desktop.system.secrets import keyring_state

ENOUGH_BYTES = 1_000_000_000
SERVER_CONNECTIONS = 100

State = Literal["ok", "off", "warning", "error"]


class PartReport(BaseModel):
    """One part; `advice` is empty when there is nothing to do."""

    name: str
    version: str
    place: str
    state: State
    advice: str = ""


class Diagnosis(BaseModel):
    """All parts; `healthy` when none is in error."""

    healthy: bool
    parts: list[PartReport]


class Diagnose(Call[Diagnosis]):
    """Look at every part."""


async def diagnose(call: Diagnose, parts: Parts, emit: Emit) -> Diagnosis:
    """Ask each part; one that fails to answer becomes an error with its message."""
    asked: dict[str, Callable[[Parts], Awaitable[PartReport]]] = {
        "database": _database,
        "schema": _schema,
        "queue": _queue,
        "chroma": _chroma,
        "embeddings": _embeddings,
        "starter model": _starter,
        "ollama": _ollama,
        "chosen model": _model,
        "keyring": _keyring,
    }
    found = [application(), data_folder(parts.data_dir)]
    found += [await _asked(name, ask, parts) for name, ask in asked.items()]
    return Diagnosis(healthy=all(part.state != "error" for part in found), parts=found)


async def _asked(
    name: str, ask: Callable[[Parts], Awaitable[PartReport]], parts: Parts
) -> PartReport:
    try:
        return await ask(parts)
    except Exception as error:  # the doctor must name every part, whatever ails one of them
        return PartReport(
            name=name, version="", place="", state="error", advice=str(error) or repr(error)
        )


def diagnosis_without_engine(folder: Path, problem: str) -> Diagnosis:
    """What can be said when the engine did not start because of `problem`."""
    engine = PartReport(
        name="engine", version=__version__, place=str(folder), state="error", advice=problem
    )
    found = [application(), engine]
    found += [data_folder(folder)] if folder.exists() else []
    return Diagnosis(healthy=False, parts=found)


def application() -> PartReport:
    """This program."""
    place = str(Path(__file__).resolve().parents[1])
    return PartReport(name="application", version=__version__, place=place, state="ok")


def data_folder(folder: Path) -> PartReport:
    """The data folder and the room on its disk."""
    free = shutil.disk_usage(folder).free
    tight = free < ENOUGH_BYTES
    return PartReport(
        name="data folder",
        version="",
        place=str(folder),
        state="warning" if tight else "ok",
        advice=f"Only {free // 1_000_000} MB are free: make some room." if tight else "",
    )


async def _database(parts: Parts) -> PartReport:
    version = await parts.database.server_version()
    pool = parts.settings.pool_size
    if parts.postgres is None:
        shown = parts.database_url.rsplit("@", 1)[-1]
        return PartReport(name="database", version=version, place=shown, state="ok")
    place = str(parts.postgres.state().folder)
    crowded = pool >= SERVER_CONNECTIONS
    advice = f"MARKETER_POOL_SIZE is {pool}, the server has {SERVER_CONNECTIONS} connections."
    return PartReport(
        name="database",
        version=version,
        place=place,
        state="warning" if crowded else "ok",
        advice=advice if crowded else "",
    )


async def _schema(parts: Parts) -> PartReport:
    revision, head = await asyncio.to_thread(current_and_head, parts.database_url)
    current = revision == head
    return PartReport(
        name="schema",
        version=revision or "none",
        place="public",
        state="ok" if current else "error",
        advice="" if current else f"Run “marketer db upgrade” to reach {head}.",
    )


async def _queue(parts: Parts) -> PartReport:
    waiting = await parts.queue.pending()
    return PartReport(
        name="queue", version=parts.queue.version, place=f"{waiting} waiting", state="ok"
    )


async def _chroma(parts: Parts) -> PartReport:
    state = await parts.index.state()
    place = f"{state.place} ({state.entries} passages)"
    return PartReport(name="chroma", version=state.version, place=place, state="ok")


async def _embeddings(parts: Parts) -> PartReport:
    vector = await asyncio.to_thread(parts.embeddings.embed_query, "doctor")
    version = f"all-MiniLM-L6-v2 int8, {len(vector)} dimensions"
    return PartReport(name="embeddings", version=version, place="built in", state="ok")


async def _starter(parts: Parts) -> PartReport:
    layout = parts.models.starter.layout
    measured = f"{layout.threads} threads, {layout.slots} slots" if layout else "not measured yet"
    return PartReport(
        name="starter model",
        version=f"SmolLM2-135M-Instruct ({measured})",
        place=str(await asyncio.to_thread(model_file)),
        state="ok",
    )


async def _ollama(parts: Parts) -> PartReport:
    state = await parts.models.ollama()
    if not state.running:
        return PartReport(
            name="ollama", version="", place=state.host, state="off", advice=state.problem or ""
        )
    none = not state.models
    return PartReport(
        name="ollama",
        version=state.version,
        place=f"{state.host} ({len(state.models)} models)",
        state="warning" if none else "ok",
        advice="It has no chat model yet: get one, such as “ollama pull llama3.2”." if none else "",
    )


async def _model(parts: Parts) -> PartReport:
    choice = await chosen_model(parts, None)
    starter = choice.provider == "starter"
    return PartReport(
        name="chosen model",
        version=str(choice),
        place=choice.provider,
        state="ok",
        advice="The starter writes samples. For texts to publish, use a model of Ollama."
        if starter
        else "",
    )


async def _keyring(parts: Parts) -> PartReport:
    name, problem = await asyncio.to_thread(keyring_state)
    return PartReport(
        name="keyring",
        version="",
        place=name,
        state="off" if problem else "ok",
        advice=f"Passwords cannot be kept: {problem}" if problem else "",
    )
