"""What the team page says of each member, and what may be done about them, without Qt."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from marketer_desktop.domain.permissions import Role
from marketer_desktop.services.team import Member, MemberList

ROLES = (Role.OWNER, Role.ADMIN, Role.MEMBER, Role.VIEWER)


@dataclass(frozen=True)
class MemberLine:
    """One row: an empty `name` means that nobody has given one yet."""

    member_id: int
    user_id: int
    name: str
    email: str
    role: str
    joined: date | None
    is_you: bool

    @property
    def is_invited(self) -> bool:
        """Whether they have not accepted yet."""
        return self.joined is None


class TeamPresenter:
    """Holds the members as they were last read."""

    def __init__(self) -> None:
        self.lines: list[MemberLine] = []
        self._team = MemberList(members=[])

    def take(self, team: MemberList) -> None:
        """Take over the members; days are by this computer's clock."""
        self._team = team
        self.lines = [_line(member) for member in team.members]

    @property
    def is_local(self) -> bool:
        """Whether nobody else can belong to the organization."""
        return self._team.is_local

    @property
    def is_alone(self) -> bool:
        """Whether nobody else belongs to it, or is invited."""
        return len(self.lines) <= 1

    @property
    def invites(self) -> bool:
        """Whether the person may invite somebody."""
        return self._team.invites

    @property
    def host(self) -> str:
        """The server that the organization belongs to."""
        return urlsplit(self._team.server).hostname or ""

    @property
    def offered(self) -> list[Role]:
        """As what somebody can be invited."""
        return [role for role in ROLES if role is not Role.OWNER or self._team.makes_owners]

    @property
    def you(self) -> MemberLine | None:
        """The person at this computer."""
        return next((line for line in self.lines if line.is_you), None)

    def line(self, member_id: object) -> MemberLine | None:
        """The row of this key."""
        return next((line for line in self.lines if line.member_id == member_id), None)

    def roles_for(self, line: MemberLine) -> list[Role]:
        """What else they can be made: only owners make and unmake owners."""
        if not self._team.changes or not self._reaches(line):
            return []
        return [role for role in self.offered if role != line.role]

    def removes(self, line: MemberLine) -> bool:
        """Whether they can be removed, or their invitation taken back."""
        return self._team.removes and not line.is_you and self._reaches(line)

    def only_for_owners(self, line: MemberLine) -> bool:
        """Whether it is for want of being an owner that nothing can be done."""
        return self._team.changes and not self._reaches(line)

    def _reaches(self, line: MemberLine) -> bool:
        return line.role != Role.OWNER or self._team.makes_owners


def _line(member: Member) -> MemberLine:
    return MemberLine(
        member_id=member.member_id,
        user_id=member.user_id,
        name=(member.name or "").strip(),
        email=member.email or "",
        role=member.role,
        joined=member.joined_at.astimezone().date() if member.joined_at else None,
        is_you=member.is_you,
    )
