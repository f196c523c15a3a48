"""Which file of tests a free worker takes next.

Files with processes of their own mostly wait. A few of them at once, beside files that compute,
keep every core at work from the beginning to the end.
"""

from collections.abc import Mapping
from typing import Any

from xdist.scheduler import LoadFileScheduling

PROCESSES = "tests/end_to_end/"
AT_ONCE = 2  # more would make each other wait longer than people do
# These take longest, and begin first: no worker is left alone with one at the end.
LONGEST = (
    "tests/end_to_end/test_generate_offline.py",
    "tests/end_to_end/test_attach.py",
    "tests/end_to_end/test_demo.py",
    "tests/end_to_end/test_kill_and_resume.py",
    "tests/end_to_end/window/test_keyboard_only.py",
    "tests/end_to_end/window/test_walk.py",
    "tests/end_to_end/window/test_pull_the_plug.py",
    "tests/end_to_end/test_team_of_processes.py",
    "tests/integration/mirrors/test_sync_faults.py",
    "tests/integration/api/test_openapi_proof.py",
    "tests/end_to_end/test_hybrid_walk.py",
    "tests/end_to_end/test_documents_short.py",
    "tests/end_to_end/test_kill_proof.py",
    "tests/end_to_end/test_engine_of_a_window.py",
    "tests/architecture/test_floors.py",
    "tests/integration/test_planted_facts.py",
    "tests/integration/api/test_agent_faults.py",
    "tests/integration/api/test_permission_matrix.py",
    "tests/integration/services/test_publish_faults.py",
    "tests/integration/services/test_brand_voice_runs.py",
    "tests/ui/test_hybrid_walk.py",
)


class InTurns(LoadFileScheduling):  # type: ignore[misc]
    """By file, the longest first, and only so many at once that start processes."""

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(self._next(), last=False)
        super()._assign_work_unit(node)

    def _next(self) -> str:
        units = [unit for work in self.assigned_work.values() for unit in work.items()]
        under_way = sum(file.startswith(PROCESSES) and not _over(unit) for file, unit in units)
        has_place = under_way < AT_ONCE
        chosen: str = min(self.workqueue, key=lambda file: _place(file, has_place))
        return chosen


def _over(unit: Mapping[str, bool]) -> bool:
    return all(unit.values())


def _place(file: str, has_place: bool) -> tuple[bool, int]:
    in_turn = file.startswith(PROCESSES) == has_place
    return not in_turn, LONGEST.index(file) if file in LONGEST else len(LONGEST)
