"""Reads PDF, Word, plain text, Markdown and HTML into clean text, recognised by content."""
