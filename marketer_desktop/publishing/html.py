"""A text as one HTML page that needs nothing from elsewhere."""

import json
from datetime import datetime
from html import escape
from typing import Any

from marketer_desktop.publishing.document.reader import read_document
from marketer_desktop.publishing.html_writer import body_html
from marketer_desktop.publishing.manuscript import Manuscript

STYLE = (
    "body{font:17px/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;"
    "color:#111827}h1,h2{line-height:1.25}h2{margin-top:2rem}hr{border:0;border-top:1px solid "
    "#e5e7eb;margin:2rem 0}sup{line-height:0}img{max-width:100%}table{border-collapse:collapse}"
    "th,td{border:1px solid #d1d5db;padding:.25rem .75rem}pre{overflow:auto;background:#f3f4f6;"
    "padding:1rem}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #d1d5db}"
    ".footnotes{font-size:.875em}"
)


def to_html(text: str, title: str, description: str = "", language: str = "en") -> str:
    """A whole page with title and meta description."""
    return _page(body_html(read_document(text)), title, _meta("description", description), language)


def article_page(manuscript: Manuscript) -> str:
    """A whole page that also tells search engines and social networks what it is."""
    head = [
        _meta("description", manuscript.description),
        _meta("keywords", ", ".join(manuscript.keywords)),
        _property("og:type", "article"),
        _property("og:title", manuscript.title),
        _property("og:description", manuscript.description),
        _structured(manuscript),
    ]
    body = body_html(manuscript.document)
    return _page(body, manuscript.title, "".join(head), manuscript.language)


def _page(body: str, title: str, head: str, language: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{head}'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )


def to_fragment(text: str) -> str:
    """The text as a part of a page that somebody else makes."""
    return body_html(read_document(text))


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">\n' if content else ""


def _property(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">\n' if content else ""


def _structured(manuscript: Manuscript) -> str:
    """What schema.org says of an article; data, which no browser runs."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": manuscript.title,
        "description": manuscript.description,
        "inLanguage": manuscript.language,
        "keywords": list(manuscript.keywords),
        "dateCreated": _day(manuscript.written),
        "dateModified": _day(manuscript.changed),
        "wordCount": manuscript.word_count,
    }
    said = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    # Nothing in a title may end the element.
    harmless = said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{harmless}</script>\n'


def _day(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
