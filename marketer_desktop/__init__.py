"""Marketer Desktop: writes sourced, checked marketing content on the user's own machine."""

from importlib.metadata import version

__version__ = version("marketer-desktop")
