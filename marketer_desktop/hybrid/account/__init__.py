"""Accounts on servers: signing in, and requests in the name of an account."""
