"""Posts of a thread: whole sentences packed under the platform's limit."""

from collections.abc import Sequence

# 280 weighted characters, less the numbering: the longest brief makes more than 99 posts.
POST_CHARACTERS = 280 - len("100/100 ")


def weight(text: str) -> int:
    """Weighted characters: Latin text and punctuation count one, everything else two."""
    light = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
    return sum(1 if any(a <= ord(c) <= b for a, b in light) else 2 for c in text)


def packed(sentences: Sequence[str], most: int = POST_CHARACTERS) -> list[str]:
    """Posts of at most `most` weighted characters; a sentence that alone is longer is left out."""
    posts: list[str] = []
    for sentence in sentences:
        joined = f"{posts[-1]} {sentence}" if posts else sentence
        if posts and weight(joined) <= most:
            posts[-1] = joined
        elif weight(sentence) <= most:
            posts.append(sentence)
    return posts
