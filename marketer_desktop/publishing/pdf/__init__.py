"""A document as a typeset PDF. Texts reach the typesetter as data, so none of them can be code."""
