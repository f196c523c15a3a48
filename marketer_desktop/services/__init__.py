"""One use case a file; the only way in for window, API and command line."""
