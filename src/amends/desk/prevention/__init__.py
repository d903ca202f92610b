"""Causes of complaints: found, given to somebody, changed, and measured."""
