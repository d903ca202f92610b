"""Reports that are sent again and again: the verbs on them, and what the runner does."""
