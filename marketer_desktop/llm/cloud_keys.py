"""The keys of clouds: from the keyring, else from the environment."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from marketer_desktop.llm.choice import CloudProvider
from marketer_desktop.llm.providers import INFO
from marketer_desktop.system.secrets import secret


@dataclass(frozen=True)
class CloudKey:
    """A key, which is never shown, and where it comes from."""

    value: str = field(repr=False)
    source: Literal["keyring", "environment"]


class CloudKeys:
    """Finds keys when they are needed, and keeps none; `kept` names those of the keyring."""

    def __init__(self, kept: Callable[[], Collection[str]], environment: Mapping[str, str]) -> None:
        self._kept = kept
        self._environment = environment

    async def find(self, provider: CloudProvider) -> CloudKey | None:
        """The key for `provider`; a variable of the environment counts only without another."""
        if provider in self._kept():
            kept = await asyncio.to_thread(secret, provider)
            if kept:
                return CloudKey(kept, "keyring")
        named = self._environment.get(INFO[provider].variable, "").strip()
        return CloudKey(named, "environment") if named else None
