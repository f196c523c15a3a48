"""Kills restores at drawn moments: afterwards there is the old or the new, and nothing between."""

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from marketer_desktop.bootstrap.database_alone import database_alone
from marketer_desktop.settings.settings import Settings
from tests.factories.table_sums import table_sums

RESTORE = """
import sys
from pathlib import Path
from marketer_desktop.bootstrap.restore_archive import restore_archive
from marketer_desktop.settings.settings import Settings
settings = Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2], model=None)
print("ready", flush=True)
restore_archive(settings, Path(sys.argv[3]), lambda text: None, lambda event: None)
"""
Stand = tuple[dict[str, tuple[int, str]], dict[str, bytes]]


@dataclass
class Kills:
    """How many were killed, what was there afterwards, and what was wrong."""

    dealt: int = 0
    old: int = 0
    new: int = 0
    complaints: list[str] = field(default_factory=list)


def killed(settings: Settings, archives: list[Path], count: int, seed: int) -> Kills:
    """Restore the archives by turns, and kill all but the first rounds at drawn moments."""
    draw, kills = random.Random(seed), Kills()
    stands, took = [], 0.0
    for file in archives:
        took = max(took, _restore(settings, file, None)[0])
        stands.append(_stand(settings))
    while kills.dealt < count:
        present = _stand(settings)
        wanted = (stands.index(present) + 1) % len(stands)
        was_killed = _restore(settings, archives[wanted], draw.uniform(0.0, took))[1]
        after = _stand(settings)
        if was_killed:  # else it was through before
            kills.dealt += 1
            kills.new += after == stands[wanted]
            kills.old += after == present
        if after not in (present, stands[wanted]):
            kills.complaints.append(
                f"after blow {kills.dealt} there was neither the old nor the new"
            )
            _restore(settings, archives[wanted], None)
    return kills


def _restore(settings: Settings, file: Path, kill_after: float | None) -> tuple[float, bool]:
    """Seconds that it took once everything was loaded, and whether it was killed in the midst."""
    assert settings.database_url
    words = [str(settings.data_dir), settings.database_url, str(file)]
    command = [sys.executable, "-c", RESTORE, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        began = time.monotonic()
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
    return time.monotonic() - began, process.returncode == -signal.SIGKILL


def _stand(settings: Settings) -> Stand:
    """Rows and files, once the next start has settled what was cut off."""
    with database_alone(settings, lambda text: None) as url:
        rows = table_sums(url)
    assert not list(settings.data_dir.glob(".restored-*"))
    found = [*settings.data_dir.glob("documents/*"), *settings.data_dir.glob("content/**/*")]
    files = {str(file): file.read_bytes() for file in found if file.is_file()}
    return rows, files
