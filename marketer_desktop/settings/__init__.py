"""What the user or the environment decides."""
