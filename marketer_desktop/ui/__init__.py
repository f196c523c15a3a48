"""The desktop application: a Qt window on the engine."""
