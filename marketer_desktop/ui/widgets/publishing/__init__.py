"""Controls for publishing: where texts go, and how they stand there."""
