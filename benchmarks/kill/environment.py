"""Sets the environment of the proof, before the libraries that read it are loaded."""

import os

import marketer_desktop.__main__  # noqa: F401 - as the app itself sets it

os.environ["OMP_NUM_THREADS"] = "1"  # a library that is loaded before a fork may start no threads

# What a victim would otherwise load at each of its starts; it is forked from who has them loaded.
PRELOADED = [
    "marketer_desktop.bootstrap.engine",
    "marketer_desktop.services.registry",
    "marketer_desktop.llm.ollama_chat",
    "benchmarks.kill.victim",
    "alembic.command",
    "chromadb",
    "onnxruntime",
]
