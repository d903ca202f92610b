"""The index of prints: whatever is nearly like a picture is found by keys, without a look at the rest. Works alike on both databases."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from amends.facts.pictures import NearPrint
from amends.store.models import PictureRow, PrintRow, ProductPictureRow, VaultFileRow

KEYS: Final = ("key_0", "key_1", "key_2")
_MOST: Final = 50_000
"""Of more prints than this under the keys of one picture the rest is left: pictures as common as that tell nothing."""
_QUESTION: Final = "SELECT picture_id, anchor, bits, {0} FROM store_printrow WHERE {0} {1} LIMIT %s"
_AMONG: Final = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY(%s)"}
"""All values in one place: a place for each of some ten thousand would take longer to write down than to look up."""


def forget(sha256: str) -> None:
    """Will drop what is known of a picture, unless its file is kept or a merchant has it among its own: nothing outlives them."""
    there = VaultFileRow.objects.filter(sha256=sha256, removed_at__isnull=True).exists()
    if not there and not ProductPictureRow.objects.filter(sha256=sha256).exists():
        PictureRow.objects.filter(sha256=sha256).delete()


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
        with connection.cursor() as cursor:
            for place, column in enumerate(KEYS):
                values = [value for at, value in sought if at == place]
                if values:
                    among = json.dumps(values) if connection.vendor == "sqlite" else values
                    cursor.execute(_QUESTION.format(column, _AMONG[connection.vendor]), [among, _MOST])
                    found += [NearPrint(row[0], row[1], row[2], (place, row[3])) for row in cursor.fetchall()]
        return found
