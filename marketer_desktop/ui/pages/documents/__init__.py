"""The documents that may be quoted."""
