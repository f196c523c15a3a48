"""The error for a row that was asked for by number and is not there."""


class MissingRow(LookupError):
    """No such row."""

    def __init__(self, what: str, number: int) -> None:
        super().__init__(f"There is no {what} {number}. It may have been deleted.")
