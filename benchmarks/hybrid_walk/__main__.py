"""`python -m benchmarks.hybrid_walk`: a desktop and a server, from the sign-in to a kill -9.

Both are the real `marketer`, each with a PostgreSQL of its own; the desktop writes with the
starter model. Only Stripe and the Ollama of the server's machine are ours.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hybrid_walk.seeing import Missed
from benchmarks.hybrid_walk.walk import walk


def main() -> None:
    """Print a line for each step; exit with 1 at the first that is not as it should be."""
    with TemporaryDirectory(prefix="mkt-walk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL's user has to come through
        began = time.monotonic()
        with walk(folder) as steps:
            for number, (what, step) in enumerate(steps, 1):
                at = f"{number:2} {what}"
                try:
                    seen = step()
                except Missed as missed:
                    print(f"{at}: NOT AS SAID: {missed}")
                    sys.exit(1)
                print(f"{at}: {seen} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{len(steps)} steps in {time.monotonic() - began:.0f} s, all as said")


if __name__ == "__main__":
    main()
