"""What is written of contents, and which of them nothing holds any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from amends.facts.vault import Custody, KeptFile, Overdue
from amends.store import hot
from amends.store.custody import append, custody_of, kept_files
from amends.store.database import writing
from amends.store.models import CaseRow, EvidenceRow, GoodsProofRow, OrderPayment, VaultFileRow
from amends.store.picture_index import forget

MONTH: Final = timedelta(days=30)
_OVER: Final = ("none", "won", "lost", "accepted", "ruled_for_us", "ruled_for_buyer", "alert")


class DatabaseCustody:
    """Implements `amends.desk.vault.ports.CustodyBook`."""

    def files(self, sha256s: Sequence[str]) -> Mapping[str, KeptFile]:
        """Will give what is kept of these."""
        return kept_files(sha256s)

    def custody(self, sha256: str, most: int) -> Sequence[Custody]:
        """Will give the latest that was done with a content."""
        return custody_of(sha256, most)

    def hold(self, sha256: str, by: str, done: Custody) -> None:
        """Will have a content kept, or no longer."""
        with writing():
            row = VaultFileRow.objects.select_for_update().get(sha256=sha256)
            if bool(row.held) == bool(by):
                return
            row.held = by[:120]
            hot.update(row, ["held"])
            append(row, done)

    def ended(self, case: int) -> datetime | None:
        """Will give when a case was closed."""
        return CaseRow.objects.filter(pk=case).exclude(state="open").values_list("updated_at", flat=True).first()

    def overdue(self, before: datetime, now: datetime, most: int) -> Sequence[Overdue]:
        """Will give contents from before a moment that no hold, open case or open dispute keeps; the longest not looked over first.

        One that was looked over and stays is not looked at again for a month.
        """
        rows = VaultFileRow.objects.filter(at__lt=before, removed_at__isnull=True, held="").filter(
            Q(looked_over_at__isnull=True) | Q(looked_over_at__lt=now - MONTH)
        )
        found = []
        for row in rows.order_by("pk")[: 4 * most]:
            over = _over(row)
            if over is not None and over.ended < before:
                found.append(over)
            else:
                self.looked_over(row.sha256, now)
            if len(found) == most:
                break
        return found

    def looked_over(self, sha256: str, at: datetime) -> None:
        """Will note that a content was looked over and stays."""
        VaultFileRow.objects.filter(sha256=sha256).update(looked_over_at=at)

    def removed(self, sha256: str, done: Custody, remove: Callable[[str], None]) -> bool:
        """Will note that a content's bytes go and have them gone, unless something holds it by now; whoever brings it again waits."""
        with writing():
            row = VaultFileRow.objects.select_for_update().get(sha256=sha256)
            if row.held or row.removed_at is not None or _over(row) is None:
                return False
            row.removed_at = done.at
            hot.update(row, ["removed_at"])
            append(row, done)
            remove(sha256)
            forget(sha256)
            return True


def _over(row: VaultFileRow) -> Overdue | None:
    """When the last case of a content was closed, and of which market; None while one is open or in dispute."""
    shas = [row.sha256, *VaultFileRow.objects.filter(origin=row.sha256).values_list("sha256", flat=True)]
    cases = set(EvidenceRow.objects.filter(sha256__in=shas).values_list("case_id", flat=True))
    ended, market = row.at, ""
    for proof in GoodsProofRow.objects.filter(sha256__in=shas).select_related("shop"):
        ended, market = max(ended, proof.at), market or proof.shop.market
        of_order = CaseRow.objects.filter(shop=proof.shop, order_no=proof.order_no) if proof.order_no else ()
        cases |= {one.pk for one in of_order}
        if proof.waybill:
            named = CaseRow.objects.filter(shop=proof.shop, text__words__contains=proof.waybill)
            cases |= set(named.values_list("pk", flat=True))
    for case in CaseRow.objects.filter(pk__in=cases).select_related("shop"):
        disputed = case.platform_track not in _OVER or case.card_track not in _OVER
        if case.state == "open" or disputed or _payment_disputed(case):
            return None
        ended, market = max(ended, case.updated_at), case.market or market
    return Overdue(row.sha256, market, ended)


def _payment_disputed(case: CaseRow) -> bool:
    """Whether a payment of the case's order is disputed: what comes back there needs its proof."""
    return (
        bool(case.order_no)
        and OrderPayment.objects.filter(order__shop=case.shop_id, order__number=case.order_no, disputed=True).exists()
    )
