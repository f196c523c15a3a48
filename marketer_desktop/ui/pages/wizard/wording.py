"""What the wizard says."""

from PySide6.QtCore import QCoreApplication

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.ui.pages.wizard.presenter import LONGEST_AUDIENCE, LONGEST_TOPIC


def tr(text: str) -> str:
    """`text` in the user's language."""
    return QCoreApplication.translate("Wizard", text)


def steps() -> list[str]:
    """The names of the steps."""
    return [tr("Project and campaign"), tr("Content"), tr("Options")]


def types() -> list[tuple[ContentType, str, str]]:
    """The kinds of content, each with its icon and name."""
    return [
        (ContentType.BLOG, "newspaper", tr("Blog post")),
        (ContentType.WEBPAGE, "globe", tr("Web page")),
        (ContentType.LINKEDIN, "letter:in", tr("LinkedIn")),
        (ContentType.TWITTER, "letter:X", tr("X post")),
        (ContentType.EMAIL, "mail", tr("Email")),
    ]


def tones() -> list[tuple[str, str]]:
    """The tones with their names."""
    return [
        ("professional", tr("Professional")),
        ("conversational", tr("Conversational")),
        ("technical", tr("Technical")),
        ("friendly", tr("Friendly")),
        ("persuasive", tr("Persuasive")),
    ]


def priorities() -> list[tuple[str, str]]:
    """The priorities of search with their names."""
    return [("low", tr("Low")), ("medium", tr("Medium")), ("high", tr("High"))]


def priority_hint(priority: str, is_long_form: bool) -> str:
    """What a priority asks of the text, beyond what every text has to have."""
    if not is_long_form:
        return tr("Every keyword occurs. Posts and emails have no SEO score to reach.")
    return {
        "low": tr("Every keyword occurs. The SEO score is advice only."),
        "medium": tr("Every keyword occurs, and the SEO score is 60 or more."),
        "high": tr("Every keyphrase check passes, and the SEO score is 75 or more."),
    }[priority]


def only_documents(has_documents: bool) -> str:
    """What the switch does, or why it is off."""
    if has_documents:
        return tr("Nothing is said that they do not say.")
    return tr("Add a document first.")


def review_outline() -> str:
    """What the switch does."""
    return tr("Stops after the outline, for you to change it.")


def problem(name: str, code: str | None) -> str | None:
    """What is wrong with a field, and what to do."""
    said = {
        ("topic", "missing"): tr("Enter a topic."),
        ("topic", "short"): tr("Use at least 3 characters."),
        ("topic", "long"): tr("Use at most {0} characters.").format(LONGEST_TOPIC),
        ("keywords", "missing"): tr("Add at least one keyword."),
        ("audience", "long"): tr("Use at most {0} characters.").format(LONGEST_AUDIENCE),
    }
    return said[name, code] if code else None


def counter(count: int, most: int) -> str:
    """How many there are of how many there may be."""
    return tr("{0} of {1}").format(count, most)


def model(name: str) -> str:
    """The model that will write."""
    if name == "starter":
        return tr("Starter model, writes samples")
    provider, _, own = name.partition(":")
    cloud = {"openai": "OpenAI", "anthropic": "Anthropic", "mistral": "Mistral"}.get(provider)
    if cloud:
        return tr("{0}. Brief and quoted passages are sent to {1}").format(own, cloud)
    return tr("{0} on Ollama").format(own)


def reading(file: str, number: int, count: int, percent: int) -> str:
    """How far the files are that were added."""
    if count > 1:
        return tr("Reading {0}, {1} of {2}").format(file, number, count)
    return tr("Reading {0}, {1}%").format(file, percent)
