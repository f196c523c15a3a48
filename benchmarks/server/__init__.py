"""The API under load, each figure beside its peer in the same run."""
