"""One project: campaigns, documents, brand voice, settings."""
