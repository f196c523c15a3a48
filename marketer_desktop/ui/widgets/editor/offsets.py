"""Qt counts a character outside of the first plane, such as an emoji, as two; Python as one."""

LAST_SINGLE = "\uffff"


def units(text: str) -> int:
    """The length of `text` as Qt counts it."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > LAST_SINGLE for character in text)


def to_units(text: str, index: int) -> int:
    """Qt's offset of the character at `index`."""
    return index if text.isascii() else units(text[:index])


def from_units(text: str, offset: int) -> int:
    """The index of the character at Qt's `offset`."""
    if text.isascii() or max(text) <= LAST_SINGLE:
        return offset
    index = 0
    while offset > 0 and index < len(text):
        offset -= 1 + (text[index] > LAST_SINGLE)
        index += 1
    return index


def cut(text: str, start: int, end: int | None) -> str:
    """The part of `text` between two of Qt's offsets."""
    return text[from_units(text, start) : None if end is None else from_units(text, end)]
