"""What an Ollama server says about its models, and the pieces of its answers."""

import hashlib
import json
import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

VERSION = "0.24.0"
EMBEDDING_SIZE = 384


@dataclass(frozen=True)
class FakeModel:
    """A model the server claims to have."""

    name: str
    family: str = "llama"
    parameters: str = "3.2B"
    quantization: str = "Q4_K_M"
    size: int = 2_019_393_189
    context: int = 8192
    capabilities: tuple[str, ...] = ("completion", "tools")

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()


CHAT = FakeModel("llama3.2:3b")
EMBEDDER = FakeModel(
    "nomic-embed-text:latest", "nomic-bert", "137M", "F16", 274_302_450, 2048, ("embedding",)
)
PULLABLE = FakeModel("qwen3:0.6b", "qwen3", "751.63M", "Q4_K_M", 522_653_767, 40960)


def full_name(name: str) -> str:
    return name if ":" in name else f"{name}:latest"


def now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def details(model: FakeModel) -> dict[str, Any]:
    return {
        "parent_model": "",
        "format": "gguf",
        "family": model.family,
        "families": [model.family],
        "parameter_size": model.parameters,
        "quantization_level": model.quantization,
    }


def listed(model: FakeModel) -> dict[str, Any]:
    return {
        "name": model.name,
        "model": model.name,
        "modified_at": "2025-11-04T14:56:49.277302595-07:00",
        "size": model.size,
        "digest": model.digest,
        "details": details(model),
    }


def loaded(model: FakeModel) -> dict[str, Any]:
    entry = listed(model) | {
        "expires_at": "2038-01-01T00:00:00Z",
        "size_vram": model.size,
        "context_length": 4096,
    }
    del entry["modified_at"]
    return entry


def shown(model: FakeModel) -> dict[str, Any]:
    return {
        "license": "Apache-2.0",
        "modelfile": f"FROM {model.name}\nTEMPLATE {{{{ .Prompt }}}}\n",
        "parameters": 'stop    "<|eot_id|>"',
        "template": "{{ .Prompt }}",
        "details": details(model),
        "model_info": {
            "general.architecture": model.family,
            "general.parameter_count": 3_212_749_888,
            f"{model.family}.context_length": model.context,
            f"{model.family}.embedding_length": EMBEDDING_SIZE,
        },
        "capabilities": list(model.capabilities),
        "modified_at": "2025-11-04T14:56:49.277302595-07:00",
    }


def pull_statuses(model: FakeModel) -> list[dict[str, Any]]:
    layer = {
        "status": f"pulling {model.digest[:12]}",
        "digest": f"sha256:{model.digest}",
        "total": model.size,
    }
    return [
        {"status": "pulling manifest"},
        layer,
        *({**layer, "completed": model.size * part // 4} for part in range(1, 5)),
        {"status": "verifying sha256 digest"},
        {"status": "writing manifest"},
        {"status": "success"},
    ]


def request_hash(body: Mapping[str, Any]) -> str:
    """The same for the same model, messages (or prompt), options and format; in hexadecimal."""
    kept = {name: body.get(name) for name in ("model", "messages", "prompt", "options", "format")}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def tokens(text: str) -> list[str]:
    """Pieces that join to `text`: about one a word, as real tokenizers give."""
    return re.findall(r"\s*\w+|\s*[^\w\s]|\s+", text)


def embedding(text: str) -> list[float]:
    """A direction of length 1 that only depends on the text."""
    order = random.Random(text)
    values = [order.gauss(0, 1) for _ in range(EMBEDDING_SIZE)]
    length = math.hypot(*values)
    return [value / length for value in values]
