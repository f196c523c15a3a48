"""Chat models: Ollama, the built-in starter, and the token budget before every call."""
