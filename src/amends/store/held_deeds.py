"""The part of a held case that is about its platform: how it stands there, and what is wanted there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from amends.facts.deed_work import ANSWERS, DeedView, NewDeed, PlatformSide
from amends.store import hot
from amends.store.deed_rows import new_row, side_of_case, view_of, wanted_of
from amends.store.models import CaseRow, DeedRow


class HeldDeeds:
    """The part of `amends.desk.cases.ports.HeldCase` on deeds. The case's row is locked by the caller's transaction."""

    _row: CaseRow

    def platform(self) -> PlatformSide | None:
        """Will give how the case stands on its platform; None where it came by no connection."""
        return side_of_case(self._row.pk)

    def deeds(self) -> Sequence[DeedView]:
        """Will give everything that was wanted on the platform, oldest first."""
        return [view_of(row) for row in hot.rows(DeedRow, "WHERE case_id = %s ORDER BY id", [self._row.pk])]

    def wanted_deed(self, number: int) -> NewDeed:
        """Will give one of the case's deeds as it was wanted."""
        return wanted_of(DeedRow.objects.get(case=self._row, pk=number))

    def put_deed(self, wanted: NewDeed, connection: int) -> None:
        """Will write a deed down, once for its key. An answer takes the place of one that has not left the house."""
        if wanted.deed.action in ANSWERS:
            unsent = DeedRow.objects.filter(case=self._row, action__in=sorted(ANSWERS), state__in=("wanted", "person"))
            unsent.filter(sends=0).update(state="cancelled", told="cancelled", settled_at=wanted.at, code="replaced")
        hot.insert_new(new_row(self._row.pk, wanted, connection))

    def take_back_deeds(self, since: datetime | None, at: datetime) -> bool:
        """Will cancel what was wanted since then (None: ever) and has not left the house; False where some of it has left."""
        rows = DeedRow.objects.select_for_update().filter(case=self._row)
        if since is not None:
            rows = rows.filter(made_at__gte=since)
        found = list(rows.order_by("pk"))
        unsent = [row.pk for row in found if row.state in ("wanted", "person") and not row.sends]
        DeedRow.objects.filter(pk__in=unsent).update(
            state="cancelled", told="cancelled", settled_at=at, code="taken_back"
        )
        return since is None or not any(row.sends and row.state != "cancelled" for row in found)

    def deed_was_told(self, number: int, state: str) -> bool:
        """Will say whether the log tells of a deed's state already."""
        return DeedRow.objects.filter(pk=number, told=state).exists()

    def deed_told(self, number: int, state: str, at: datetime, *, settle: bool = False) -> None:
        """Will note that the log tells of a deed's state; `settle`: it stands so from now on."""
        values: dict[str, object] = {"told": state}
        if settle:
            values |= {"state": state, "settled_at": at, "lease": "", "lease_until": None, "alarm": ""}
        DeedRow.objects.filter(pk=number).update(**values)
