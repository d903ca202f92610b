"""Laws of a sealed chain: whatever is done to one is found, and where; a whole one is never blamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amends.facts.log import START, Actor, SealedEntry
from amends.facts.vault import CUSTODY, Custody, chain_faults, custody_seal, piece_chain

SHA = "5" * 64
AT = datetime(2026, 11, 25, tzinfo=UTC)
dones = st.builds(
    Custody,
    st.sampled_from(CUSTODY),
    st.builds(Actor, st.sampled_from(["person", "buyer", "system"]), st.text(max_size=20)),
    st.integers(0, 10**9).map(lambda seconds: AT + timedelta(microseconds=seconds)),
    st.sampled_from(["desk", "mail", ""]),
    st.none() | st.integers(1, 9),
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9), max_size=3),
)


def chain(done: list[Custody]) -> list[SealedEntry]:
    made, before = [], START
    for seq, one in enumerate(done, 1):
        sealed = custody_seal(SHA, seq, before, one)
        made.append(SealedEntry(seq, one.entry, before, sealed))
        before = sealed
    return made


def faults(entries: list[SealedEntry], head: str, count: int) -> list[tuple[int, str]]:
    return [(one.seq, one.what) for one in chain_faults(piece_chain(SHA), entries, head, count)]


@given(st.lists(dones, max_size=8))
def test_a_whole_chain_is_never_blamed(done: list[Custody]) -> None:
    made = chain(done)
    assert faults(made, made[-1].seal if made else START, len(made)) == []


@given(st.lists(dones, min_size=1, max_size=8), st.data())
def test_an_entry_that_is_left_out_is_named(done: list[Custody], data: st.DataObject) -> None:
    made = chain(done)
    gone = data.draw(st.integers(0, len(made) - 1))
    left = made[:gone] + made[gone + 1 :]
    assert (gone + 1, "missing") in faults(left, made[-1].seal, len(made))


@given(st.lists(dones, min_size=1, max_size=8), dones, st.data())
def test_an_entry_that_says_something_else_is_named(done: list[Custody], other: Custody, data: st.DataObject) -> None:
    made = chain(done)
    at = data.draw(st.integers(0, len(made) - 1))
    if other.entry == made[at].entry:
        return
    changed = [*made[:at], replace(made[at], entry=other.entry), *made[at + 1 :]]
    assert (at + 1, "changed") in faults(changed, made[-1].seal, len(made))


@given(st.lists(dones, min_size=1, max_size=6), dones)
def test_what_is_put_in_behind_the_end_is_named_though_its_seal_is_right(done: list[Custody], more: Custody) -> None:
    longer = chain([*done, more])
    assert faults(longer, longer[-2].seal, len(done)) == [(len(done) + 1, "added")]


@given(st.lists(dones, min_size=2, max_size=6), st.data())
def test_two_entries_that_changed_places_are_named(done: list[Custody], data: st.DataObject) -> None:
    made = chain(done)
    a, b = sorted(data.draw(st.sets(st.integers(0, len(made) - 1), min_size=2, max_size=2)))
    moved = list(made)
    moved[a], moved[b] = replace(made[b], seq=a + 1), replace(made[a], seq=b + 1)
    found = faults(moved, made[-1].seal, len(made))
    assert {(a + 1, "changed"), (b + 1, "changed")} <= set(found)


@given(st.lists(dones, min_size=1, max_size=6), st.lists(dones, min_size=1, max_size=6))
def test_a_chain_made_anew_does_not_end_as_its_owner_says(done: list[Custody], forged: list[Custody]) -> None:
    true, false = chain(done), chain(forged)
    if true == false:
        return
    assert faults(false, true[-1].seal, len(true))
