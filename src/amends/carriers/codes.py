"""The carriers there are to us: a code, and their names for people. Which code a network has for each stands with the network."""

from __future__ import annotations

from amends.facts.words_parcels import CARRIERS as CARRIERS


def ours_of(codes: dict[str, str]) -> dict[str, str]:
    """A network's codes turned round: theirs, in small letters, to ours."""
    return {theirs.lower(): ours for ours, theirs in codes.items()}
