"""The entry of the app: a hidden word starts a child process, everything else the command line."""

import gc
import os
import sys

from marketer_desktop.system.allocator import keep_memory_small

# Before any library starts a thread.
keep_memory_small()
# Set before any import of the libraries they belong to: tracing posts prompts to a cloud,
# Chroma and ONNX Runtime report their use, and checkpoints could load arbitrary objects.
for _name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"):
    os.environ[_name] = "false"
os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"
os.environ["ANONYMIZED_TELEMETRY"] = "false"
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# What the libraries load stays: at Python's 700 the collector looked through it hundreds of times.
gc.set_threshold(10_000)


INTERRUPTED = 130  # as shells say it


def main() -> None:
    """Run a child process or the command line; Ctrl-C ends either, also while it is loaded."""
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _run() -> None:
    # Imported here: a child must not pay for the command line, nor the reverse.
    if sys.argv[1:2] == ["--child"]:
        from marketer_desktop.cli.child import run_child  # noqa: PLC0415

        run_child(sys.argv[2], sys.argv[3:])
        return
    if sys.argv[1:2] == ["score"]:
        from marketer_desktop.cli.score import alone  # noqa: PLC0415 - needs no engine

        alone(sys.argv[2:], prog_name="marketer score")
        return
    from marketer_desktop.cli.main import app  # noqa: PLC0415

    app()


def open_window() -> None:
    """Open the window at once, as a double click does."""
    from marketer_desktop.cli.window import open_named  # noqa: PLC0415 - as above

    open_named(sys.argv[1:])


if __name__ == "__main__":
    main()
