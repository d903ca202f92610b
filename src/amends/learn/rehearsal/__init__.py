"""The case history on disk, and what is asked of it."""
