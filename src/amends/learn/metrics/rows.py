"""A case or an order as rows to count on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.basics.zones import local
from amends.facts.codes import DEFECT
from amends.facts.log import Entry
from amends.facts.metric_columns import Fact, plain_fact
from amends.facts.metric_story import CaseStory, OrderStory
from amends.facts.tracks import IN_DISPUTE
from amends.learn.metrics.beside import of_chats, of_dispute, of_talk
from amends.learn.metrics.survey import survey_facts

ANSWERS: Final = frozenset({"ask", "offer", "approve", "refuse"})
"""Moves of the decision that are an answer of ours."""
_TURNS: Final = frozenset({"reopened", "undone"})
_FIT: Final = frozenset({"A", "B"})
"""Grades of goods that can be sold again."""
_THERE: Final = frozenset({"arrived", "inspected"})
_DAY_ZERO: Final = date(1970, 1, 1)


def case_row(story: CaseStory) -> Fact:
    """Will make the row of a case."""
    case = story.case
    request, order = _part(case, "request"), _part(case, "order")
    lines = _asked(order, request)
    opened = _moment(request.get("requested_at")) or (story.log[0].at if story.log else datetime.fromtimestamp(0, UTC))
    row = plain_fact("cases")
    row |= {
        "id": story.number,
        "merchant": story.merchant,
        "shop": story.shop,
        "platform": story.platform,
        "market": story.market,
        "currency": story.currency,
        "origin": story.origin,
        "state": story.state,
        "version": story.version,
        "kind": str(request.get("kind") or ""),
        "reason": str(request.get("reason") or ""),
        "quality": int(request.get("reason") in DEFECT),
        "opened_at": int(opened.timestamp()),
        "opened_day": day_of(opened, story.market),
        "order_known": int(story.order_known),
        "order_row": story.order_row,
        "back_day": _back_day(story),
        "carrier": story.carrier or _brought(story, "carrier"),
        "station": _brought(story, "station"),
        "pieces": sum([pieces for _, pieces in lines]),
        **_sold_as(story, lines),
    }
    row |= _answers(story, opened) | _ending(story, opened) | of_talk(story.messages) | _platform(story)
    row |= of_chats(story.messages, story.market)
    row |= _money(story, lines, row["pieces"])
    return row | of_dispute(story.dispute) | survey_facts(story.survey, lambda at: day_of(at, story.market))


def _brought(story: CaseStory, name: str) -> str:
    """What the parcels out tell of who brought them: as the case file has it, else the order."""
    sent = [*(story.case.get("shipments") or ()), *(story.sold.get("shipments") or ())]
    return str(next((one[name] for one in sent if isinstance(one, Mapping) and one.get(name)), ""))


def _sold_as(story: CaseStory, lines: Sequence[tuple[Mapping[str, Any], int]]) -> Fact:
    """What the goods were sold as: a case about several SKUs counts under the first."""
    line: Mapping[str, Any] = lines[0][0] if lines else {}
    sold: Mapping[str, Any] = {**_part(story.sold, "order"), **_part(story.case, "order")}
    told = {
        str(one.get("id")): one for one in _part(story.sold, "order").get("lines") or () if isinstance(one, Mapping)
    }
    line = {**told.get(str(line.get("id")), {}), **line}
    return {
        "sku": str(line.get("sku") or ""),
        "batch": str(line.get("batch") or ""),
        "supplier": str(line.get("supplier") or ""),
        "creator": str(sold.get("creator") or ""),
        "campaign": str(sold.get("campaign") or ""),
    }


def _answers(story: CaseStory, opened: datetime) -> Fact:
    """Who answered, how soon, whether in time, and whether the answer held."""
    acted = [one for one in story.log if _is_act(one)]
    first = next((one for one in story.log if _is_answer(one)), None)
    request = _part(story.case, "request")
    told = [_moment(request.get(name)) for name in ("agreed_at", "refused_at")]
    moments = [one.at for one in acted] + [moment for moment in told if moment is not None]
    answered = min([*[one.at for one in story.log if _is_answer(one)], *[one for one in told if one]], default=None)
    by = first.by.kind if first else "platform" if any(told) else ""
    by = "person" if by == "shop" else by
    judged = story.limit is not None and (answered is not None or any(one.at > story.limit for one in story.log))
    touched = any(one.by.kind in ("person", "shop") for one in story.log)
    return {
        "answered_by": by,
        "touched": int(touched),
        "automatic": int(by == "system" and not touched),
        "seconds_to_act": max(0, int((min(moments) - opened).total_seconds())) if moments else None,
        "limited": int(judged),
        "in_limit": int(story.limit is not None and answered is not None and answered <= story.limit),
        **_held(story, answered),
    }


def _held(story: CaseStory, answered: datetime | None) -> Fact:
    """Whether something spoke against the answer afterwards, and whether it was turned round."""
    after = [one for one in story.log if answered is not None and one.at >= answered]
    called = any(_calls_for_help(one) for one in after)
    turned = any(one.what in _TURNS for one in after)
    ruled = any(("platform", "rule_for_buyer") in one.moves for one in after) or any(
        one.told.get("platform") == "ruled_for_buyer" or one.told.get("card") == "lost" for one in after
    )
    lost = any(("card", "lose") in one.moves for one in after)
    return {"wrong": int(called or turned), "overturned": int(turned or ruled or lost)}


def _is_answer(one: Entry) -> bool:
    return one.by.kind in ("person", "system", "shop") and any(
        track == "decision" and move in ANSWERS for track, move in one.moves
    )


def _is_act(one: Entry) -> bool:
    return _is_answer(one) or (one.by.kind in ("person", "system", "shop") and one.what == "message_to_buyer")


def _calls_for_help(one: Entry) -> bool:
    moves = {("platform", "step_in"), ("platform", "ask_evidence"), ("card", "alert"), ("card", "open")}
    return bool(moves & set(one.moves)) or one.told.get("platform") in IN_DISPUTE or one.told.get("card") in IN_DISPUTE


def _ending(story: CaseStory, opened: datetime) -> Fact:
    """When it was closed, where that was seen: a case that a file tells of as long over has no known time."""
    if story.state != "closed":
        return {}
    ends = [one for one in story.log if ("desk", "close") in one.moves or one.told.get("desk") == "closed"]
    if not ends or (ends[-1].what == "imported" and story.origin == "import"):
        return {}
    closed = ends[-1].at
    return {
        "closed_at": int(closed.timestamp()),
        "closed_day": day_of(closed, story.market),
        "seconds_to_close": max(0, int((closed - opened).total_seconds())),
    }


def _back_day(story: CaseStory) -> int | None:
    """When the goods were there for the first time; an imported file tells that they are, not since when."""
    for one in story.log:
        told = one.told.get("goods") in _THERE and one.what != "imported"
        if told or ("goods", "arrive") in one.moves:
            return day_of(one.at, story.market)
    return None


def _platform(story: CaseStory) -> Fact:
    track = story.tracks.get("platform", "none")
    ruled = {"ruled_for_us": "us", "ruled_for_buyer": "buyer"}.get(track, "")
    called = track != "none" or any(
        ("platform", "step_in") in one.moves or ("platform", "ask_evidence") in one.moves for one in story.log
    )
    called = called or any(one.told.get("platform", "none") != "none" for one in story.log)
    return {"stepped_in": int(called), "ruled": ruled}


def _money(story: CaseStory, lines: Iterable[tuple[Mapping[str, Any], int]], pieces: int) -> Fact:
    """What went back, what stayed, what was lost, in minor units."""
    case = story.case
    value = sum([_share(_minor(line.get("paid"), story.currency), many, line) for line, many in lines])
    goods = story.tracks.get("goods", "none")
    came_back = goods in ("arrived", "inspected")
    grade = str(_part(case, "inspection").get("grade") or "")
    cash = sum([story.paid.get(kind, 0) for kind in ("refund", "goodwill", "damages", "outside")])
    credit = story.paid.get("store_credit", 0)
    exchanged = story.tracks.get("replacement", "none") in ("shipped", "delivered") and came_back
    fit = came_back and (not grade or grade in _FIT)
    returned, refunded = cash, cash > 0
    return {
        "grade": grade,
        "came_back": int(came_back),
        "counts_order": int(story.nth == 1),
        "counts_refund": int(refunded and story.first_refund),
        "counts_return": int(came_back and story.first_return),
        "refunded_pieces": pieces if refunded else 0,
        "back_pieces": pieces if came_back else 0,
        "value_minor": value,
        "back_minor": value if came_back else 0,
        "asked_minor": _minor(_part(case, "request").get("amount"), story.currency) or value,
        "returned_minor": returned,
        "kept_minor": credit + (value if exchanged else 0),
        "lost_minor": 0 if fit else returned,
    }


def order_rows(story: OrderStory) -> list[Fact]:
    """Will make the rows of an order: one a SKU, gifts left out."""
    order = _part(story.file, "order")
    currency = str(order.get("currency") or "")
    sent = [one for one in story.file.get("shipments") or () if isinstance(one, Mapping)]
    paid = _moment(order.get("paid_at")) or _moment(order.get("placed_at"))
    whole: Fact = plain_fact("sales") | {
        "id": story.number,
        "merchant": story.merchant,
        "shop": story.shop,
        "platform": story.platform,
        "market": story.market,
        "currency": currency,
        "one": 1,
        "carrier": str(next((one.get("carrier") for one in sent if one.get("carrier")), "")),
        "station": str(next((one.get("station") for one in sent if one.get("station")), "")),
        "creator": str(order.get("creator") or ""),
        "campaign": str(order.get("campaign") or ""),
        "paid_day": None if paid is None else day_of(paid, story.market),
        "shipped_day": _last(sent, "shipped_at", story.market),
        "signed_day": _last(sent, "delivered_at", story.market),
    }
    rows: dict[tuple[str, str, str], Fact] = {}
    for line in order.get("lines") or ():
        if not isinstance(line, Mapping) or "gift" in (line.get("traits") or ()):
            continue
        names = tuple([str(line.get(name) or "") for name in ("sku", "batch", "supplier")])
        row = rows.setdefault((names[0], names[1], names[2]), {**whole, "whole": int(not rows)})
        row |= dict(zip(("sku", "batch", "supplier"), names, strict=True))
        row["category"] = str(line.get("category") or "")
        row["pieces"] += _count(line)
        row["value_minor"] += _minor(line.get("paid"), currency)
    return list(rows.values())


def _last(sent: Sequence[Mapping[str, Any]], name: str, market: str) -> int | None:
    moments = [_moment(one.get(name)) for one in sent]
    known = [one for one in moments if one is not None]
    return day_of(max(known), market) if known and len(known) == len(moments) else None


def day_of(moment: datetime, market: str) -> int:
    """Will give the day of a moment on the market's wall clock, counted from 1970."""
    return (local(moment, market).date() - _DAY_ZERO).days


def _asked(order: Mapping[str, Any], request: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], int]]:
    """The lines that a request is about, each with its pieces; a request without lines is about all that was bought."""
    lines = {str(one.get("id")): one for one in order.get("lines") or () if isinstance(one, Mapping)}
    asked = [one for one in request.get("lines") or () if isinstance(one, Mapping) and str(one.get("id")) in lines]
    found = [(lines[str(one.get("id"))], int(one.get("quantity") or 1)) for one in asked]
    return found or [(one, _count(one)) for one in lines.values() if "gift" not in (one.get("traits") or ())]


def _count(line: Mapping[str, Any]) -> int:
    return int(line.get("quantity") or 1)


def _share(paid: int, pieces: int, line: Mapping[str, Any]) -> int:
    bought = _count(line)
    return paid if pieces >= bought else (2 * paid * pieces + bought) // (2 * bought)


def _part(whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = whole.get(name)
    return found if isinstance(found, Mapping) else {}


def _minor(text: Any, currency: str) -> int:
    if text is None or currency not in EXPONENTS:
        return 0
    try:
        return read_minor(str(text), EXPONENTS[currency])
    except UnableToReadAmount:
        return 0


def _moment(text: Any) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
