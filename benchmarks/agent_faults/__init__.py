"""Connections of an agent cut at random moments while a server asks it eight things at once."""
