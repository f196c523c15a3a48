"""What a real WordPress answered, kept for tests on machines without one."""

import json
from pathlib import Path

from benchmarks.wordpress.answers import Answer

TARGET = Path(__file__).resolve().parents[2] / "tests" / "data" / "wordpress_answers.json"


def write(version: str, answers: dict[str, Answer]) -> None:
    """Keep them, a line for each."""
    lines = [
        json.dumps([name, each.status, each.headers, each.body], ensure_ascii=False)
        for name, each in answers.items()
    ]
    told = ",\n".join(lines)
    TARGET.write_text(f'{{"version": "{version}", "answers": [\n{told}\n]}}\n', "utf-8")


def read() -> tuple[str, dict[str, Answer]]:
    """The version that answered, and its answers by the names of the questions."""
    kept = json.loads(TARGET.read_text("utf-8"))
    answers = {
        name: Answer(status, body, headers) for name, status, headers, body in kept["answers"]
    }
    return str(kept["version"]), answers
