"""A data folder that cannot be used is named with its reason, in a terminal and in a window."""

import asyncio
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from marketer_desktop.bootstrap.desktop import open_for_window
from marketer_desktop.bootstrap.handle import open_handle
from marketer_desktop.services.call import ServiceError, plain_message
from marketer_desktop.services.diagnose import diagnosis_without_engine
from marketer_desktop.settings.settings import BadSettings, load_settings
from tests.factories.small_disk import NEEDS_ROOT, small_disk


async def told(folder: Path) -> str:
    """What a command says that cannot start there."""
    with pytest.raises((OSError, FileExistsError)) as caught:
        async with open_handle(load_settings(folder), lambda text: None):
            raise AssertionError("It started.")
    return plain_message(caught.value)


async def test_a_file_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a letter", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "data")
    for place in ("file", "file/data", "link"):
        said = await told(tmp_path / place)
        assert "there is a file, or a link that leads nowhere" in said
        assert "--data-dir" in said
    found = diagnosis_without_engine(tmp_path / "file", "No.").parts[2]
    assert (found.state, "Nothing can be written there" in found.advice) == ("error", True)


@NEEDS_ROOT
async def test_a_disk_that_nobody_may_write_to() -> None:
    with small_disk(1) as disk:
        folder = disk.folder / "data"
        folder.mkdir()
        disk.set_read_only()
        for place in (folder, disk.folder / "new"):
            assert "its disk is read-only" in await told(place)
        assert diagnosis_without_engine(folder, "No.").parts[2].state == "error"


def test_a_path_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="File name too long"):
        load_settings(tmp_path / ("x" * 300))


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "belongs to another user"),
        (errno.EROFS, "read-only"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "still connected"),
        (errno.EMFILE, "Too many open files"),
    ],
)
def test_the_reason_is_told(number: int, reason: str) -> None:
    said = plain_message(OSError(number, os.strerror(number), "/data/owner.lock"))
    assert said.startswith("“/data/owner.lock” cannot be used: ")
    assert reason in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a folder of somebody else's")
def test_the_folder_of_somebody_else() -> None:
    """Asked as `nobody`, who may not even look into it."""
    with small_disk(1) as disk:
        (disk.folder / "data").mkdir(mode=0o700)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(disk.folder / "data")],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "belongs to another user of this machine" in done.stdout


AS_NOBODY = """
import os, sys
from pathlib import Path
from marketer_desktop.services.call import plain_message
from marketer_desktop.system.owner import OwnerLock
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    OwnerLock(Path(sys.argv[1])).acquire()
except OSError as error:
    print(plain_message(error))
"""


def test_a_window_shows_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a letter", "utf-8")

    async def main() -> None:
        async with open_for_window(tmp_path / "file", lambda text: None):
            raise AssertionError("It started.")

    with (
        asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner,
        pytest.raises(ServiceError, match="in place of a folder"),
    ):
        runner.run(main())
