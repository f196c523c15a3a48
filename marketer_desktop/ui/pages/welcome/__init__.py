"""The first run: a name, a voice, documents, a model, and a piece to look at."""
