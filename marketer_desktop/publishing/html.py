"""Markdown as one HTML page that needs nothing from elsewhere."""

from html import escape
from typing import Any

import markdown

STYLE = (
    "body{font:17px/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;"
    "color:#111827}h1,h2{line-height:1.25}h2{margin-top:2rem}hr{border:0;border-top:1px solid "
    "#e5e7eb;margin:2rem 0}sup{line-height:0}"
)


def to_html(text: str, title: str, description: str = "", language: str = "en") -> str:
    """A whole page with title and meta description."""
    body = _converter().convert(text)
    meta = f'<meta name="description" content="{escape(description)}">\n' if description else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{meta}'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )


def _converter() -> Any:
    """Markdown without HTML in it: a topic or a file name may hold anything."""
    converter = markdown.Markdown(extensions=["extra", "sane_lists"], output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter
