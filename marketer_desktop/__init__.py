"""Marketer Desktop: writes sourced, checked marketing content on the user's own machine."""

__version__ = "0.1.0"
