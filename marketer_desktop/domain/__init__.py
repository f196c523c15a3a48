"""Rules of the subject, in pure Python: briefs, words, checks, ETA. No I/O."""
