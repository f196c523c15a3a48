"""What can go wrong with knowledge, in sentences for a marketer."""


class DocumentError(Exception):
    """A document cannot be used; the message says why and what to do about it."""


class VectorIndexError(Exception):
    """The search index cannot be used; it can always be rebuilt from the stored chunks."""
