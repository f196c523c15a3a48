"""The libraries of this room that take a second to load: best done while nobody waits."""

SLOW = ("chromadb.api.rust", "onnxruntime", "tokenizers")
