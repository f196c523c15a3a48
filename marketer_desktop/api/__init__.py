"""The HTTP API, of one desktop or of a team: REST, event streams, sockets of agents."""
