"""Kills the engine and its database wherever a run may be, and looks at what becomes of it."""
