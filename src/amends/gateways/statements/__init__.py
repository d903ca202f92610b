"""Gateways' statements in neutral words: pure translators from rows to lines, one file a vendor."""
