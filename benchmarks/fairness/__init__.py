"""Many runs at once on one worker: whether each gets its share, and what their savers cost."""
