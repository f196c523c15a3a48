"""Keeps this machine's copy of a server's rows, and sends what is changed in it."""
