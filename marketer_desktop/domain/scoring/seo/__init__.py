"""What search engines look at: one small file for each family of checks."""
