"""The index of prints: whatever is nearly like a picture is found by keys, without a look at the rest. Works alike on both databases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from amends.facts.pictures import NearPrint
from amends.store.models import PictureRow, PrintRow

KEYS: Final = ("key_0", "key_1", "key_2")
_AT_ONCE: Final = 5_000
_MOST: Final = 20_000
"""Of so many prints under the same keys the rest is left: pictures as common as that tell nothing."""


class DatabasePictureIndex:
    """Implements `amends.desk.picture_ports.PictureIndex`."""

    def add(self, sha256: str, facts: Mapping[str, Any], prints: Sequence[tuple[int, Sequence[int]]]) -> int:
        """Will keep a picture with its prints, each with its keys; its number. One that is there already stays as it is."""
        picture, new = PictureRow.objects.get_or_create(sha256=sha256, defaults={"facts": dict(facts)})
        if new:
            PrintRow.objects.bulk_create(
                [
                    PrintRow(picture=picture, anchor=anchor, bits=bits, **dict(zip(KEYS, keys, strict=True)))
                    for anchor, (bits, keys) in enumerate(prints)
                ]
            )
        return picture.pk

    def near(self, sought: Collection[tuple[int, int]]) -> list[NearPrint]:
        """Will give every print that is kept under one of these keys (place, value), once for each."""
        found: list[NearPrint] = []
        for place, column in enumerate(KEYS):
            values = sorted([value for at, value in sought if at == place])
            for start in range(0, len(values), _AT_ONCE):
                rows = PrintRow.objects.filter(**{f"{column}__in": values[start : start + _AT_ONCE]})
                found += _near(rows.values_list("picture_id", "anchor", "bits", column)[:_MOST], place)
        return found


def _near(rows: Iterable[tuple[int, int, int, int]], place: int) -> list[NearPrint]:
    return [NearPrint(picture, anchor, bits, (place, value)) for picture, anchor, bits, value in rows]
