"""The checks that decide whether a finished piece may be called completed."""
