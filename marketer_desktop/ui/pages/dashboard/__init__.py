"""The dashboard: what goes on, what was used, and the projects."""
