"""The queue that carries runs to a worker."""
