"""Puts the window together and runs it."""
