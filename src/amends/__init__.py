"""Amends: the after-sales desk for online shops."""
