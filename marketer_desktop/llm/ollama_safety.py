"""What is unsafe about an Ollama: too old a version, or open to other machines."""

import asyncio
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.system.addresses import is_open_to_others, own_addresses

# CVE-2026-7482: whoever reaches an older server can read its memory, prompts and keys included.
# Mended on 2026-02-25; CVE-2025-51471 (a token sent to a foreign host) before that, in 0.14.3.
# Source: public write-ups of these numbers, read on 2026-11-23; one names 0.8.3 for the first.
LEAST_SAFE_VERSION = "0.17.1"
# The runner of this version counts all of a prompt, also what it had kept from an earlier call.
COUNTS_WHOLE_PROMPT = "0.4.0"
DEFAULT_PORT = 11434
KNOCK_SECONDS = 0.3
_EVERYWHERE = re.compile(r"^(?:\w+://)?(?:0\.0\.0\.0|\[?::\]?)(?::\d+)?(?:/.*)?$")
_NUMBERS = re.compile(r"v?(\d+)\.(\d+)(?:\.(\d+))?(-rc)?")

OPEN = (
    "Ollama listens for the whole network: every machine that reaches this one can use and change "
    "its models. Set OLLAMA_HOST to 127.0.0.1 for the Ollama server and start it again."
)


def older(version: str, than: str) -> bool:
    """Whether `version` came before `than`; one that cannot be read did not."""
    read, wanted = _NUMBERS.match(version), _NUMBERS.match(than)
    if read is None or wanted is None or version.startswith("0.0.0"):  # built from source
        return False
    before, after = (tuple(int(n or 0) for n in found.groups()[:3]) for found in (read, wanted))
    return before < after or (before == after and read[4] is not None)


async def warnings_about(host: str, version: str, environment: Mapping[str, str]) -> list[str]:
    """What a user of the Ollama at `host`, which answers, should know."""
    found = []
    if older(version, LEAST_SAFE_VERSION):
        found.append(
            f"Ollama {version} has known security holes. Update it to {LEAST_SAFE_VERSION} or "
            "later, from ollama.com/download."
        )
    own = await asyncio.to_thread(own_addresses)
    name = urlsplit(host).hostname or ""
    if name not in own and not is_loopback(name):
        found.append(
            f"Ollama runs on another machine ({name}): prompts, with passages of your documents, "
            "leave this one."
        )
    elif name in own or await _is_open(host, own, environment):
        found.append(OPEN)
    return found


async def _is_open(host: str, own: list[str], environment: Mapping[str, str]) -> bool:
    """Whether the server on the loopback of `host` can be reached from elsewhere too."""
    if _EVERYWHERE.match(environment.get("OLLAMA_HOST", "").strip().strip("\"'")):
        return True
    port = urlsplit(host).port or DEFAULT_PORT
    known = await asyncio.to_thread(is_open_to_others, port)
    if known is not None:
        return known
    return any(await asyncio.gather(*(_answers(address, port) for address in own)))


async def _answers(address: str, port: int) -> bool:
    """Whether an Ollama can be reached at another address of this machine."""
    name = f"[{address}]" if ":" in address else address
    try:
        async with httpx.AsyncClient(timeout=KNOCK_SECONDS, trust_env=False) as client:
            answer = await client.get(f"http://{name}:{port}/api/version")
            return answer.is_success and "version" in answer.json()
    except (httpx.HTTPError, ValueError):
        return False
