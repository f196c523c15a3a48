"""The frozen bundle works where there is no Python; `make package` builds it and runs this."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import httpx
import psutil
import pytest
from bs4 import BeautifulSoup

from marketer_desktop.storage.embedded.installation import SHARED_PLACE
from tests.end_to_end.conftest import PATIENCE, SAMPLES
from tests.fakes.sealed_namespace import SealingRefused, run_sealed

BUILT = Path(__file__).parents[2] / "dist" / "marketer"
OPEN, PRIVATE = 0o711, 0o700
SAMPLE = "brand-guidelines.pdf"
GENERATE = (
    *("generate", "--type", "linkedin", "--topic", "Coffee that protects rivers"),
    *("--words", "100", "--doc", str(SAMPLES / SAMPLE), "--model", "starter", "--json"),
)

pytestmark = pytest.mark.packaging


@dataclass(frozen=True)
class Bundle:
    """A copy of the bundle on a machine with an empty home, and nothing else in its reach."""

    folder: Path
    machine: Path

    @property
    def environment(self) -> dict[str, str]:
        """All that the app sees of the environment."""
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.machine / "home"),
            "TMPDIR": str(self.machine / "tmp"),
        }

    def command(self, *words: str) -> list[str]:
        """The command line for `words` on this machine's data folder."""
        program = self.folder / ("marketer.exe" if os.name == "nt" else "marketer")
        return [str(program), "--data-dir", str(self.machine / "data"), *words]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """A command to its end."""
        return subprocess.run(
            self.command(*words),
            cwd=self.machine,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    @contextmanager
    def serving(self) -> Iterator[httpx.Client]:
        """The API for programs of this machine, ended in order."""
        serving = subprocess.Popen(
            self.command("serve", "--port", "0"),
            cwd=self.machine,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert serving.stdout is not None
        with serving:
            address = serving.stdout.readline().strip()
            try:
                with httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False) as client:
                    yield client
            finally:
                serving.terminate()
                serving.wait(PATIENCE)

    def processes(self) -> list[psutil.Process]:
        """Every living process that has this machine's folder for temporary files."""
        return [process for process in psutil.process_iter() if self._is_mine(process)]

    def _is_mine(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("TMPDIR") == self.environment["TMPDIR"]
        except psutil.Error:
            return False


@pytest.fixture
def machine() -> Iterator[Path]:
    """Folders that PostgreSQL's user may enter; for root also what the app copies elsewhere."""
    before = set(SHARED_PLACE.glob("*"))
    with tempfile.TemporaryDirectory(prefix="mkb-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(OPEN)
        for name in ("home", "tmp"):
            (Path(folder) / name).mkdir(OPEN)
        yield Path(folder)
    for copy in set(SHARED_PLACE.glob("*")) - before:
        shutil.rmtree(copy)
    if not before and SHARED_PLACE.exists():
        SHARED_PLACE.rmdir()


def installed(machine: Path, mode: int) -> Bundle:
    """The bundle, in a place other than that where it was built, in a folder of `mode`."""
    folder = machine / "apps" / "marketer"
    folder.parent.mkdir(mode)
    shutil.copytree(BUILT, folder, symlinks=True)
    return Bundle(folder, machine)


def assert_written(code: int, out: str, said: str) -> None:
    """There is a text from the sample, and the status says how good it is."""
    assert code == 0, (code, out[-2000:], said[-4000:])
    told = json.loads(out)
    assert told["status"] in {"completed", "needs_attention"}
    assert len(Path(told["path"]).read_text("utf-8").split()) >= told["word_count"] > 50
    assert {source["document"] for source in told["sources"]} == {SAMPLE}


@pytest.mark.parametrize("mode", [OPEN, PRIVATE], ids=["open", "private"])
def test_it_works_in_another_place_and_leaves_nothing_behind(machine: Path, mode: int) -> None:
    bundle = installed(machine, mode)
    assert bundle.run("--version").stdout.split() == ["marketer", version("marketer-desktop")]

    examined = bundle.run("doctor", "--json")
    assert examined.returncode == 0, (examined.stdout, examined.stderr)
    diagnosis = json.loads(examined.stdout)
    assert diagnosis["healthy"], diagnosis
    places = {part["name"]: part["place"] for part in diagnosis["parts"]}
    assert places["application"].startswith(str(bundle.folder))
    assert places["starter model"].startswith(str(bundle.folder))

    written = bundle.run(*GENERATE)
    assert_written(written.returncode, written.stdout, written.stderr)
    assert bundle.processes() == []
    assert list((machine / "home").iterdir()) == []


def test_the_documentation_of_its_api_is_all_there(machine: Path) -> None:
    bundle = installed(machine, OPEN)
    with bundle.serving() as client:
        page = BeautifulSoup(client.get("/docs").text, "html.parser")
        loaded = [str(each.get("src") or each["href"]) for each in page.select("script[src], link")]
        assert len(loaded) == 3 and all(each.startswith("/docs/") for each in loaded)
        found = [client.get(each) for each in [*loaded, "/openapi.json"]]
        assert [each.status_code for each in found] == [200] * 4
        assert "url(http" not in found[0].text
    assert bundle.processes() == []


def test_it_writes_with_the_network_cut_off_and_nothing_leaves(machine: Path) -> None:
    bundle = installed(machine, OPEN)
    command = bundle.command(*GENERATE)
    try:
        sealed = run_sealed(command, machine, bundle.environment, PATIENCE)
    except SealingRefused as refusal:
        if os.geteuid() == 0:
            raise
        pytest.skip(str(refusal))
    assert_written(sealed.returncode, sealed.stdout, sealed.stderr)
    assert sealed.destinations == []
