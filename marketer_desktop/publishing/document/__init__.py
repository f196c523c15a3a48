"""A text as its readers see it: the one model that every kind of file is made from."""
