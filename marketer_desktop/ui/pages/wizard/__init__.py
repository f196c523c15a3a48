"""The wizard: a brief in three steps."""
