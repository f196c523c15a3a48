"""A real WordPress on this machine: publishing to it, and our stand-in beside it."""
