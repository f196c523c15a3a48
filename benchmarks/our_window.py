"""Our window, measured from inside.

`python -m benchmarks.our_window paint START FOLDER` prints the seconds from START (`time.time`)
to its first paint, and to being usable; `… beat FOLDER PDF` writes a piece and takes in PDF while
a heart beats in its Qt loop, and prints the lateness.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

SETTLE_SECONDS = 3.0


def paint(start: float, folder: str) -> None:
    from marketer_desktop.ui.shell import window

    told: dict[str, float] = {}
    made = window.MainWindow.__init__

    def make(self: Any, *words: Any) -> None:
        made(self, *words)
        self.painted.connect(painted)

    def painted() -> None:
        told.setdefault("paint", time.time() - start)
        # Not before: the app, too, loads this after its first paint.
        from marketer_desktop.ui.app import desktop

        on_ready = desktop.Desktop._on_ready

        def ready(self: Any) -> None:
            on_ready(self)
            told["usable"] = time.time() - start
            print(json.dumps(told), flush=True)
            self.end_now()

        desktop.Desktop._on_ready = ready  # type: ignore[method-assign]

    window.MainWindow.__init__ = make  # type: ignore[method-assign, assignment]
    open_folder(folder)


def beat(folder: str, pdf: Path) -> None:
    from marketer_desktop.ui.app import desktop

    on_ready = desktop.Desktop._on_ready

    def ready(self: Any) -> None:
        on_ready(self)
        context = self._session._context
        context.tasks.start("benchmark", measured(context, pdf, self))

    desktop.Desktop._on_ready = ready  # type: ignore[method-assign]
    open_folder(folder)


async def measured(context: Any, pdf: Path, desktop: Any) -> None:
    # Not at the top: before its first paint the app loads nothing of this.
    import asyncio
    from dataclasses import asdict

    from benchmarks.heartbeat import Heart
    from marketer_desktop.services.activities import ShowActivity
    from marketer_desktop.services.documents import IngestDocuments
    from marketer_desktop.services.start_activity import StartActivity

    await asyncio.sleep(SETTLE_SECONDS)
    brief: dict[str, Any] = {"type": "blog", "topic": "how a small team plans its week"}
    started = await context.engine.call(
        StartActivity(**brief, keywords=["weekly plan"], words=500, model="starter")
    )
    context.go.to("activity", activity_id=started.activity_id)
    await asyncio.sleep(SETTLE_SECONDS)
    heart = Heart()
    heart.start()
    taking_in = asyncio.ensure_future(context.engine.call(IngestDocuments(paths=[pdf])))
    run = ShowActivity(activity_id=started.activity_id)
    await taking_in
    while (await context.engine.call(run)).status == "generating":  # noqa: ASYNC110 - as a user
        await asyncio.sleep(0.5)
    late = heart.stop()
    assert (await taking_in).results[0].status == "indexed"
    print(json.dumps(asdict(late)), flush=True)
    desktop.end_now()


def open_folder(folder: str) -> None:
    from marketer_desktop.cli.window import open_window

    os.environ["OLLAMA_HOST"] = "127.0.0.1:9"
    open_window(Path(folder))


if __name__ == "__main__":
    if sys.argv[1] == "paint":
        paint(float(sys.argv[2]), sys.argv[3])
    else:
        beat(sys.argv[2], Path(sys.argv[3]))
