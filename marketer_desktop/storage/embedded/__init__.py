"""The PostgreSQL that comes with the app: its binaries, its data folder, its life."""
