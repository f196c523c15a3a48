"""The collections of a Chroma that runs as a server, shared by every process of an installation."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.knowledge.collections import (
    CONTENT,
    NO_PROJECT,
    PREFIX,
    SETTINGS,
    Collection,
    collection_name,
)
from marketer_desktop.knowledge.errors import VectorIndexError
from marketer_desktop.system.loading import LOADING

PORT = 8000
PATIENCE = 30.0  # seconds: its client would wait for ever
MADE_BY = "made_by"

Result = TypeVar("Result")


class ServerCollections:
    """The collections of the server at `url`; any number of threads at a time.

    Other processes make and delete them, too. Raises VectorIndexError when the server does not
    answer, or holds collections of the same names that this application has not made.
    """

    def __init__(self, url: str) -> None:
        with LOADING:
            from chromadb import Collection as Opened  # noqa: PLC0415 — heavy, off the start path
            from chromadb.api.fastapi import FastAPI as Client  # noqa: PLC0415
            from chromadb.config import Settings, System  # noqa: PLC0415

        self._url = url
        host, port, ssl = server_place(url)
        settings = Settings(
            anonymized_telemetry=False,
            chroma_server_host=host,
            chroma_server_http_port=port,
            chroma_server_ssl_enabled=ssl,
        )
        # Not by `HttpClient`, which calls the server before its session can be seen to: that waits
        # for ever, and asks a proxy of the environment for this computer itself.
        client = System(settings).instance(Client)
        given = client._session
        given.close()
        client._session = self._session = type(given)(
            headers=given.headers,
            limits=client.http_limits,
            timeout=PATIENCE,
            trust_env=not is_loopback(host),
        )
        self._server: Any = client
        self._opened: Callable[..., Collection] = Opened
        self._known: dict[int, Collection] = {}

    def do(self, work: Callable[["ServerCollections"], Result]) -> Result:
        """What `work` gives; once more if another process has made the index anew meanwhile."""
        with LOADING:
            from chromadb.errors import NotFoundError  # noqa: PLC0415 — as above

        try:
            try:
                return work(self)
            except NotFoundError:
                self._known.clear()
                return work(self)
        except VectorIndexError:
            raise
        except Exception as problem:  # of Chroma, or of the way to it
            raise self._trouble(problem) from problem

    def made(self, project_id: int | None) -> Collection:
        """The collection of a project, or of what belongs to none, made where there is none."""
        number = project_id or NO_PROJECT
        if number not in self._known:
            self._known[number] = self._ours(
                self._server.create_collection(
                    collection_name(number),
                    configuration=SETTINGS,
                    metadata={MADE_BY: CONTENT},
                    get_or_create=True,
                )
            )
        return self._known[number]

    def seen_by(self, project_id: int | None) -> Sequence[Collection]:
        """Those of a project and of what belongs to none; without a project, all."""
        if project_id is None:
            return self._all()
        found = (self._found(number) for number in (project_id, NO_PROJECT))
        return [each for each in found if each is not None]

    @property
    def version(self) -> str:
        """Chroma's version."""
        return str(self._server.get_version())

    def answers(self) -> bool:
        """Whether the server is there."""
        return bool(self._server.heartbeat())

    def discard(self) -> None:
        """Delete every collection of ours."""
        self._known.clear()
        for each in self._server.list_collections():
            if each.name.startswith(PREFIX):
                self._server.delete_collection(each.name)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def _all(self) -> Sequence[Collection]:
        names = [each.name for each in self._server.list_collections()]
        numbers = [int(name.removeprefix(PREFIX)) for name in names if name.startswith(PREFIX)]
        found = (self._found(number) for number in numbers)
        return [each for each in found if each is not None]

    def _found(self, number: int) -> Collection | None:
        with LOADING:
            from chromadb.errors import NotFoundError  # noqa: PLC0415 — as above

        if number not in self._known:
            try:
                found = self._server.get_collection(collection_name(number))
            except NotFoundError:
                return None
            self._known[number] = self._ours(found)
        return self._known[number]

    def _ours(self, found: Any) -> Collection:
        if (found.metadata or {}).get(MADE_BY) != CONTENT:
            raise VectorIndexError(
                f"The Chroma server at {self._url} holds a collection “{found.name}” that is not "
                "of this application and version. Give the installation a Chroma of its own with "
                "MARKETER_CHROMA_URL."
            )
        return self._opened(self._server, found, embedding_function=None)

    def _trouble(self, problem: Exception) -> VectorIndexError:
        return VectorIndexError(
            f"The search index at {self._url} does not answer as it should ({problem}). Your "
            "documents are safe. See whether the Chroma server runs and has room on its disk."
        )


def server_place(url: str) -> tuple[str, int, bool]:
    """Host, port, and whether the way to it is encrypted. Raises VectorIndexError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise VectorIndexError(
            f"“{url}” is not the address of a Chroma server. It looks like http://chroma:8000."
        )
    ssl = parts.scheme == "https"
    return parts.hostname, parts.port or (443 if ssl else PORT), ssl
