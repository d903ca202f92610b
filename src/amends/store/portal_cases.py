"""What the buyer's page reads: a shop by its name or number, the cases of an order, and how often somebody looked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from amends.facts.shops import KeptShop
from amends.facts.work import CaseState
from amends.store.case_parts import state_of
from amends.store.database import writing
from amends.store.models import CaseFile, Shop, Tries
from amends.store.shop_pages import DatabaseShops
from amends.store.tries import digest_of

WINDOW_MINUTES: Final = 10
_BEYOND: Final = 2**31


class DatabaseOrderCases:
    """Implements `amends.desk.portal.ports.OrderCases`."""

    def cases_of(self, shop: str, order: str) -> Sequence[CaseState]:
        """Will give every case of an order, the newest first; those merged into another are left out."""
        files = CaseFile.objects.select_related("case__shop").filter(
            case__shop__name=shop, case__order_no=order, case__merged_into=None
        )
        return [state_of(file.case, file) for file in files.order_by("-case_id")]

    def shop_called(self, name: str) -> KeptShop | None:
        """Will give a shop by its number, where the text is one, else by its name."""
        if name.isascii() and name.isdigit():
            return DatabaseShops().shop(int(name)) if int(name) < _BEYOND else None
        number = Shop.objects.filter(name=name).values_list("pk", flat=True).first()
        return None if number is None else DatabaseShops().shop(number)


def looked_too_often(now: datetime, *limits: tuple[str, int]) -> bool:
    """Will count a look under each of these names, and tell whether one of them passed its limit in the last minutes."""
    ends, too_often = now + timedelta(minutes=WINDOW_MINUTES), False
    with writing():
        Tries.objects.filter(ends_at__lte=now).delete()
        for told, most in limits:
            name = digest_of("look", told)
            row, _ = Tries.objects.get_or_create(name=name, defaults={"ends_at": ends})
            Tries.objects.filter(pk=row.pk).update(count=F("count") + 1)
            too_often = too_often or row.count >= most
    return too_often
