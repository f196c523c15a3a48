"""Every operation of the API under invented requests, held against its own description."""
