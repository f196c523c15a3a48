"""The machine beneath: places, child processes, the single owner, attaching, secrets."""
