"""Whether a document crashes its reader only for want of memory.

C++ libraries end their process where there is no more, as they do at a fault: what is read to its
end with more memory, and by nothing else than that, was too large.
"""

import subprocess
import sys
from pathlib import Path

from marketer_desktop.knowledge import parser_child
from marketer_desktop.system.limits import Limits, close_the_doors, take_on

LITTLE, MUCH = parser_child.LIMITS.memory, 8 * parser_child.LIMITS.memory


def only_wants_memory(path: Path, little: int = LITTLE) -> bool:
    """Whether a reader with `little` memory crashes over `path` and one with much does not."""
    return not _is_read(path, little) and _is_read(path, MUCH)


def _is_read(path: Path, memory: int) -> bool:
    command = [sys.executable, "-m", __name__, str(memory), str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def main() -> None:
    """Read the file of the second argument with as many bytes of memory as the first says."""
    take_on(Limits(int(sys.argv[1]), parser_child.LIMITS.cpu))
    parser_child.load_encodings()
    parser_child.read(Path(sys.argv[2]), close_the_doors)


if __name__ == "__main__":
    main()
