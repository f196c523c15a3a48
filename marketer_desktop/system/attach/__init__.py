"""The private channel by which later commands use the owner of a data folder.

It carries named calls with JSON objects and knows nothing of what they mean.
"""

from marketer_desktop.system.attach.client import AttachClient
from marketer_desktop.system.attach.server import AttachServer, Dispatch
from marketer_desktop.system.attach.wire import (
    AttachError,
    Emit,
    NoOwner,
    OtherVersion,
    OwnerGone,
    RemoteError,
)

__all__ = [
    "AttachClient",
    "AttachError",
    "AttachServer",
    "Dispatch",
    "Emit",
    "NoOwner",
    "OtherVersion",
    "OwnerGone",
    "RemoteError",
]
