"""Sets the environment of the proof, before the libraries that read it are loaded."""

import os

import marketer_desktop.__main__  # noqa: F401 - as the app itself sets it

os.environ["OMP_NUM_THREADS"] = "1"  # a library that is loaded before a fork may start no threads
