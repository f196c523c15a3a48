"""Any text, checked while it is written."""
