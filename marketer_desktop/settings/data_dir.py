"""Which folder everything of an installation lies in; quick to ask, before anything is loaded."""

import os
import sys
from pathlib import Path

import platformdirs

APPLICATION = "marketer-desktop"


def default_data_dir() -> Path:
    """The data folder when nobody names one; not under `/root`, where PostgreSQL cannot run."""
    if sys.platform == "linux" and os.geteuid() == 0:
        return Path("/var/lib") / APPLICATION
    return platformdirs.user_data_path(APPLICATION, appauthor=False)


def chosen_data_dir(named: Path | None = None) -> Path:
    """The folder `named`, that of `MARKETER_DATA_DIR`, or the default one."""
    variable = os.environ.get("MARKETER_DATA_DIR")
    folder = named or (Path(variable) if variable else default_data_dir())
    return folder.expanduser().absolute()
