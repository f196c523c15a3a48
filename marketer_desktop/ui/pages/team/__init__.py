"""Who belongs to the organization."""
