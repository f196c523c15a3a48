"""Records what the scorer's oracle says of our own test papers, for tests without Node.

`python -m benchmarks.record_oracle` writes `tests/data/scorer_oracle.json`: scores, no more.
"""

import json
import sys
from pathlib import Path

from benchmarks.scorer_oracle import NoOracle, answers
from tests.factories.scored_papers import scored_papers

TARGET = Path(__file__).resolve().parents[1] / "tests" / "data" / "scorer_oracle.json"


def main() -> None:
    said = [
        {
            "id": answer["id"],
            "seo": answer["seo"],
            "readability": answer["readability"],
            "flesch": answer["flesch"]["score"],
            "checks": {name: check["score"] for name, check in answer["checks"].items()},
        }
        for answer in answers(scored_papers())
    ]
    lines = ",\n".join(json.dumps(one) for one in said)
    TARGET.write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    try:
        main()
    except NoOracle as error:
        sys.exit(f"NOT RECORDED: {error}")
