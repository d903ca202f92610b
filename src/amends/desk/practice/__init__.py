"""Practice: past cases are decided once more, to learn, and nothing comes of it but a score."""
