"""The door from the Qt thread to the engine."""
