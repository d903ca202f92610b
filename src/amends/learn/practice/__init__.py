"""Exercises made of past cases, and which of them come next."""
