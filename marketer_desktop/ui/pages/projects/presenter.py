"""The list of projects: which are shown, and what a new name must be."""

from typing import Literal

from marketer_desktop.services.projects import ProjectSummary

LONGEST_NAME = 255

State = Literal["loading", "empty", "filled"]
NameProblem = Literal["missing", "long", "taken"]


class ProjectsPresenter:
    """All projects are known, archived ones too; `archived` shows them."""

    def __init__(self) -> None:
        self._projects: list[ProjectSummary] | None = None
        self.archived = False

    def take(self, projects: list[ProjectSummary]) -> None:
        """Show what was read."""
        self._projects = projects

    @property
    def state(self) -> State:
        """What kind of page this is now."""
        if self._projects is None:
            return "loading"
        return "filled" if self.shown else "empty"

    @property
    def shown(self) -> list[ProjectSummary]:
        """The last touched first, the archive at the end."""
        live = [project for project in self._projects or [] if not project.is_archived]
        away = [project for project in self._projects or [] if project.is_archived]
        return live + (away if self.archived else [])

    @property
    def archive_size(self) -> int:
        """How many projects are in the archive."""
        return sum(project.is_archived for project in self._projects or [])

    def find(self, project_id: object) -> ProjectSummary | None:
        """The project with this number."""
        return next((each for each in self._projects or [] if each.project_id == project_id), None)

    def problem(self, name: str, own: int | None = None) -> NameProblem | None:
        """Why a project cannot be called `name`; `own` is the one that is renamed."""
        wanted = name.strip()
        if not wanted:
            return "missing"
        if len(wanted) > LONGEST_NAME:
            return "long"
        taken = {each.name.lower() for each in self._projects or [] if each.project_id != own}
        return "taken" if wanted.lower() in taken else None
