"""The doctor: every part with version, place, state, and what to do when it is not well."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel

from marketer_desktop import __version__
from marketer_desktop.llm.choice import CloudProvider
from marketer_desktop.llm.providers import EXTRA, INFO
from marketer_desktop.llm.starter_child import model_file
from marketer_desktop.services.back_up import newest_backup
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.database_trouble import database_trouble
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.migration import current_and_head
from marketer_desktop.storage.outage import DatabaseOutage
from marketer_desktop.system.launch_file import announced_address
from marketer_desktop.system.secrets import SET_ONE, UNLOCK, secrets_state

ENOUGH_BYTES, LEAST_BYTES = 1_000_000_000, 100_000_000
ANSWER_SECONDS = 5.0
CLOCK_SECONDS = 300.0
SWITCH = "“Settings → Local API” in the window lets other programs of this computer in."
OPENS_LATER = "It is switched on, and opens with the window."
SILENT = "It was opened there, but does not answer. Start the window, or “marketer serve”, again."
LISTENING = 1  # connection that hears of what happens in other processes
READING = 1  # and one while documents are read, for what is held of them
OF_THE_DATABASE = frozenset({"database", "schema", "clock", "queue"})
LAST_WRITTEN = "postgres.log"  # at each start of the database
ANEW = "Start anew in Settings → Privacy, or by “marketer secrets forget”"

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
        "clock": _clock,
        "backups": _backups,
        "queue": _queue,
        "chroma": _chroma,
        "embeddings": _embeddings,
        "starter model": _starter,
        "ollama": _ollama,
        "chosen model": _model,
        "keyring": _secrets,
        "local API": _local_api,
    }
    found = [application(), data_folder(parts.data_dir)]
    found += await asyncio.gather(*(_asked(name, ask, parts) for name, ask in asked.items()))
    return Diagnosis(healthy=all(part.state != "error" for part in found), parts=found)


async def _asked(
    name: str, ask: Callable[[Parts], Awaitable[PartReport]], parts: Parts
) -> PartReport:
    try:
        # A part that needs the database must not wait for one that is gone.
        async with asyncio.timeout(ANSWER_SECONDS if name in OF_THE_DATABASE else None):
            return await ask(parts)
    except Exception as error:  # the doctor must name every part, whatever ails one of them
        told = database_trouble(DatabaseOutage() if type(error) is TimeoutError else error, parts)
        said = str(told or error) or repr(error)
        return PartReport(name=name, version="", place="", state="error", advice=said)


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
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        advice = "Nothing can be written there. Repair its permissions, or choose another folder."
        return PartReport(
            name="data folder", version="", place=str(folder), state="error", advice=advice
        )
    free = shutil.disk_usage(folder).free
    state: State = "error" if free < LEAST_BYTES else "warning" if free < ENOUGH_BYTES else "ok"
    size = f"{free / 1_000_000_000:.1f} GB" if state == "ok" else f"{free // 1_000_000} MB"
    urgent = " Soon nothing can be saved any more." if state == "error" else ""
    return PartReport(
        name="data folder",
        version=f"{size} free",
        place=str(folder),
        state=state,
        advice="" if state == "ok" else f"Only {size} are free: make some room.{urgent}",
    )


async def _database(parts: Parts) -> PartReport:
    """With the connections this process may open; docs/server.md adds those of all up."""
    limit = await parts.database.most_connections()
    ours = parts.settings.pool_size + parts.queue.connections + LISTENING + READING
    crowded = ours > limit
    advice = f"This process may open {ours} connections, and the server has {limit} for all. Lower "
    advice += "MARKETER_POOL_SIZE, or raise the server's max_connections."
    elsewhere = parts.database_url.rsplit("@", 1)[-1]
    place = elsewhere if parts.postgres is None else str(parts.postgres.state().folder)
    return PartReport(
        name="database",
        version=await parts.database.server_version(),
        place=f"{place} (up to {ours} of {limit} connections)",
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


async def _clock(parts: Parts) -> PartReport:
    """This machine's clock beside the database's, which dates everything that is stored."""
    here, there = datetime.now(UTC), await parts.database.now()
    off = abs((here - there).total_seconds())
    future = await asyncio.to_thread(_from_the_future, parts.data_dir, here)
    advice = ""
    if off > CLOCK_SECONDS:
        advice = f"The database's clock differs by {off:.0f} s: set both to the right time."
    elif future:
        advice = f"{future.name} was written in the future: see to the date of this machine."
    return PartReport(
        name="clock",
        version="",
        place=f"{here:%Y-%m-%d %H:%M} UTC",
        state="warning" if advice else "ok",
        advice=advice,
    )


def _from_the_future(folder: Path, now: datetime) -> Path | None:
    """A file that shows the clock to have gone back, as far as it matters."""
    last = folder / LAST_WRITTEN
    written = last.stat().st_mtime if last.exists() else 0.0
    return last if written > now.timestamp() + CLOCK_SECONDS else None


async def _backups(parts: Parts) -> PartReport:
    last = await asyncio.to_thread(newest_backup, parts.data_dir)
    if last is None:
        advice = "There is none yet: “marketer backup FILE” makes one, best on another disk."
        return PartReport(name="backups", version="", place="none", state="off", advice=advice)
    status = await asyncio.to_thread(last.stat)
    made = datetime.fromtimestamp(status.st_mtime, UTC)
    return PartReport(
        name="backups",
        version=f"{made:%Y-%m-%d %H:%M} UTC, {status.st_size / 1_000_000:.1f} MB",
        place=str(last),
        state="ok",
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
    none = ["It has no chat model yet: get one, such as “ollama pull llama3.2”."]
    advice = [*state.warnings, *([] if state.models else none)]
    return PartReport(
        name="ollama",
        version=state.version,
        place=f"{state.host} ({len(state.models)} models)",
        state="warning" if advice else "ok",
        advice=" ".join(advice),
    )


async def _model(parts: Parts) -> PartReport:
    choice = await chosen_model(parts, None)
    if choice.cloud is not None:
        return await _cloud_model(parts, choice.cloud, str(choice))
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


async def _cloud_model(parts: Parts, provider: CloudProvider, name: str) -> PartReport:
    """Whether it can be used, without asking it; the key is never shown."""
    info = INFO[provider]
    key = await parts.models.keys.find(provider)
    advice = f"Briefs and quoted passages are sent to {info.title}."
    if key is None:
        advice = f"There is no key for {info.title}: “marketer models key {provider}”."
    if not info.installed:
        advice = f"Its library is missing: “pip install '{EXTRA}'”."
    usable = key is not None and info.installed
    place = f"{info.title}, in the cloud"
    state: State = "ok" if usable else "error"
    return PartReport(name="chosen model", version=name, place=place, state=state, advice=advice)


async def _secrets(parts: Parts) -> PartReport:
    """Where they are kept: the system's keyring, an encrypted file, or nowhere."""
    found = await asyncio.to_thread(secrets_state)
    if found.kind == "file":
        place, advice = f"encrypted file {found.name}", UNLOCK if found.locked else ANEW
        problem = f"{found.problem} {advice}." if found.problem else ""
        state: State = "warning" if problem else "ok"
        return PartReport(name="keyring", version="", place=place, state=state, advice=problem)
    advice = f"Passwords cannot be kept: {found.problem}" if found.problem else ""
    if found.kind == "none":
        advice += f" {SET_ONE}."
    return PartReport(
        name="keyring",
        version="",
        place=found.name or "none",
        state="off" if found.problem else "ok",
        advice=advice,
    )


async def _local_api(parts: Parts) -> PartReport:
    """The API for other programs of this computer, of a window or of “marketer serve”."""
    settings, door = parts.settings, parts.local_door
    address = await asyncio.to_thread(announced_address, parts.data_dir)
    place = address or f"port {settings.local_api_port} of this computer"
    state: State = "off"
    if address:
        answers = await asyncio.to_thread(_answers, address)
        state, advice = ("ok", "") if answers else ("warning", SILENT)
    elif settings.local_api and door.can_open:
        state, advice = "warning", door.problem
    else:
        advice = OPENS_LATER if settings.local_api else SWITCH
    return PartReport(name="local API", version="", place=place, state=state, advice=advice)


def _answers(address: str) -> bool:
    parts = urlsplit(address)
    asking = HTTPConnection(parts.hostname or "", parts.port, timeout=ANSWER_SECONDS)
    with closing(asking):
        try:
            asking.request("GET", "/health")
            return asking.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
