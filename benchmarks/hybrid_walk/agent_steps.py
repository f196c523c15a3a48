"""The second half: the desktop's models write for the server, pause, and are killed."""

from typing import Any

from benchmarks.hybrid_walk.account_steps import AccountSteps
from benchmarks.hybrid_walk.desktop_side import Desktop
from benchmarks.hybrid_walk.seeing import expect, until
from benchmarks.hybrid_walk.server_side import Server
from marketer_desktop.services.lend_model import PauseLending

MAIL = {"content_type": "email", "target_word_count": 60, "topic": "Fresh coffee in the office"}
WELL = ("completed", "needs_attention")


class AgentSteps:
    """In this order, each once; each returns what was seen."""

    def __init__(self, server: Server, desktop: Desktop, accounts: AccountSteps) -> None:
        self._server, self._desktop, self._accounts = server, desktop, accounts

    def lend(self) -> str:
        """`marketer agent` connects with a key that the server has made."""
        self._want("local_agent")
        self._key = self._ask("POST", "/api/agent-keys", name="Desk")["key"]
        told = self._desktop.lend(self._server.address, self._key)
        return f"the agent is connected and offers {', '.join(told.models)}"

    def answered(self) -> str:
        """The desktop writes a text of the server, which asks no model of its own."""
        seen = self._written_here(self._run())
        return f"{seen} after {self._desktop.lends('connected').answered} answers of the desktop"

    def paused(self) -> str:
        """A run waits for the desktop, and says so."""
        self._pause("pause", "paused")
        self._waiting = self._run()
        return f"the next run waits: “{self._accounts.there.says_why(self._waiting)}”"

    def resumed(self) -> str:
        """It goes on as soon as the desktop is there again."""
        self._pause("go_on", "connected")
        return f"the run that waited: {self._written_here(self._waiting)}"

    def failed_over(self) -> str:
        """Where others may write, they do so when the desktop dies."""
        self._want("hybrid")
        number = self._run()
        self._desktop.writes()
        self._desktop.kill()
        told = self._ended(number)
        expect(told["status"] in WELL, f"the run is {told['status']}: {told['error']}")
        expect(told["model"].startswith("ollama:"), f"it was written by {told['model']}")
        expect(self._server.ollama.requests, "the server's own model was not asked")
        return f"kill -9 of the desktop; then {told['model']} of the server has written the rest"

    def said_why(self) -> str:
        """Where only desktops may write, the run says why it was not written."""
        self._want("local_agent")
        self._desktop.lend(self._server.address, self._key)
        number = self._run()
        self._desktop.writes()
        self._desktop.kill()
        told = self._ended(number)
        expect(told["status"] == "failed", f"nobody could write, and the run is {told['status']}")
        expect("No desktop of your" in str(told["error"]), f"the run says: {told['error']}")
        return f"kill -9 of the desktop: “{told['error']}”"

    def _ask(self, method: str, path: str, **fields: Any) -> Any:
        return self._accounts.there.ask(method, path, **fields)

    def _want(self, mode: str) -> None:
        self._ask("PATCH", f"/api/organizations/{self._accounts.number}", llm_mode=mode)

    def _pause(self, action: Any, state: str) -> None:
        self._desktop.ask(PauseLending(action=action))
        self._desktop.lends(state)

    def _run(self) -> int:
        asked = {**MAIL, "project_id": self._accounts.project}
        return int(self._ask("POST", "/api/workflows/execute", **asked)["activity_id"])

    def _ended(self, number: int) -> dict[str, Any]:
        path = f"/api/activities/{number}"
        until(lambda: self._ask("GET", path)["status"] != "generating", f"the end of run {number}")
        told: dict[str, Any] = self._ask("GET", path)
        return told

    def _written_here(self, number: int) -> str:
        told = self._ended(number)
        expect(told["status"] in WELL, f"the run is {told['status']}: {told['error']}")
        expect(told["model"].startswith("agent:"), f"it was written by {told['model']}")
        expect(not self._server.ollama.requests, "the server has asked its own model")
        return f"{told['word_count']} words by {told['model']}"
