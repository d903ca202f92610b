"""Flags: cases that deserve a closer look, what may be done because of one, and the buyer's wish that a person look again."""
