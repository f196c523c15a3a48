"""Progress on standard error: a live line in a terminal, one line a step elsewhere."""

import time
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.status import Status

from marketer_desktop.cli.browser import open_in_browser

STEP_NAMES = {
    "seo_research": "SEO research",
    "research": "Content research",
    "writing": "Writing",
    "editing": "Editing",
    "social_media": "Social media",
}
ARCHIVE_STEPS = {
    "writing": "Writing the archive",
    "checking": "Reading the archive to its end",
    "restoring": "Restoring",
}
GB = 1_000_000_000
LINE_SECONDS = 10.0  # between two lines of one step where there is no terminal


class ProgressView:
    """Shows what the engine says and what a run tells."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._status: Status | None = None
        self._said = 0.0
        self._activity: int | None = None
        self._batch = False
        self._pull = False

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status = self._console.status("Starting", spinner="dots")
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def say(self, text: str) -> None:
        """What is going on now; only a terminal shows it."""
        if self._status is not None:
            self._status.update(text)

    def farewell(self) -> str:
        """The last words after Ctrl-C."""
        if self._pull:
            return "Cancelled. What has come is kept: the same command goes on from there."
        if self._batch:
            return "Cancelled. The same command takes up what is not finished."
        if self._activity is None:
            return "Cancelled."
        return f"Cancelled. “marketer activities resume {self._activity}” takes the run up again."

    def on_event(self, event: dict[str, Any]) -> None:
        """Show one event of a service."""
        shown = getattr(self, f"_on_{event['kind']}", None)
        if shown is not None:
            shown(event)

    def _line(self, text: str) -> None:
        self._said = time.monotonic()
        self._console.print(text)

    def _on_browser(self, event: dict[str, Any]) -> None:
        self._line(f"Sign in on this page, then come back: {event['url']}")
        self.say("Waiting for your browser")
        open_in_browser(event["url"])

    def _on_publishing(self, event: dict[str, Any]) -> None:
        self.say(f"Sending, {event['step']} of {event['of']}")

    def _on_activity(self, event: dict[str, Any]) -> None:
        self._activity = event["activity_id"]
        self._line(f"Activity {event['activity_id']} with {event['model']}")

    def _on_document(self, event: dict[str, Any]) -> None:
        text = f"{event['file']}: {event['stage']} {event['percent']} %"
        self.say(text)
        if self._status is None and event["stage"] == "done":
            self._line(f"{event['file']} read")

    def _on_export(self, event: dict[str, Any]) -> None:
        text = f"{event['done'] + 1} of {event['count']}: {event['title']}"
        self.say(text)
        if self._status is None:
            self._line(text)

    def _on_reindex(self, event: dict[str, Any]) -> None:
        left = event["eta_seconds"]
        eta = "" if left is None else f", about {left} s left"
        text = f"{event['percent']:3d} %  {event['done']} of {event['count']} done{eta}"
        self.say(f"{text}; {event['file']}")
        if self._status is None and time.monotonic() - self._said >= LINE_SECONDS:
            self._line(f"{text}; {event['file']}")

    def _on_started(self, event: dict[str, Any]) -> None:
        self.say(f"{STEP_NAMES[event['step']]} …")
        if self._status is None:
            self._line(f"{event['progress']:3d} %  {STEP_NAMES[event['step']]}")

    def _on_finished(self, event: dict[str, Any]) -> None:
        seconds = event["data"]["duration_ms"] / 1000
        name = STEP_NAMES[event["step"]]
        self._line(f"{event['progress']:3d} %  {name} done in {seconds:.1f} s")

    def _on_draft(self, event: dict[str, Any]) -> None:
        why = event["data"].get("restart")
        if why:
            self._line(why)

    def _on_progress(self, event: dict[str, Any]) -> None:
        data = event["data"]
        left = data["eta_seconds"]
        eta = "" if left is None else f", about {round(left)} s left"
        rate = f"{data['tokens_per_second']} tokens/s{eta}"
        text = f"{event['progress']:3d} %  {STEP_NAMES[event['step']]}: {rate}"
        self.say(text)
        if self._status is None and time.monotonic() - self._said >= LINE_SECONDS:
            self._line(text)

    def _on_leaves(self, event: dict[str, Any]) -> None:
        self._line(event["text"])

    def _on_pull(self, event: dict[str, Any]) -> None:
        self._pull = True
        if event["percent"] is None or event["completed"] == event["total"]:
            self.say(event["status"])
            return
        done, total = (event[size] / GB for size in ("completed", "total"))
        left = event["eta_seconds"]
        eta = f", about {_duration(left)} left" if left is not None else ""
        text = f"{event['percent']:3d} %  {done:.1f} of {total:.1f} GB{eta}"
        self.say(text)
        if self._status is None and time.monotonic() - self._said >= LINE_SECONDS:
            self._line(text)

    def _on_backup(self, event: dict[str, Any]) -> None:
        self.say(f"Backing up the database: {event['bytes'] / 1_000_000:.0f} MB")

    def _on_archive(self, event: dict[str, Any]) -> None:
        left = event["eta_seconds"]
        eta = "" if left is None else f", about {_duration(left)} left"
        text = f"{event['percent']:3d} %  {ARCHIVE_STEPS[event['step']]}{eta}"
        self.say(text)
        if self._status is None and time.monotonic() - self._said >= LINE_SECONDS:
            self._line(text)

    def _on_batch(self, event: dict[str, Any]) -> None:
        self._batch = True
        left = event["eta_seconds"]
        eta = f", about {left} s left" if left else ""
        text = f"{event['percent']:3d} %  {event['done']} of {event['count']} done{eta}"
        self.say(text)
        if event["status"] not in {"started", "running"}:
            status = event["status"].replace("_", " ")
            self._line(f"{text}; row {event['row']}: {status}")

    def _on_waiting(self, event: dict[str, Any]) -> None:
        self._line(f"{event['progress']:3d} %  The outline waits for you")

    def _on_ended(self, event: dict[str, Any]) -> None:
        message = event["data"].get("message")
        if message:
            self._line(f"Failed: {message}")


def _duration(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"
