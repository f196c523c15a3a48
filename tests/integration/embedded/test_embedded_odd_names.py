"""A data folder may have any name that the system allows; so may a backup."""

import subprocess
from pathlib import Path

from marketer_desktop.storage.backup import back_up, read_backup
from marketer_desktop.storage.migration import upgrade
from tests.embedded_server import MakeServer

ODD = "Grüße 日本 'q' \"d\" 100% $x;"


def test_a_folder_with_an_odd_name(place: Path, made_before: Path, make: MakeServer) -> None:
    folder = place / ODD
    subprocess.run(["cp", "-a", made_before, folder], check=True)
    url = make(folder).start()
    upgrade(url)
    back_up(url, folder / f"{ODD}.dump")
    assert read_backup(folder / f"{ODD}.dump")
