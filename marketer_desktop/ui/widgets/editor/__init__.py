"""A rich text editor whose truth is Markdown."""
