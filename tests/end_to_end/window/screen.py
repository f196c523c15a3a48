"""A person at a screen: sees controls, moves the mouse, types; nothing else reaches the app."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0
LOOK_SECONDS = 0.1

Control = dict[str, Any]


class Display:
    """A virtual screen with window manager and tray, on a number that the X server chooses."""

    def __init__(self, width: int = 1400, height: int = 900) -> None:
        reading, writing = os.pipe()
        words = ["-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten"]
        self._server = subprocess.Popen(
            ["Xvfb", *words, "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.name = f":{told.readline().strip()}"
        words = ["--edge", "bottom", "--align", "right", "--width", "200", "--height", "32"]
        self._helpers = [
            self._started("openbox", "--sm-disable"),
            self._started("trayer", *words, "--widthtype", "pixel"),
        ]

    def _started(self, *words: str) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "DISPLAY": self.name}
        return subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL)

    def xdotool(self, *words: str) -> str:
        """Move the mouse or press keys, as a person would."""
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.name},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def close(self) -> None:
        """Switch the screen off."""
        for process in (*self._helpers, self._server):
            process.terminate()
            process.wait()


class Person:
    """Uses the window of one data folder on one display."""

    def __init__(self, display: Display, data_dir: Path, log: Path) -> None:
        self.display, self.data_dir = display, data_dir
        self._log = log.open("ab")
        self._socket = log.with_suffix(".sock")
        self.app: subprocess.Popen[bytes] | None = None

    def open_app(self) -> None:
        """Start the app, and wait until there is a window."""
        self._socket.unlink(missing_ok=True)
        environment = {**os.environ, "DISPLAY": self.display.name, "QT_QPA_PLATFORM": "xcb"}
        self.app = subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.window.probe", self._socket, self.data_dir],
            cwd=ROOT,
            env=environment,
            stdout=self._log,
            stderr=self._log,
        )
        self.until(self._listens, "the app")
        self.until(lambda: self.ask({"ask": "controls"}), "something on the screen")
        self.display.xdotool("search", "--sync", "--onlyvisible", "--name", "^Marketer$")

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as channel:
            return channel.connect_ex(str(self._socket)) == 0

    def ask(self, question: dict[str, Any]) -> Any:
        """What is on the screen."""
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(PATIENCE)
            channel.connect(str(self._socket))
            with channel.makefile("rw") as lines:
                lines.write(json.dumps(question) + "\n")
                lines.flush()
                told = json.loads(lines.readline())
        assert not (isinstance(told, dict) and "error" in told), told
        return told

    def until(self, seen: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
        """Wait until `seen` gives something true, and return it."""
        deadline = time.monotonic() + seconds
        while True:
            found = seen()
            if found:
                return found
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} did not come in {seconds:.0f} s: {self.evidence()}")
            time.sleep(LOOK_SECONDS)

    def evidence(self) -> str:
        """A photograph of what is there instead, for the test's report."""
        picture = Path(self._log.name).with_suffix(".png")
        self.photograph(picture)
        return f"see {picture}; the app has said: {self.log()[-2000:]!r}"

    def controls(self) -> list[Control]:
        """What can be seen."""
        found: list[Control] = self.ask({"ask": "controls"})
        return [control for control in found if control["seen"]]

    def find(self, words: str, kind: str = "") -> Control | None:
        """The control that says `words` or is called so, whole or in part; the last is on top."""
        seen = [c for c in self.controls() if c["kind"] == kind or not kind]
        said = [
            [c for c in seen if words in (c["name"], c["text"], c.get("tip"), c.get("hint"))],
            [c for c in seen if any(words in (c[key] or "") for key in ("name", "text"))],
        ]
        for matches in said:
            # A label inside a button is as good as the button; the smallest is the most exact.
            if matches:
                return matches[-1]
        return None

    def see(self, words: str, kind: str = "", seconds: float = PATIENCE) -> Control:
        """Wait until something on the screen says `words`."""
        found: Control = self.until(lambda: self.find(words, kind), f"“{words}”", seconds)
        return found

    def see_gone(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until nothing says `words` any more."""
        self.until(lambda: self.find(words) is None, f"the end of “{words}”", seconds)

    def click(self, words: str, kind: str = "", *, button: int = 1) -> None:
        """Point at what says `words`, once it can be used, and click."""
        found = self.until(lambda: self._at_rest(words, kind), f"a usable “{words}”")
        self.point_and_click(found, button)

    def _at_rest(self, words: str, kind: str) -> Control | None:
        """A person does not click what still moves."""
        first = self.find(words, kind)
        if not first or not first["enabled"]:
            return None
        time.sleep(LOOK_SECONDS)
        second = self.find(words, kind)
        return second if second and second["rect"] == first["rect"] else None

    def point_and_click(self, control: Control, button: int = 1) -> None:
        """Click the middle of a control that was seen."""
        x, y, width, height = control["rect"]
        self.display.xdotool(
            "mousemove", str(x + width // 2), str(y + height // 2), "sleep", "0.05"
        )
        self.display.xdotool("click", str(button))

    def editor(self) -> Control:
        """The text that is open; waits for one."""
        return self.see("Text", "PassageEditor")

    def rows(self) -> list[Control]:
        """The rows of lists and tables, from the top."""
        return [control for control in self.controls() if control["kind"] == "Row"]

    def press(self, *keys: str) -> None:
        """Press keys such as `Tab` or `ctrl+Return`, one after the other."""
        self.display.xdotool("key", "--delay", "30", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.display.xdotool("type", "--delay", "12", text)

    def click_tray(self) -> None:
        """Click the icon at the right end of the tray."""
        found = self.display.xdotool("search", "--sync", "--onlyvisible", "--class", "trayer")
        told = self.display.xdotool("getwindowgeometry", "--shell", found.split()[0])
        place = {key: int(value) for key, value in (line.split("=") for line in told.split())}
        middle = place["HEIGHT"] // 2
        x, y = place["X"] + place["WIDTH"] - middle, place["Y"] + middle
        # The tray takes a press and a release for a click only if it had time to see the mouse.
        press = ("sleep", "0.3", "mousedown", "1", "sleep", "0.05", "mouseup", "1")
        self.display.xdotool("mousemove", str(x), str(y), *press)

    def log(self) -> str:
        """What the app has said on its terminal."""
        return Path(self._log.name).read_text("utf-8")

    def focus(self) -> Control | None:
        """The control that the keyboard goes to."""
        found: Control | None = self.ask({"ask": "focus"})
        return found

    def photograph(self, path: Path) -> None:
        """Save what the window shows."""
        self.ask({"ask": "grab", "path": str(path)})

    def wait_for_end(self) -> int:
        """Wait until the app has ended by itself."""
        assert self.app is not None
        return self.app.wait(PATIENCE)

    def kill(self) -> None:
        """Pull the plug of the app."""
        assert self.app is not None
        self.app.kill()
        self.app.wait()
        self._socket.unlink(missing_ok=True)

    def close(self) -> None:
        """End what still runs."""
        if self.app is not None and self.app.poll() is None:
            self.app.terminate()
            try:
                self.app.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        self._log.close()
