"""What the filters of the work list can be set to, found without reading the cases."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, Q

from amends.facts.listed import Choices
from amends.facts.people import Merchants
from amends.facts.words import codes
from amends.store.models import CaseRow, Membership, Shop
from amends.store.walls import of_shops, shops_within

_ORIGINS: Final = ("import", "buyer", "desk", "api")


def choices_within(merchants: Merchants) -> Choices:
    """Will give the shops, platforms, markets and people within a wall; of kinds, reasons and the like, every code there is.

    Which codes occur among a million cases would have to be read off all of them; which markets do, an index tells.
    """
    own = Shop.objects.filter(**of_shops(shops_within(merchants), "pk"))
    shops = list(own.order_by("name").values_list("pk", "name", "channel"))
    keys = [key for key, _, _ in shops]
    return Choices(
        shop=tuple([name for _, name, _ in shops]),
        platform=tuple(sorted({channel for _, _, channel in shops})),
        kind=codes("kind")[:-1],
        reason=codes("reason"),
        outcome=codes("outcome"),
        market=_markets(keys),
        status=codes("status"),
        assignee=people_of(merchants),
        origin=_ORIGINS,
    )


def _markets(shops: list[int]) -> tuple[str, ...]:
    """The named markets in which these shops have a case: a look at one index entry each."""
    if not shops:
        return ()
    wanted = {
        f"m{place}": Exists(CaseRow.objects.filter(market=code, shop_id__in=shops))
        for place, code in enumerate(codes("market"))
    }
    found = Shop.objects.filter(pk=shops[0]).annotate(**wanted).values_list(*wanted).first() or ()
    return tuple(sorted([code for code, there in zip(codes("market"), found, strict=False) if there]))


def people_of(merchants: Merchants) -> tuple[str, ...]:
    """Will give the names of those who work for these merchants."""
    within = Q() if merchants is None else Q(merchant__name__in=merchants)
    names = Membership.objects.filter(within).values_list("user__username", flat=True)
    return tuple(sorted(set(names)))
