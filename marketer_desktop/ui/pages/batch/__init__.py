"""Many briefs at once: a table is checked row by row, and then written."""
