"""Rehearsing policies over the case history: exporting the history, asking two shelves of policies of it, telling what differs."""
