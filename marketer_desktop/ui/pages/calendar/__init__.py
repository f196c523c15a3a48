"""The calendar of what is published and what is to be."""
