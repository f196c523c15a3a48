"""How long movements take: nothing moves for whoever asked for calm."""

from PySide6.QtCore import QEasingCurve

EASE = QEasingCurve(QEasingCurve.Type.OutCubic)

_reduced = False


def set_reduced(reduced: bool) -> None:
    """Switch movements off or on, from now on."""
    global _reduced
    _reduced = reduced


def is_reduced() -> bool:
    """Whether nothing should move."""
    return _reduced


def duration(ms: int) -> int:
    """`ms`, or 0 where nothing should move."""
    return 0 if _reduced else ms
