"""What a user decides, saved at once."""
