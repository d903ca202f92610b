"""The merchant's policy: read, compiled, explained, checked. Pure: a file's text is handed in."""
