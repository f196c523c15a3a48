"""Loads the libraries of this room ahead of their first use."""

from importlib import import_module

SLOW = ("chromadb.api.rust", "onnxruntime", "tokenizers")


def load() -> None:
    """Takes seconds, and stops every other thread for moments: best done while nobody waits."""
    for name in SLOW:
        import_module(name)
