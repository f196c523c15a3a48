"""Logs that help support and never hold a secret."""
