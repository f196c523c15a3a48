"""A document as a Word file: real styles, numbering, links and footnotes."""
