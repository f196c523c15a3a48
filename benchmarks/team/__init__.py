"""Several servers and workers as processes of their own, killed while they work."""
