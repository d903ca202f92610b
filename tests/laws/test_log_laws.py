"""The log of a case: whatever is changed in it, left out of it or put into it is found, and it always leads to where the case stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from amends.facts.log import START, Actor, Entry, SealedEntry, broken_at, fold, seal
from amends.facts.told import as_agreed, noted, told_tracks, with_ours
from amends.facts.tracks import TABLES, Tracks

AT = datetime(2026, 11, 25, tzinfo=UTC)
WORDS = some.text(max_size=20)
MOVES = sorted({(name, move) for name, table in TABLES.items() for moves in table.moves.values() for move in moves})


@some.composite
def chains(draw: some.DrawFn) -> tuple[SealedEntry, ...]:
    """A log of possible moves, sealed as the house seals it."""
    chain: list[SealedEntry] = []
    tracks, before = Tracks(), START
    for seq in range(1, draw(some.integers(1, 8)) + 1):
        wanted = draw(some.sampled_from(MOVES))
        moves = (wanted,) if tracks.can(*wanted) else ()
        tracks = tracks.moved(moves)
        by = Actor(draw(some.sampled_from(["person", "buyer", "system"])), draw(WORDS))
        entry = Entry("x", by, AT + timedelta(seconds=seq), draw(WORDS), moves, data={"n": draw(some.integers())})
        chain.append(SealedEntry(seq, entry, before, seal("7", seq, before, entry)))
        before = chain[-1].seal
    return tuple(chain)


@given(chains())
def test_a_whole_chain_is_whole_and_folds(chain: tuple[SealedEntry, ...]) -> None:
    assert broken_at("7", chain) is None
    assert isinstance(fold([one.entry for one in chain]), Tracks)
    assert broken_at("8", chain) == 1


@given(chains(), some.data())
def test_a_changed_entry_is_found(chain: tuple[SealedEntry, ...], data: some.DataObject) -> None:
    place = data.draw(some.integers(0, len(chain) - 1))
    one = chain[place]
    changed = data.draw(
        some.sampled_from(
            [
                replace(one.entry, why=one.entry.why + "!"),
                replace(one.entry, by=Actor("person", one.entry.by.name + "x")),
                replace(one.entry, at=one.entry.at + timedelta(microseconds=1)),
                replace(one.entry, data={"n": 0, "m": 1}),
            ]
        )
    )
    forged = (*chain[:place], replace(one, entry=changed), *chain[place + 1 :])
    assert broken_at("7", forged) == place + 1


@given(chains(), some.data())
def test_an_entry_that_is_left_out_is_found_but_at_the_end_where_the_head_tells(
    chain: tuple[SealedEntry, ...], data: some.DataObject
) -> None:
    place = data.draw(some.integers(0, len(chain) - 1))
    shorter = (*chain[:place], *chain[place + 1 :])
    if place == len(chain) - 1:
        assert (
            broken_at("7", shorter) is None
        )  # the case's row holds the last seal and the count: the store compares them
    else:
        assert broken_at("7", shorter) == place + 1


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | WORDS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
FILES = some.dictionaries(some.sampled_from(["request", "goods", "evidence", "return_parcel"]), JSON, max_size=4)


@given(FILES, FILES)
def test_what_is_told_is_never_overwritten_by_what_we_found_out(
    told: dict[str, object], ours: dict[str, object]
) -> None:
    joined = with_ours(told, ours)
    for name, value in told.items():
        if value is not None and not isinstance(value, dict | list):
            assert joined[name] == value
    assert set(joined) == set(told) | set(ours)
    assert with_ours(joined, ours) == joined


@given(FILES, FILES)
def test_what_is_noted_last_stands(before: dict[str, object], facts: dict[str, object]) -> None:
    joined = noted(before, facts)
    for name, value in facts.items():
        if not isinstance(value, dict | list):
            assert joined[name] == value


def test_a_file_that_says_less_does_not_take_back_what_the_warehouse_has() -> None:
    here = Tracks(goods="inspected", decision="approved")
    assert told_tracks({"return_parcel": {"shipped_at": "2026-11-20T10:00:00+08:00"}}, "open", here) == {}
    assert told_tracks({"dispute": {"stage": "won"}}, "closed", here) == {"card": "won", "desk": "closed"}


def test_what_was_agreed_is_read_and_what_was_asked_is_kept() -> None:
    case = {"request": {"kind": "return_refund", "amount": None, "reason": "quality"}}
    read = as_agreed(case, {"remedy": "refund_only", "amount": "10.00"})
    assert read["request"] == {"kind": "refund_only", "amount": "10.00", "reason": "quality"}
    assert case["request"]["kind"] == "return_refund"
