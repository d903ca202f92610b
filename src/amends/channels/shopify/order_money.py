"""How an order was paid and what has gone back: payments, refunds, and which of our deeds a refund was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from amends.basics.money import Minor, write_minor
from amends.channels.case_form import said
from amends.channels.shopify.amounts import digits_of, minor
from amends.channels.shopify.columns import METHODS
from amends.channels.shopify.numbers import marks, tail
from amends.channels.shopify.statuses import nodes
from amends.facts.platforms import ToldRefund

PAID: Final = frozenset({"SALE", "CAPTURE"})
MOVED: Final = frozenset({"SUCCESS"})
UNDER_WAY: Final = frozenset({"PENDING", "AWAITING_RESPONSE", "UNKNOWN"})
FAILED: Final = frozenset({"FAILURE", "ERROR"})


def captured(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The transactions by which the buyer really paid."""
    listed = order.get("transactions") or []
    return [one for one in listed if one.get("kind") in PAID and one.get("status") in MOVED]


def payment_names(order: Mapping[str, Any]) -> dict[str, str]:
    """By what each payment is known, by its id: the id that Shopify shows to merchants and writes into exports, where no other
    payment of the order bears it too; else its own number.
    """
    paid = captured(order)
    shown = [str(one.get("paymentId") or "") for one in paid]
    return {
        str(one.get("id")): name if name and shown.count(name) == 1 else tail(one.get("id"))
        for one, name in zip(paid, shown, strict=True)
    }


def gone(order: Mapping[str, Any], digits: int) -> dict[str, Minor]:
    """What has gone back or is on its way, by the id of the payment it came from."""
    found: dict[str, Minor] = {}
    for one in order.get("transactions") or []:
        if one.get("kind") == "REFUND" and one.get("status") in MOVED | UNDER_WAY:
            parent = str((one.get("parentTransaction") or {}).get("id") or "")
            found[parent] = found.get(parent, 0) + minor(one, "amountSet", digits)
    return found


def payments(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The `payments` of a case file. What went back without naming its payment is taken from the first with room."""
    digits, paid = digits_of(order), captured(order)
    back, names = gone(order, digits), payment_names(order)
    amounts = [minor(one, "amountSet", digits) for one in paid]
    refunded = [min(amount, back.get(str(one.get("id")), 0)) for one, amount in zip(paid, amounts, strict=True)]
    loose = sum(back.values()) - sum(refunded)
    found = []
    for one, amount, gone_back in zip(paid, amounts, refunded, strict=True):
        more = min(max(loose, 0), amount - gone_back)
        loose -= more
        method = _method(str(one.get("gateway") or ""))
        total, gave = write_minor(amount, digits), write_minor(gone_back + more, digits)
        found.append(
            said(
                id=names[str(one.get("id"))],
                method=method,
                captured=total,
                refunded=gave,
                reference=tail(one.get("id")),
            )
        )
    return found


def _method(gateway: str) -> str:
    plain = gateway.casefold()
    codes = {code for word, code in METHODS if word in plain or word.replace(" ", "_") in plain}
    return codes.pop() if len(codes) == 1 else "platform"


def refunds(order: Mapping[str, Any]) -> list[tuple[str, ToldRefund]]:
    """Every refund with the name of the case it belongs to ("" where it belongs to the order alone)."""
    names = payment_names(order)
    found = []
    for refund in order.get("refunds") or []:
        marked = marks(refund.get("note"))
        key, case = marked[-1] if marked else ("", "")
        case = str((refund.get("return") or {}).get("name") or case)
        found += [(case, told) for told in _told(refund, key, names, order)]
    return found


def _told(
    refund: Mapping[str, Any], key: str, names: Mapping[str, str], order: Mapping[str, Any]
) -> Iterator[ToldRefund]:
    """One for each payment and state; the first bears the refund's own id, so that it is the one our receipt names."""
    digits, currency = digits_of(order), str(order.get("presentmentCurrencyCode"))
    groups: dict[tuple[str, bool], list[Mapping[str, Any]]] = {}
    for one in nodes(refund, "transactions"):
        if one.get("kind") == "REFUND" and one.get("status") not in FAILED:
            parent = str((one.get("parentTransaction") or {}).get("id") or "")
            groups.setdefault((names.get(parent, ""), one.get("status") in MOVED), []).append(one)
    identity, at = str(refund.get("id")), moment(refund.get("createdAt"))
    for place, ((payment, moved), parts) in enumerate(groups.items()):
        amount = sum([minor(part, "amountSet", digits) for part in parts])
        name = identity if not place else f"{identity}/{tail(parts[0].get('id'))}"
        yield ToldRefund(name, amount, currency, at, key, payment, moved)


def ours(order: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
    """The refund that bears our key."""
    listed: Sequence[Mapping[str, Any]] = order.get("refunds") or []
    return next((one for one in listed if key in [mark for mark, _ in marks(one.get("note"))]), None)


def moment(text: object) -> datetime | None:
    """An instant as Shopify writes it; None where it is none."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else None
