"""Shippo."""
