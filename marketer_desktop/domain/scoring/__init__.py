"""SEO and readability of any text, scored by rules; a language is one module."""
