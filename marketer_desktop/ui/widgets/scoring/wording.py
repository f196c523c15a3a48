"""What checks and ratings are called."""

from PySide6.QtCore import QCoreApplication


def said(text: str) -> str:
    """A text about scores in the user's language."""
    return QCoreApplication.translate("Scoring", text)


def rating_name(rating: str) -> str:
    """A rating for people."""
    return {"good": said("Good"), "fair": said("Fair"), "poor": said("Poor")}[rating]


def check_name(check_id: str) -> str:
    """What a check of the contract looks at, in a word or two."""
    names = {
        "word_count": said("length"),
        "size": said("size"),
        "keywords": said("keywords"),
        "placeholders": said("placeholders"),
        "prompt_echo": said("words of the instruction"),
        "reasoning": said("the model's reasoning"),
        "ai_talk": said("talk about itself"),
        "repetition": said("repetition"),
        "forbidden_phrases": said("forbidden phrases"),
        "markdown": said("Markdown"),
        "citations": said("citations"),
        "headings": said("headings"),
        "title_length": said("length of the title"),
        "title_width": said("width of the title"),
        "description_length": said("length of the description"),
        "slug": said("address"),
        "keyphrase_in_title": said("keyphrase in the title"),
        "keyphrase_in_introduction": said("keyphrase in the introduction"),
        "keyphrase_in_description": said("keyphrase in the description"),
        "keyphrase_in_slug": said("keyphrase in the address"),
        "keyphrase_in_subheadings": said("keyphrase in the subheadings"),
        "headline": said("headline"),
        "subheadline": said("sub-headline"),
        "call_to_action": said("call to action"),
        "characters": said("characters"),
        "hook": said("opening"),
        "hashtags": said("hashtags"),
        "no_markdown": said("Markdown in a post"),
        "post_length": said("length of a post"),
        "thread_numbering": said("numbering of the thread"),
        "subject_length": said("length of the subject"),
        "preview_length": said("length of the preview text"),
        "plain_text": said("plain-text version"),
        "variant_linkedin": said("LinkedIn variant"),
        "variant_twitter": said("X variant"),
        "variant_thread": said("thread variant"),
        "variant_email": said("email variant"),
        "seo_score": said("SEO score"),
        "readability_score": said("readability"),
    }
    return names.get(check_id, check_id.replace("_", " "))
