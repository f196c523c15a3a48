"""What a post is called at its site until it is public: so it is found if an answer is lost."""

from uuid import UUID

TWINS = 3  # a request that was thought lost may still make one


def slug_of(key: UUID) -> str:
    """The slug of the draft that a post begins as."""
    return f"marketer-{key.hex}"


def slugs_of(key: UUID) -> list[str]:
    """That slug, and what sites make of it where it is taken."""
    first = slug_of(key)
    return [first, *(f"{first}-{number}" for number in range(2, 2 + TWINS))]
