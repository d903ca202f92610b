"""A case told for someone outside: what happened in order, money, reasons, parcels, what was said. Nothing that stays inside is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor, write_minor
from amends.desk.dossiers.shown import SHOWN
from amends.facts.dossier import EVENT
from amends.facts.dossier_story import Ground, Happening, ParcelStory, ScanTold, Spoken, Story, Sum
from amends.facts.log import START, SealedEntry
from amends.facts.parcels import ParcelView
from amends.facts.payout import MoneyBox
from amends.facts.plan import OPEN
from amends.facts.rulebook import Says
from amends.facts.words import say
from amends.facts.work import CaseHistory, CaseState, MessageView

if TYPE_CHECKING:
    from amends.desk.dossiers.desk import DossierDesk

_GIVEN: Final = (("placed_at", "Order placed", "下单"), ("paid_at", "Order paid", "付款"))
_SENT: Final = (("shipped_at", "Goods shipped", "发货"), ("delivered_at", "Goods delivered", "签收"))


def story_of(
    desk: DossierDesk, state: CaseState, history: CaseHistory, parcels: Sequence[ParcelView], box: MoneyBox | None
) -> Story:
    """The case as of the last entry of its log that is not about a dossier."""
    last = next((one for one in reversed(history.entries) if one.entry.what != EVENT), None)
    order: Mapping[str, Any] = state.case.get("order") or {}
    request: Mapping[str, Any] = state.case.get("request") or {}
    seq = last.seq if last else 0
    return Story(
        state.key,
        state.shop,
        str(order.get("id") or ""),
        state.market,
        state.currency,
        _named("kind", str(request.get("kind") or "")),
        _named("reason", str(request.get("reason") or "")),
        seq,
        last.seal if last else START,
        last.entry.at if last else desk.now(),
        desk.book.digest_over(state.number, seq),
        _outcome(state),
        tuple(_goods(order)),
        tuple(_happenings(desk, state, history.entries)),
        tuple(_sums(state, order, box)),
        tuple(_grounds(state)),
        tuple(_parcel(one) for one in parcels),
        tuple(_spoken(one) for one in history.messages if _was_said(one)),
        _inspection(state),
        (state.decision or {}).get("outcome") == "refuse",
    )


def _named(group: str, code: str) -> Says:
    return Says(say(group, code, "en"), say(group, code, "zh")) if code else Says("–", "–")


def _outcome(state: CaseState) -> Says | None:
    told = state.decision
    if not told or not told.get("outcome"):
        return None
    parts = [("outcome", str(told["outcome"])), ("kind", str(told.get("remedy") or ""))]
    named = [_named(group, code) for group, code in parts if code and code != "none"]
    refund = told.get("refund") or {}
    total = f"{refund.get('currency')} {refund.get('total')}" if refund.get("total") else ""
    return Says(
        " · ".join([*[one.en for one in named], *([total] if total else [])]),
        " · ".join([*[one.zh for one in named], *([total] if total else [])]),
    )


def _goods(order: Mapping[str, Any]) -> Iterable[str]:
    for line in (order.get("lines") or ())[:20]:
        sku = f" ({line['sku']})" if line.get("sku") else ""
        yield f"{line.get('title') or line.get('id') or ''}{sku} × {line.get('quantity') or 1}"


def _happenings(desk: DossierDesk, state: CaseState, entries: Sequence[SealedEntry]) -> Sequence[Happening]:
    found = [*_of_facts(state)]
    for one in entries:
        entry = one.entry
        if entry.what in SHOWN:
            files = [str(item.get("file") or "") for item in entry.data.get("items") or () if isinstance(item, Mapping)]
            told = desk.tell(entry, state.currency, state.market)
            who = _named("actor", "shop" if entry.by.kind == "person" else entry.by.kind)
            who = Says("Shop", "店铺") if entry.by.kind in ("person", "shop") else who
            found.append(Happening(entry.at, told, who, tuple(sha for sha in files if sha)))
    return sorted(found, key=lambda one: one.at)


def _of_facts(state: CaseState) -> Iterable[Happening]:
    """What the case file says of the time before there was a case."""
    order: Mapping[str, Any] = state.case.get("order") or {}
    request: Mapping[str, Any] = state.case.get("request") or {}
    for field, en, zh in _GIVEN:
        if (at := _moment(order.get(field))) is not None:
            yield Happening(at, Says(en, zh), Says("Buyer", "买家"))
    for parcel in state.case.get("shipments") or ():
        for field, en, zh in _SENT:
            if (at := _moment(parcel.get(field))) is not None:
                named = str(parcel.get("waybill") or parcel.get("id") or "")
                yield Happening(at, Says(f"{en} {named}".strip(), f"{zh} {named}".strip()), Says("Carrier", "快递"))
    if (at := _moment(request.get("requested_at"))) is not None:
        kind, reason = (
            _named("kind", str(request.get("kind") or "")),
            _named("reason", str(request.get("reason") or "")),
        )
        yield Happening(
            at, Says(f"Asked for: {kind.en} – {reason.en}", f"申请{kind.zh}：{reason.zh}"), Says("Buyer", "买家")
        )


def _moment(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(told or ""))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _minor(told: Any, currency: str) -> int | None:
    if told is None or currency not in EXPONENTS:
        return None
    try:
        return read_minor(str(told), EXPONENTS[currency])
    except UnableToReadAmount:
        return None


def _sums(state: CaseState, order: Mapping[str, Any], box: MoneyBox | None) -> Iterable[Sum]:
    currency = state.currency
    goods = sum(_minor(one.get("paid"), currency) or 0 for one in order.get("lines") or ())
    freight = _minor(order.get("shipping_paid"), currency) or 0
    told = order.get("payments") or ()
    paid = (
        sum(one.captured for one in box.payments)
        if box
        else sum(_minor(one.get("captured"), currency) or 0 for one in told)
    )
    back = (
        sum(one.given_back for one in box.payments)
        if box
        else sum(_minor(one.get("refunded"), currency) or 0 for one in told)
    )
    steps = [one for plan in (box.plans if box else ()) for one in plan.steps]
    kind = [one.step for one in steps if one.step.kind == "goodwill" and one.state == "succeeded"]
    goodwill = sum(one.amount for one in kind)
    back -= min(back, sum(one.amount for one in kind if one.payment is not None))
    moving = sum(one.step.amount for one in steps if one.state in OPEN)
    references = ", ".join(one.reference for one in steps if one.state == "succeeded" and one.reference)[:200]
    yield _sum("order", "Order with freight", "订单金额（含运费）", goods + freight, currency)
    if paid:
        yield _sum("paid", "Paid", "实付", paid, currency)
    if back:
        yield _sum("refunded", "Refunded", "已退款", back, currency, references)
    if moving:
        yield _sum("on_the_way", "Refund on its way", "退款中", moving, currency)
    if goodwill:
        yield _sum("goodwill", "Goodwill paid", "已付补偿", goodwill, currency)
    yield _sum("in_dispute", "In dispute", "争议金额", _disputed(state, paid or goods + freight, back), currency)


def _disputed(state: CaseState, paid: int, back: int) -> int:
    """What the dispute is about: as the bank says, else as the buyer asks, else what is left of the payment."""
    for told in ((state.case.get("dispute") or {}).get("amount"), (state.case.get("request") or {}).get("amount")):
        if (minor := _minor(told, state.currency)) is not None:
            return minor
    return max(0, paid - back)


def _sum(code: str, en: str, zh: str, minor: int, currency: str, note: str = "") -> Sum:
    return Sum(code, Says(en, zh), f"{currency} {write_minor(minor, EXPONENTS.get(currency, 2))}", note)


def _grounds(state: CaseState) -> Iterable[Ground]:
    """The reasons that hold; signals of risk are for the desk alone."""
    for one in (state.decision or {}).get("because") or ():
        says = one.get("says") or {}
        if one.get("verdict") == "holds" and one.get("layer") != "risk" and says:
            told = Says(str(says.get("en") or ""), str(says.get("zh") or ""))
            yield Ground(
                _named("layer", str(one["layer"])), told, str(one.get("source") or ""), str(one.get("rule") or "")
            )


def _parcel(view: ParcelView) -> ParcelStory:
    waybill, trace = view.link.parcel.waybill, view.trace
    scans = tuple(ScanTold(one.at, _named("scan", one.kind), one.text or one.place) for one in reversed(view.scans))
    signed = _named("signed_by", trace.signed_by) if trace.signed_by else None
    return ParcelStory(
        _named("parcel_part", view.link.part),
        _named("carrier_code", waybill.carrier),
        waybill.number,
        _named("trace", trace.state),
        signed,
        scans[:100],
    )


def _was_said(one: MessageView) -> bool:
    """What both sides have read: no note among colleagues, nothing that never left."""
    return not one.inside and one.state not in ("taken_back", "failed", "waiting")


def _spoken(one: MessageView) -> Spoken:
    side = _named("actor", "buyer") if one.by_kind == "buyer" else Says("Shop", "店铺")
    return Spoken(one.at, _named("actor", "platform") if one.by_kind == "platform" else side, one.text)


def _inspection(state: CaseState) -> Says | None:
    told = state.case.get("inspection") or {}
    if not told.get("grade"):
        return None
    found = [str(one) for one in told.get("findings") or ()]
    named = _named("grade", str(told["grade"]))
    goods = [_named("goods", one) for one in found]
    return Says(", ".join([named.en, *[one.en for one in goods]]), "、".join([named.zh, *[one.zh for one in goods]]))
