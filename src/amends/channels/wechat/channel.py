"""微信小店: after-sale cases by windows of a day at most; yes, no and the exchanged parcel by calls. The platform pays."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from amends.channels.kernel_case import unreadable
from amends.channels.kernel_json import listed, part, text
from amends.channels.wechat.calls import ask, renewed
from amends.channels.wechat.cases import Known, told_case
from amends.channels.wechat.deeds import ACTIONS, CASES, act, acted, known_case, refusal_items
from amends.channels.wechat.says import GUIDE, NO_RIGHT, SETTINGS, TITLE
from amends.channels.wechat.statuses import STATUSES
from amends.facts.channels import Access, ChannelCan, Probe, Setting, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Page, PlatformStatus, Pushed, ToldCase, ToldOrder, Window
from amends.facts.rulebook import Says
from amends.facts.wire import Seal, UnableToTrustNotice, WireAnswer, WireRequest

_PAGE: Final = 60
"""Cases told at once; the platform's own pages may be longer and are then told in parts. Each takes up to three calls."""
_CAN: Final = ChannelCan(
    actions=ACTIONS,
    by_person=frozenset({"message"}),
    pays=True,
    amount_fixed=True,
    page_size=_PAGE,
    widest=timedelta(days=1),
    tokens=True,
    console="https://store.weixin.qq.com/shop",
)
_LONGEST_KEY: Final = 480
RIGHT_MISSING: Final = "48001"


class Wechat:
    """The translator."""

    name = "wechat"
    base_url = "https://api.weixin.qq.com"

    @property
    def title(self) -> Says:
        """Its name."""
        return TITLE

    @property
    def can(self) -> ChannelCan:
        """Yes, no and the exchanged parcel; proof in a complaint."""
        return _CAN

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The shop's own app."""
        return SETTINGS

    @property
    def guide(self) -> tuple[Says, ...]:
        """Where the app is found."""
        return GUIDE

    @property
    def statuses(self) -> Mapping[str, PlatformStatus]:
        """By the platform's own word, and ``complaint:n`` while a complaint is under way."""
        return STATUSES

    def probe(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Probe]:
        """The shop's name, with a fresh token; and whether its cases may be read."""
        fresh = yield from renewed(access, seal)
        access = replace(access, values={**access.values, **fresh})
        body = yield from ask(access, "/channels/ec/basics/info/get", None)
        name = text(body, "info", "nickname") or access.values.get("app_id", "")
        until = datetime.fromisoformat(fresh["expires_at"]) if "expires_at" in fresh else None
        try:
            yield from _listed(access, int(seal.at.timestamp()) - 60, int(seal.at.timestamp()), "")
        except UnableToTalk as fault:
            if fault.code != RIGHT_MISSING:
                raise
            return Probe(name, until, (NO_RIGHT,))
        return Probe(name, until)

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        """A token for two hours."""
        return renewed(access, seal)

    def changed(self, access: Access, window: Window, seal: Seal) -> Generator[WireRequest, WireAnswer, Page]:
        """One page by `update_time`: the list tells numbers only, each case is then read whole."""
        first, _, key = window.cursor.partition("|")
        begin, until = int(first) if first.isdecimal() else 0, int(window.until.timestamp())
        body = yield from _listed(access, int(window.since.timestamp()), until, key)
        numbers = [str(number) for number in listed(body, "after_sale_order_id_list")]
        cases = []
        for number in dict.fromkeys(numbers[begin : begin + _PAGE]):
            case = yield from self._read(access, number, window.since, seal)
            if case is not None and case.updated_at.timestamp() < until:  # later ones belong to the next window
                cases.append(case)
        return Page(cases=tuple(cases), cursor=_next(body, key, begin, len(numbers)))

    def _read(
        self, access: Access, number: str, since: datetime, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """A listed case; one that will not be shown holds up no other. The list does not say when it changed."""
        try:
            return (yield from self.one(access, number, seal))
        except UnableToTalk as fault:
            if fault.why != "refused" or fault.code == RIGHT_MISSING:
                raise
            return unreadable(number, "", None, since, str(fault))

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """The case, its complaint and its order."""
        known = yield from known_case(access, number)
        if known is None:
            return None
        order = yield from _order_of(access, known)
        return told_case(replace(known, order=order), access.shop)

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        """None: orders are told with their cases only."""
        yield from ()
        return None

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Look, then do."""
        return act(access, deed, seal)

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Look only."""
        return acted(access, deed)

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """The platform's reasons for what this case is and where it stands."""
        reasons = yield from refusal_items(access, number)
        return tuple(
            [
                PlatformReason(
                    text(item, "reject_reason_type"),
                    text(item, "reject_reason_type_text"),
                    hint=text(item, "reject_reason"),
                )
                for item in reasons
            ]
        )

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        """Pushes are not taken: their signature stands in the address, not in the headers."""
        raise UnableToTrustNotice("pushes of this platform are not taken; changes are fetched")

    def answer_push(self) -> WireAnswer:
        """What it would want to hear."""
        return WireAnswer(200, {"content-type": "text/plain"}, b"success")


def _listed(access: Access, since: int, until: int, key: str) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    params = {"begin_update_time": since, "end_update_time": until}
    return ask(access, f"{CASES}getaftersalelist", params | ({"next_key": key} if key else {}))


def _next(body: Mapping[str, Any], key: str, begin: int, many: int) -> str:
    if begin + _PAGE < many:
        return f"{begin + _PAGE}|{key}"
    following = text(body, "next_key")
    if part(body, "has_more") is not True or not following or following == key:
        return ""
    if len(following) > _LONGEST_KEY:
        raise UnableToTalk("strange", f"a page's key of {len(following)} letters is longer than can be kept")
    return f"0|{following}"


def _order_of(access: Access, known: Known) -> Generator[WireRequest, WireAnswer, Mapping[str, Any]]:
    """The whole order of a case; {} where it may not be read, or there is none: the case then tells only its own line."""
    try:
        body = yield from ask(access, "/channels/ec/order/get", {"order_id": text(known.info, "order_id")})
    except UnableToTalk as fault:
        if fault.why not in ("refused", "missing"):
            raise
        return {}
    found = part(body, "order")
    return found if isinstance(found, Mapping) else {}
