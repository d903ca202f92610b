"""The index finds every print within the distance that it promises, and nothing that shares no key; on both databases."""

from __future__ import annotations

from random import Random

from amends.intake.prints import BITS, KEYS, SURE, keys_of
from tests.databases import Database, database

__all__ = ["database"]


def test_whatever_is_as_near_as_promised_is_found_among_many(database: Database) -> None:
    from amends.store.models import PictureRow, PrintRow
    from amends.store.picture_index import DatabasePictureIndex

    chance, index = Random(7), DatabasePictureIndex()
    prints = [chance.getrandbits(BITS) for _ in range(3_000)]
    PictureRow.objects.bulk_create([PictureRow(sha256=f"{at:064x}") for at in range(len(prints))])
    pictures = list(PictureRow.objects.order_by("sha256").values_list("pk", flat=True))
    PrintRow.objects.bulk_create(
        [
            PrintRow(
                picture_id=pk, anchor=0, bits=bits, **{f"key_{place}": one for place, one in enumerate(keys_of(bits))}
            )
            for pk, bits in zip(pictures, prints, strict=True)
        ]
    )
    for _ in range(60):
        at = chance.randrange(len(prints))
        sought = prints[at]
        for place in chance.sample(range(BITS), chance.randint(0, SURE)):
            sought ^= 1 << place
        keys = set(enumerate(keys_of(sought)))
        found = index.near(keys)
        assert pictures[at] in [one.picture for one in found]
        assert all(one.key in keys and keys_of(one.bits)[one.key[0]] == one.key[1] for one in found)


def test_a_picture_is_kept_once_with_its_prints(database: Database) -> None:
    from amends.store.models import PrintRow
    from amends.store.picture_index import DatabasePictureIndex

    index = DatabasePictureIndex()
    prints = [(5, keys_of(5)), (2**62 + 9, keys_of(2**62 + 9))]
    first = index.add("a" * 64, {"width": 3}, prints)
    assert index.add("a" * 64, {}, [(1, keys_of(1)), (2, keys_of(2))]) == first
    assert sorted(PrintRow.objects.values_list("anchor", "bits")) == [(0, 5), (1, 2**62 + 9)]
    assert len(index.near({(0, keys_of(5)[0])})) >= 1
    assert index.near(set()) == []


def test_more_keys_than_one_question_holds_are_asked_in_parts(database: Database) -> None:
    from amends.store.picture_index import DatabasePictureIndex

    index = DatabasePictureIndex()
    bits = 2**BITS - 1
    index.add("b" * 64, {}, [(bits, keys_of(bits))])
    wanted = {(KEYS - 1, value) for value in range(2**21 - 12_000, 2**21)}
    assert [one.bits for one in index.near(wanted)] == [bits]
