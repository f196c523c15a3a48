"""Texts on their way to sites whose connections are cut: each piece is there exactly once."""
