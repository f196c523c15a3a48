"""The engine beside its limits: decoding, own work, search, extraction, memory, start."""
