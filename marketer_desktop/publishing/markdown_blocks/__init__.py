"""Markdown taken apart into blocks that rich text can show, and put together byte for byte."""
