"""Finished content as files."""
