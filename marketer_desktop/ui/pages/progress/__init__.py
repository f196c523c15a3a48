"""Watching a run: its steps, the time left, and the draft as it is written."""
