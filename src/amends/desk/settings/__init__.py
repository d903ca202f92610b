"""Verbs of the settings: policies, calendars, messages, shops."""
