"""What the team page says of each member, without Qt."""

from dataclasses import dataclass
from datetime import date

from marketer_desktop.services.team import Member


@dataclass(frozen=True)
class MemberLine:
    """One row: an empty `name` means that nobody has given one yet."""

    user_id: int
    name: str
    email: str
    role: str
    joined: date | None
    is_you: bool


class TeamPresenter:
    """Holds the members as they were last read."""

    def __init__(self) -> None:
        self.lines: list[MemberLine] = []

    def take(self, members: list[Member]) -> None:
        """Take over the members; days are by this computer's clock."""
        self.lines = [
            MemberLine(
                user_id=member.user_id,
                name=(member.name or "").strip(),
                email=member.email or "",
                role=member.role,
                joined=member.joined_at.astimezone().date() if member.joined_at else None,
                is_you=member.is_you,
            )
            for member in members
        ]

    @property
    def is_alone(self) -> bool:
        """Whether nobody else belongs to the organization."""
        return len(self.lines) <= 1

    @property
    def you(self) -> MemberLine | None:
        """The person at this computer."""
        return next((line for line in self.lines if line.is_you), None)
