"""Cases and orders as metrics read them: what changed since a mark, with logs, messages and money, some questions for each piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Max, Q, Sum

from amends.facts.log import Entry
from amends.facts.metric_story import Batch, CaseStory, DisputeReader, DisputeTold, Mark, OrderStory, SurveyTold
from amends.store.case_log import entry_of, tracks_of
from amends.store.models import (
    CaseFile,
    CaseLogRow,
    CaseParcelRow,
    CaseRow,
    DeadlineRow,
    MessageRow,
    PayStep,
    ShopOrder,
    SurveyRow,
)
from amends.store.summary import minor

FILL: Final = 20_000
"""Cases or orders of one piece of the first filling."""
_AGAIN: Final = 1_000
"""Entries at the log's end that are read once more: on PostgreSQL an entry may show after one with a higher number."""
_SETTLED: Final = timedelta(minutes=1)
_SOME: Final = 500
_BACK: Final = ("arrived", "inspected", "sent_back")


class DatabaseStories:
    """Implements `amends.facts.metric_story.StorySource` on the database."""

    def __init__(self, disputes: DisputeReader | None = None) -> None:
        self._disputes = disputes or card_disputes

    def batches(self, mark: Mark) -> Iterator[Batch]:
        """Will give what changed since a mark; from nothing, every case and every order, in pieces that can be gone on from."""
        if not mark.full:
            for batch in self._fill(mark):
                yield batch
                mark = batch.mark
        yield from self._changed(mark)

    def _fill(self, mark: Mark) -> Iterator[Batch]:
        if not mark.entry and not mark.case:
            mark = replace(mark, entry=_last_entry(), order_at=_newest_order())
        while numbers := list(
            CaseRow.objects.filter(pk__gt=mark.case).order_by("pk").values_list("pk", flat=True)[:FILL]
        ):
            mark = replace(mark, case=numbers[-1])
            yield Batch(self.stories(numbers), (), mark)
        while rows := list(_orders().filter(pk__gt=mark.order).order_by("pk")[:FILL]):
            mark = replace(mark, order=rows[-1].pk)
            yield Batch((), [order_of(row) for row in rows], mark)
        yield Batch((), (), replace(mark, full=True))

    def _changed(self, mark: Mark) -> Iterator[Batch]:
        since = max(0, mark.entry - _AGAIN)
        while True:
            found = list(CaseLogRow.objects.filter(pk__gt=since).order_by("pk").values_list("pk", "case_id")[:FILL])
            if not found:
                break
            since, behind = found[-1][0], 0
            if len(found) == FILL:
                behind = CaseLogRow.objects.filter(pk__gt=since).count()
            mark = replace(mark, entry=max(mark.entry, since))
            yield Batch(self.stories(_with_kin({case for _, case in found})), (), mark, behind)
            if not behind:
                break
        yield from self._changed_orders(mark)

    def _changed_orders(self, mark: Mark) -> Iterator[Batch]:
        """Orders told since. The mark stays a minute behind, since one may show after another that was told later."""
        at = datetime.fromisoformat(mark.order_at) if mark.order_at else datetime(1970, 1, 1, tzinfo=UTC)
        settled = datetime.now(UTC) - _SETTLED
        numbers = list(_orders().filter(updated_at__gt=at).order_by("updated_at", "pk").values_list("pk", flat=True))
        for start in range(0, len(numbers), FILL):
            some = list(_orders().filter(pk__in=numbers[start : start + FILL]).order_by("updated_at", "pk"))
            at = max(at, min(settled, max([row.updated_at for row in some], default=at)))
            mark = replace(mark, order=max([mark.order, *[row.pk for row in some]]), order_at=at.isoformat())
            yield Batch(self.stories(_cases_of(some)), [order_of(row) for row in some], mark)

    def stories(self, numbers: Sequence[int]) -> list[CaseStory]:
        """Will give cases with all that is told of them, in the order of their numbers."""
        found = []
        ordered = sorted(set(numbers))
        for start in range(0, len(ordered), _SOME):
            found += self._some(ordered[start : start + _SOME])
        return found

    def _some(self, numbers: Sequence[int]) -> list[CaseStory]:
        files = CaseFile.objects.filter(case_id__in=numbers).select_related("case__shop").order_by("case_id")
        rows = list(files.only("case_json", "case"))
        logs, talk, paid = _logs(numbers), _talk(numbers), _paid(numbers)
        limits, carriers, disputes = _limits(numbers), _carriers(numbers), self._disputes(numbers)
        orders, kin = _sold([file.case for file in rows]), _kin([file.case for file in rows])
        surveys, stories = _surveys(numbers), []
        for file in rows:
            case = file.case
            row, sold = orders.get((case.shop_id, case.order_no), (0, None))
            nth = kin.get(case.pk, (1, True, True))
            stories.append(
                CaseStory(
                    number=case.pk,
                    merchant=case.shop.merchant,
                    shop=case.shop.name,
                    platform=case.shop.channel,
                    market=case.market,
                    currency=case.currency,
                    origin=case.origin,
                    state=case.state,
                    version=case.version,
                    case=file.case_json,
                    tracks=tracks_of(case).states(),
                    log=logs.get(case.pk, ()),
                    limit=limits.get(case.pk),
                    messages=talk.get(case.pk, ()),
                    paid=paid.get(case.pk, {}),
                    carrier=carriers.get(case.pk, ""),
                    order_known=sold is not None,
                    order_row=row,
                    sold=sold or {},
                    nth=nth[0],
                    first_refund=nth[1],
                    first_return=nth[2],
                    dispute=disputes.get(case.pk),
                    survey=surveys.get(case.pk),
                )
            )
        return stories


def _last_entry() -> int:
    return int(CaseLogRow.objects.aggregate(last=Max("pk"))["last"] or 0)


def _newest_order() -> str:
    newest = ShopOrder.objects.aggregate(last=Max("updated_at"))["last"]
    return newest.isoformat() if newest else ""


def _orders() -> Any:
    return ShopOrder.objects.select_related("shop")


def order_of(row: ShopOrder) -> OrderStory:
    """Will give an order as its shop told it."""
    market = str(row.file.get("market") or row.shop.market)
    return OrderStory(
        row.pk, row.shop.merchant, row.shop.name, row.shop.channel, market, row.file, int(row.digest[:12] or "0", 16)
    )


def _logs(numbers: Sequence[int]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    rows = CaseLogRow.objects.filter(case_id__in=numbers).order_by("case_id", "seq")
    for row in rows.only("case_id", "seq", "at", "who_kind", "who", "what", "moves", "told").iterator(5_000):
        row.why, row.data = "", {}
        found[row.case_id].append(entry_of(row))
    return found


def _talk(numbers: Sequence[int]) -> dict[int, list[tuple[datetime, str]]]:
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    rows = MessageRow.objects.filter(case_id__in=numbers, inside=False).exclude(state="taken_back").order_by("at", "pk")
    for case, at, by in rows.values_list("case_id", "at", "by_kind"):
        found[case].append((at, by))
    return found


def _paid(numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    """What left the house, by kind; where the house paid nothing, what a platform says it paid back on its own."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    steps = PayStep.objects.filter(plan__case_id__in=numbers, state="succeeded")
    for case, kind, total in steps.values_list("plan__case_id", "kind").annotate(total=Sum("amount_minor")):
        found[case][kind] = int(total)
    return found


def _surveys(numbers: Sequence[int]) -> dict[int, SurveyTold]:
    rows = SurveyRow.objects.filter(case_id__in=numbers, asked=True)
    told = rows.values_list("case_id", "asked_at", "score", "outcome")
    return {case: SurveyTold(at, score or 0, outcome) for case, at, score, outcome in told}


def _limits(numbers: Sequence[int]) -> dict[int, datetime]:
    """When the first answer was due by law or platform: of several the soonest, as it stood before any move of it."""
    found: dict[int, datetime] = {}
    rows = DeadlineRow.objects.filter(case_id__in=numbers, source="decision", who="merchant", action="respond")
    for case, due in rows.values_list("case_id", "due_at"):
        found[case] = min(found.get(case, due), due)
    return found


def _carriers(numbers: Sequence[int]) -> dict[int, str]:
    rows = CaseParcelRow.objects.filter(case_id__in=numbers).exclude(part="back").order_by("-pk")
    return {case: carrier for case, carrier in rows.values_list("case_id", "parcel__carrier") if carrier}


def _sold(cases: Sequence[CaseRow]) -> dict[tuple[int, str], tuple[int, Mapping[str, Any]]]:
    wanted = {(case.shop_id, case.order_no) for case in cases if case.order_no}
    rows = ShopOrder.objects.filter(shop_id__in={shop for shop, _ in wanted}, number__in={no for _, no in wanted})
    return {(row.shop_id, row.number): (row.pk, row.file) for row in rows.only("shop_id", "number", "file")}


def _kin(cases: Sequence[CaseRow]) -> dict[int, tuple[int, bool, bool]]:
    """The place of each case among those of its order, and whether it is the first of them with money or goods back."""
    wanted = {(case.shop_id, case.order_no) for case in cases if case.order_no}
    rows = (
        CaseRow.objects.filter(shop_id__in={shop for shop, _ in wanted}, order_no__in={no for _, no in wanted})
        .annotate(gone=Count("plans__steps", filter=Q(plans__steps__state="succeeded")))
        .order_by("pk")
        .values_list("pk", "shop_id", "order_no", "goods_track", "gone")
    )
    count: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    found = {}
    for number, shop, order, goods, gone in rows:
        so_far = count[shop, order]
        came = goods in _BACK
        found[number] = (so_far[0] + 1, not so_far[1], not so_far[2])
        so_far[0], so_far[1], so_far[2] = so_far[0] + 1, so_far[1] + bool(gone), so_far[2] + came
    return found


def _with_kin(numbers: set[int]) -> list[int]:
    """These cases and the others of their orders, whose place among them may have changed."""
    found = set(numbers)
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _SOME):
        some = CaseRow.objects.filter(pk__in=ordered[start : start + _SOME]).exclude(order_no="")
        pairs = set(some.values_list("shop_id", "order_no"))
        rows = CaseRow.objects.filter(shop_id__in={one for one, _ in pairs}, order_no__in={no for _, no in pairs})
        found |= {number for number, shop, no in rows.values_list("pk", "shop_id", "order_no") if (shop, no) in pairs}
    return sorted(found)


def _cases_of(orders: Sequence[ShopOrder]) -> list[int]:
    pairs = {(order.shop_id, order.number) for order in orders}
    found: list[int] = []
    numbers = sorted({no for _, no in pairs})
    for start in range(0, len(numbers), _SOME):
        rows = CaseRow.objects.filter(order_no__in=numbers[start : start + _SOME])
        found += [pk for pk, shop, no in rows.values_list("pk", "shop_id", "order_no") if (shop, no) in pairs]
    return found


def card_disputes(cases: Sequence[int]) -> dict[int, DisputeTold]:
    """What the card track and the case file say of disputes: no fees, and a loss after a win is the whole amount again."""
    rows = CaseFile.objects.filter(case_id__in=cases).exclude(case__card_track="none").select_related("case")
    found = {}
    for file in rows:
        case = file.case
        told = file.case_json.get("dispute") or {}
        amount = minor(told.get("amount"), case.currency) or case.amount_minor
        end = case.card_track if case.card_track in ("won", "lost", "accepted") else ""
        found[case.pk] = DisputeTold(amount, end, amount if end == "won" else 0)
    return found
