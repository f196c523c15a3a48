"""Notes what goes to models elsewhere: how much and where to, never what."""

from collections.abc import Callable
from urllib.parse import urlsplit

from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.llm.choice import CloudProvider, ModelChoice
from marketer_desktop.llm.providers import INFO
from marketer_desktop.observability.departures import Noted
from marketer_desktop.services.parts import Parts


def on_send(parts: Parts, choice: ModelChoice) -> Callable[[int], None] | None:
    """What hears of each request with its size in bytes; None for a model of this computer."""
    if choice.cloud is not None:
        host = _cloud(parts, choice.cloud)
    elif choice.provider == "ollama":
        host = _host(parts.models.ollama_host)
    else:
        return None
    if is_loopback(host):
        return None
    noted = Noted("model_call", host, f"A brief and passages for {choice}")
    return lambda size: parts.departures.note(noted, size)


def note_check(parts: Parts, provider: CloudProvider) -> None:
    """Note that a cloud is asked about a key."""
    what = "The question which models your key may use; none of your texts"
    parts.departures.note(Noted("key_check", _cloud(parts, provider), what))


def _cloud(parts: Parts, provider: CloudProvider) -> str:
    return _host(parts.models.cloud_addresses[provider]) or INFO[provider].title


def _host(address: str) -> str:
    return urlsplit(address if "//" in address else f"//{address}").hostname or ""
