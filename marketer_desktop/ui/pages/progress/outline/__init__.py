"""The outline of a run that waits for it: changed in place, then written."""
