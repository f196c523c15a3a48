"""The editor: one text in four views, with what is known about it."""
