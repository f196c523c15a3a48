"""Feeds the loaders mutated documents for a set time, and what they find to the real parser."""
