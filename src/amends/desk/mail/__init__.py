"""Mail that comes in, as the desk uses it."""
