"""The pages, independent of each other: a page draws, its presenter decides."""
