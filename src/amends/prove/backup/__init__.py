"""Backups: one archive that names and proves every file in it."""
