"""抖店: after-sale cases by `afterSale.*`, told by pushes and by windows of what changed; deeds through `afterSale.operate`."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from amends.channels.douyin.calls import NO_RIGHT as RIGHT_MISSING
from amends.channels.douyin.calls import ask
from amends.channels.douyin.cases import listed_case, told_case
from amends.channels.douyin.deeds import BESIDE, OPERATED, act, acted, detail_of, refusal_items
from amends.channels.douyin.detail import Detail
from amends.channels.douyin.pushes import push_answer, read_push
from amends.channels.douyin.says import GUIDE, NO_RIGHT, SETTINGS, TITLE
from amends.channels.douyin.statuses import STATUSES
from amends.channels.douyin.tokens import renewed
from amends.channels.kernel_json import part, parts, text, whole
from amends.channels.kernel_keyset import Place
from amends.facts.channels import Access, ChannelCan, Probe, Setting, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Page, PlatformStatus, Pushed, ToldCase, ToldOrder, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, WireAnswer, WireRequest

_PAGE: Final = 50
"""Half of what the platform gives: each case is then read whole, with its order, in two more calls."""
_CAN: Final = ChannelCan(
    actions=OPERATED | BESIDE,
    by_person=frozenset({"message"}),
    unasked=frozenset({"intercept"}),
    pays=True,
    amount_fixed=True,
    locks=True,
    pushes=True,
    page_size=_PAGE,
    widest=timedelta(days=1),
    tokens=True,
    console="https://fxg.jinritemai.com/ffa/maftersale/aftersale/detail-v3?aftersale_id={case}",
)


class Douyin:
    """The translator."""

    name = "douyin"
    base_url = "https://openapi-fxg.jinritemai.com"

    @property
    def title(self) -> Says:
        """Its name."""
        return TITLE

    @property
    def can(self) -> ChannelCan:
        """Refunds, returns, exchanges and refusals by calls; words to the buyer by a person."""
        return _CAN

    @property
    def settings(self) -> tuple[Setting, ...]:
        """An own-use app and the shop's id."""
        return SETTINGS

    @property
    def guide(self) -> tuple[Says, ...]:
        """What to create over there."""
        return GUIDE

    @property
    def statuses(self) -> Mapping[str, PlatformStatus]:
        """By number, and ``arbitrate:n`` while the platform's people decide."""
        return STATUSES

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """One row of the list; a token is fetched first where there is none. A missing right is told, not raised."""
        name = access.values.get("shop_name") or access.values.get("shop_id") or access.shop.name
        until = None
        if not access.values.get("access_token"):
            fresh = yield from renewed(access, seal)
            access = replace(access, values={**access.values, **fresh})
            name = fresh.get("shop_name", name)
            until = datetime.fromisoformat(fresh["expires_at"]) if "expires_at" in fresh else None
        try:
            yield from _listed(access, Place(int(seal.at.timestamp()) - 60), int(seal.at.timestamp()), 1, seal)
        except UnableToTalk as fault:
            if not fault.code.startswith(RIGHT_MISSING):
                raise
            return Probe(name, until, (NO_RIGHT,))
        return Probe(name, until)

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        """Fresh tokens."""
        return renewed(access, seal)

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page by `update_time`, oldest first, each case read whole."""
        place, until = Place.read(window.cursor, int(window.since.timestamp())), int(window.until.timestamp())
        data = yield from _listed(access, place, until, _PAGE, seal)
        infos = {
            text(part(item, "aftersale_info"), "aftersale_id"): part(item, "aftersale_info")
            for item in parts(data, "items")
        }
        told = [(number, whole(info, "update_time") or place.since) for number, info in infos.items()]
        seen = [
            (number, at) for number, at in told if number and at < until
        ]  # whether the end belongs to it, it does not say
        cases = []
        for number in place.fresh([number for number, _ in seen]):
            case = yield from self._read(access, number, infos[number], seal)
            if case is not None:
                cases.append(case)
        more = bool(part(data, "has_more")) and bool(seen) and len(seen) == len(told)
        return Page(cases=tuple(cases), cursor=place.next(seen) if more else "")

    def _read(
        self, access: Access, number: str, info: Mapping[str, Any], seal: Seal
    ) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """A listed case; one that will not be shown whole holds up no other, and is told as far as the list tells it."""
        try:
            return (yield from self.one(access, number, seal))
        except UnableToTalk as fault:
            if fault.why != "refused" or fault.code.startswith(RIGHT_MISSING):
                raise
            return listed_case(number, info, str(fault))

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """The case by `afterSale.Detail`, with its whole order."""
        detail = yield from detail_of(access, number, seal)
        if detail is None:
            return None
        order = yield from _order_of(access, detail, seal)
        return told_case(detail, order, access.shop)

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        """None: orders are told with their cases only, since names and numbers of buyers are sealed over there."""
        yield from ()
        return None

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Look, then do."""
        return act(access, deed, seal)

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Look only."""
        return acted(access, deed, seal)

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """The platform's list for this case; () for orders not yet shipped, which are refused by shipping."""
        listed = yield from refusal_items(access, number, seal)
        return tuple(
            [
                PlatformReason(
                    text(item, "reject_reason_code"),
                    text(item, "reason"),
                    text(item, "evidence_need") == "Y",
                    text(item, "evidence_description"),
                )
                for item in listed
            ]
        )

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        """The messages of a push whose signature holds."""
        return read_push(access, headers, body)

    def answer_push(self) -> WireAnswer:
        """Code 0."""
        return push_answer()


def _listed(
    access: Access, place: Place, until: int, size: int, seal: Seal
) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    params = {
        "page": place.page,
        "size": size,
        "update_start_time": place.since,
        "update_end_time": until,
        "order_by": ["update_time asc"],
    }
    return ask(access, seal, "afterSale/List", params)


def _order_of(access: Access, detail: Detail, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    """The whole order of a case; {} where the app may not read orders, or there is none: the case then tells only its own lines."""
    number = text(detail.data, "order_info", "shop_order_id")
    try:
        data = yield from ask(access, seal, "order/orderDetail", {"shop_order_id": number})
    except UnableToTalk as fault:
        if fault.why not in ("refused", "missing"):
            raise
        return {}
    found = part(data, "shop_order_detail")
    return found if isinstance(found, Mapping) else {}
