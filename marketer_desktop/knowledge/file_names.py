"""Names of files as they may be shown, stored and logged."""

import re
from pathlib import Path

# Names that are not UTF-8 come as lone surrogates, which neither JSON nor PostgreSQL takes; control
# and direction characters would make a name look like another one, or a line of a log like two.
_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def shown_name(path: Path) -> str:
    """The last part of `path`, with a replacement character for each that cannot be shown."""
    return _UNSHOWABLE.sub("\ufffd", path.name or str(path))
