"""A desktop and a team's server, each with its own PostgreSQL, from the sign-in to a kill -9."""
