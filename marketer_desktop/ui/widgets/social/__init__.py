"""Posts and mails as their platforms show them, to be edited and copied."""
