"""Builds the engine from settings."""
