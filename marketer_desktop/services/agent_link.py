"""An agent that is connected to this process, and what it has been asked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from marketer_desktop.services.agent_frames import Hello


@dataclass
class Asked:
    """A request that an agent is at: what has come of its answer, and whether anybody waits."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    withdrawn: bool = False


@dataclass(eq=False, slots=True)
class AgentLink:
    """A connected agent. `send` gives it a frame, `end(code, reason)` closes the connection."""

    organization_id: int
    key_id: int
    expires_at: datetime | None  # its key
    hello: Hello
    send: Callable[[dict[str, Any]], Awaitable[None]]
    end: Callable[[int, str], None]
    id: UUID = field(default_factory=uuid4)
    asked: dict[UUID, Asked] = field(default_factory=dict)
    pinged_at: float = 0.0

    def model_for(self, wanted: str) -> str:
        """The model it answers with: the one that is wanted, else its first."""
        return wanted if wanted in self.hello.models else self.hello.models[0]
