"""Starting with the session on Linux, macOS and Windows: written and read as each has it."""

import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from marketer_desktop.system.autostart import Autostart, autostart_of, start_command
from marketer_desktop.system.autostart.launch_agent import LABEL, LaunchAgent
from marketer_desktop.system.autostart.run_key import APPROVED, RUN, VALUE, RunKey
from marketer_desktop.system.autostart.xdg import NAME, XdgAutostart, exec_value

COMMAND = ["/opt/marketer/marketer", "desktop", "--background", "--data-dir", "/home/ada/My data"]


class Registry:
    """A user's part of the registry."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}

    def get(self, key: str, name: str) -> str | bytes | None:
        return self.values.get((key, name))

    def set(self, key: str, name: str, value: str) -> None:
        self.values[key, name] = value

    def remove(self, key: str, name: str) -> None:
        self.values.pop((key, name), None)


@pytest.fixture(params=["xdg", "launch agent", "run key"])
def systems(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Autostart, Autostart]:
    """The list of one system, as two programs see it."""
    other = ["/elsewhere/marketer", *COMMAND[1:]]
    if request.param == "run key":
        registry = Registry()
        return RunKey(registry, COMMAND), RunKey(registry, other)
    kind = XdgAutostart if request.param == "xdg" else LaunchAgent
    return kind(tmp_path / "list", COMMAND), kind(tmp_path / "list", other)


def stands(found: Autostart) -> bool:
    return found.is_on


def test_it_is_switched_on_and_off_and_read_from_the_system(
    systems: tuple[Autostart, Autostart], tmp_path: Path
) -> None:
    ours, others = systems
    assert not stands(ours)
    ours.switch_off()
    ours.switch_on()
    ours.switch_on()
    assert stands(ours) and not stands(others)
    others.switch_on()  # such as a newer version at another place
    assert stands(others) and not stands(ours)
    ours.switch_off()
    assert not stands(others) and not stands(ours)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "mark", ["Hidden=true", "X-GNOME-Autostart-enabled=false"], ids=["KDE", "GNOME"]
)
def test_a_linux_desktop_may_switch_it_off(tmp_path: Path, mark: str) -> None:
    found = XdgAutostart(tmp_path, COMMAND)
    found.switch_on()
    entry = tmp_path / NAME
    kept = [line for line in entry.read_text().splitlines() if line.split("=")[0] not in mark]
    entry.write_text("\n".join([*kept, mark, "Name[de]=Anders = sonst", ""]))
    assert not stands(found)
    found.switch_on()
    assert stands(found)


@pytest.mark.parametrize("text", ["", "Exec=x", "[Desktop Action x]\nExec=y", "\x00\xff", "[a\nb"])
def test_an_entry_that_is_none_counts_as_off(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, "latin-1")
    assert not stands(XdgAutostart(tmp_path, COMMAND))


def test_words_of_a_command_are_quoted_as_the_specification_has_it() -> None:
    assert exec_value(["a", "b c"]) == 'a "b c"'
    assert exec_value(['say "hi"']) == r'"say \\"hi\\""'
    assert exec_value(["100%", "$HOME", "a\\b", "`x`"]) == r'100%% "\\$HOME" "a\\\\b" "\\`x\\`"'


VALIDATOR = shutil.which("desktop-file-validate")


@pytest.mark.skipif(VALIDATOR is None, reason="desktop-file-utils is not installed")
def test_the_validator_of_freedesktop_takes_the_entry(tmp_path: Path) -> None:
    XdgAutostart(tmp_path, [*COMMAND, 'ödd $na"me` 100%']).switch_on()
    told = subprocess.run(
        [VALIDATOR or "", tmp_path / NAME], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (0, "")


def test_the_launch_agent_runs_the_command_in_the_session(tmp_path: Path) -> None:
    LaunchAgent(tmp_path, COMMAND).switch_on()
    told = plistlib.loads((tmp_path / f"{LABEL}.plist").read_bytes())
    assert told["ProgramArguments"] == COMMAND and told["Label"] == LABEL
    assert told["RunAtLoad"] is True and told["LimitLoadToSessionType"] == "Aqua"


@pytest.mark.parametrize("text", [b"", b"<plist>", plistlib.dumps({"Disabled": True})])
def test_a_launch_agent_that_is_none_counts_as_off(tmp_path: Path, text: bytes) -> None:
    (tmp_path / f"{LABEL}.plist").write_bytes(text)
    assert not stands(LaunchAgent(tmp_path, COMMAND))


def test_the_task_manager_may_switch_it_off() -> None:
    registry = Registry()
    found = RunKey(registry, COMMAND)
    found.switch_on()
    assert registry.values == {
        (RUN, VALUE): '/opt/marketer/marketer desktop --background --data-dir "/home/ada/My data"'
    }
    registry.values[APPROVED, VALUE] = bytes([2]) + bytes(11)
    assert stands(found)
    registry.values[APPROVED, VALUE] = bytes([3]) + bytes(11)
    assert not stands(found)
    found.switch_on()
    assert stands(found)


def test_a_bundle_starts_itself_and_a_checkout_its_interpreter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    words = ["desktop", "--background", "--data-dir", str(tmp_path)]
    assert start_command(tmp_path) == [str(tmp_path / "python"), "-m", "marketer_desktop", *words]
    (tmp_path / "pythonw.exe").touch()
    assert start_command(tmp_path)[0] == str(tmp_path / "pythonw.exe")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_command(tmp_path) == [str(tmp_path / "python"), *words]


@pytest.mark.parametrize("named", ["absolute", "relative", ""])
def test_linux_keeps_it_where_the_session_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    config = tmp_path / "set" if named == "absolute" else tmp_path / ".config"
    value = {"absolute": str(config), "relative": "some/where", "": ""}[named]
    monkeypatch.setenv("XDG_CONFIG_HOME", value)
    found = autostart_of(tmp_path)
    found.switch_on()
    assert found.place == str(config / "autostart" / NAME) and Path(found.place).is_file()
