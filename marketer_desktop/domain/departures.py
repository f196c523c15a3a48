"""What can leave this machine, by its kind."""

from typing import Literal

Departure = Literal[
    "sign_in",
    "account",
    "sync_push",
    "sync_changes",
    "invite",
    "agent_answer",
    "model_call",
    "key_check",
    "publish",
]
