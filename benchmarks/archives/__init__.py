"""Archives made while an engine works, restored elsewhere, and restores that are killed."""
