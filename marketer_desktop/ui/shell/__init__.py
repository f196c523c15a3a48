"""What is always there: the window, its bars, the tray."""
