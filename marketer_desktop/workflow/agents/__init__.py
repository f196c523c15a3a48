"""The five agents, each a file."""
