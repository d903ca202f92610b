"""The published moves of a case, and the headline that is drawn from where its tracks stand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amends.basics.moves import MoveTable, UnableToMove
from amends.facts.tracks import HEADLINES, TABLES, Tracks, headline


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_state_is_reached_and_every_move_leads_to_a_named_state(table: MoveTable) -> None:
    assert table.reachable() == table.states
    assert {state for moves in table.moves.values() for state in moves.values()} <= table.states


def test_a_move_that_is_not_published_is_refused_and_says_which_are() -> None:
    with pytest.raises(UnableToMove, match=r"possible: approve, ask"):
        Tracks().moved([("decision", "reopen")])


@given(
    some.lists(some.sampled_from([(name, move) for name, t in TABLES.items() for m in t.moves.values() for move in m]))
)
def test_whatever_is_tried_the_tracks_stay_in_published_states(moves: list[tuple[str, str]]) -> None:
    tracks = Tracks()
    for move in moves:
        if tracks.can(*move):
            tracks = tracks.moved([move])
        assert all(state in TABLES[track].states for track, state in tracks.states().items())
        assert headline(tracks) in HEADLINES


def test_every_headline_is_some_cases_headline() -> None:
    states = [sorted(table.states) for table in TABLES.values()]
    found = {headline(Tracks(**dict(zip(TABLES, one, strict=True)))) for one in itertools.product(*states)}
    assert found == set(HEADLINES)


def test_what_is_told_outright_must_be_a_state_that_is_known() -> None:
    assert Tracks().placed({"goods": "arrived"}).goods == "arrived"
    with pytest.raises(ValueError, match="there is no state 'flown'"):
        Tracks().placed({"goods": "flown"})
