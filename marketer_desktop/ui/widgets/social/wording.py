"""What variants are called."""

from PySide6.QtCore import QCoreApplication


def said(text: str) -> str:
    """A text about variants in the user's language."""
    return QCoreApplication.translate("Social", text)


def variant_name(variant: str) -> str:
    """What a variant is for."""
    names = {
        "linkedin": said("LinkedIn post"),
        "twitter": said("X post"),
        "thread": said("X thread"),
        "email": said("Email teaser"),
        "subject": said("Subject"),
        "preview": said("Preview text"),
        "plain": said("Plain-text version"),
    }
    return names.get(variant, variant)


def copy_name(variant: str) -> str:
    """What the button says that copies a variant for where it goes."""
    places = {
        "linkedin": said("Copy for LinkedIn"),
        "twitter": said("Copy for X"),
        "thread": said("Copy for X"),
    }
    return places.get(variant, said("Copy"))
