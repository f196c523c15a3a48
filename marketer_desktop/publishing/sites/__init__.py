"""The kinds of places that texts are published at, each behind the same few questions."""
