"""Sets the environment of the benchmark, before the libraries that read it are loaded."""

import os

import marketer_desktop.__main__  # noqa: F401 - as the app itself sets it

os.environ["OLLAMA_HOST"] = "127.0.0.1:9"  # the starter model, whatever else there is
