"""What the editor calls statuses, steps, checks and variants."""

from PySide6.QtCore import QCoreApplication

from marketer_desktop.publishing.formats import Format

_TONES = {
    "generating": "accent",
    "in_review": "accent",
    "completed": "success",
    "approved": "success",
    "published": "success",
    "needs_attention": "warning",
    "failed": "error",
}


def said(text: str) -> str:
    """A text of the editor in the user's language."""
    return QCoreApplication.translate("Editor", text)


def status_name(status: str) -> str:
    """The status for people."""
    names = {
        "draft": said("Draft"),
        "generating": said("Generating"),
        "completed": said("Ready"),
        "needs_attention": said("Needs attention"),
        "failed": said("Failed"),
        "cancelled": said("Stopped"),
        "in_review": said("In review"),
        "approved": said("Approved"),
        "published": said("Published"),
        "archived": said("Archived"),
    }
    return names.get(status, status)


def status_tone(status: str) -> str:
    """The tone of a status's pill."""
    return _TONES.get(status, "neutral")


def step_name(step: str) -> str:
    """A step of a run for people."""
    names = {
        "seo_research": said("SEO research"),
        "research": said("Content research"),
        "writing": said("Writing"),
        "editing": said("Editing"),
        "social_media": said("Social media"),
    }
    return names.get(step, step)


def reason_name(reason: str) -> str:
    """How a revision came about."""
    names = {
        "generated": said("Generated"),
        "edited": said("Edited"),
        "restored": said("Restored"),
        "regenerated": said("Regenerated"),
        "imported": said("Imported"),
    }
    return names.get(reason, reason)


def type_name(content_type: str) -> str:
    """A type of content for people."""
    names = {
        "blog": said("Blog post"),
        "webpage": said("Web page"),
        "linkedin": said("LinkedIn post"),
        "twitter": said("X thread"),
        "email": said("E-mail"),
    }
    return names.get(content_type, content_type)


def file_kinds() -> list[tuple[Format, str]]:
    """The kinds of files that a text can be downloaded as, one by one."""
    return [
        (Format.MARKDOWN, said("Markdown (.md)")),
        (Format.HUGO, said("Markdown for Hugo (.md)")),
        (Format.HTML, said("Web page (.html)")),
        (Format.DOCX, said("Word (.docx)")),
        (Format.PDF, said("PDF (.pdf)")),
        (Format.TEXT, said("Plain text (.txt)")),
    ]
