"""Metrics: what is counted, on which rows, how it moves, and what lies behind each number."""
