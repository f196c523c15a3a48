"""What is said about an outline."""

from PySide6.QtCore import QCoreApplication

from marketer_desktop.ui.pages.progress.outline.presenter import (
    FEWEST_SECTIONS,
    MOST_POINTS,
    OutlinePresenter,
)


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Outline", text)


def problem(code: str | None) -> str:
    """What is wrong with a section, and what to do."""
    said = {
        "missing": tr("Enter a heading, or remove the section."),
        "twice": tr("Another section has this heading. Choose a different one."),
        "points": tr("Use at most {0} points.").format(MOST_POINTS),
    }
    return said[code] if code else ""


def total(outline: OutlinePresenter) -> str:
    """How long the sections are beside the brief."""
    return tr("{0} of {1} words").format(f"{outline.total:,}", f"{outline.target:,}")


def about(keyphrase: str) -> str:
    """What the piece is to be found by, and how points are told apart."""
    return tr("Keyphrase: {0} · Each line is a point to make.").format(keyphrase)


def note(outline: OutlinePresenter) -> str:
    """What becomes of the lengths, or what is missing."""
    if outline.is_too_short:
        return tr("Keep at least {0} sections.").format(FEWEST_SECTIONS)
    said = tr("The introduction takes the rest. Lengths are scaled to {0} words in all.")
    return said.format(f"{outline.target:,}") if outline.is_long_form else ""


def removed(heading: str) -> str:
    """That a section is gone."""
    return tr("Removed “{0}”.").format(heading) if heading.strip() else tr("Removed a section.")
