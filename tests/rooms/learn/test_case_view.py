"""The case page's parts are drawn right from case file and decision, also where much is missing."""

from __future__ import annotations

from typing import Any

from amends.facts.listed import ListLine, StoredCase
from amends.learn.case_view import view_case
from tests.django_house import NOW
from tests.rooms.web.samples import knitted

LINE = ListLine(
    id=1, key="1", shop="s", channel="douyin", market="CN", state="open", kind="", reason="", currency="CNY",
    amount_minor=0, order_no="", buyer="", title="", sku="", pieces=0, outcome="", remedy="", handling="",
    refund_minor=None, says={}, due=None, next_who="", next_action="", if_missed={}, high_value=False, disputed=False,
)  # fmt: skip


def stored(case: dict[str, Any], decision: dict[str, Any] | None) -> StoredCase:
    return StoredCase(LINE, case, decision, [], (), None, NOW)


def test_money_adds_up() -> None:
    incoming, decision = knitted()
    money = view_case(stored(incoming.made.case, decision)).money
    assert (money.list_price, money.goods, money.shipping, money.captured) == (32800, 28800, 0, 28800)
    assert (money.refunded, money.left) == (0, 28800)


def test_clocks_come_soonest_first() -> None:
    incoming, decision = knitted()
    decision["deadlines"].reverse()
    assert [clock.who for clock in view_case(stored(incoming.made.case, decision)).clocks] == ["merchant", "buyer"]


def test_every_rule_is_in_exactly_one_layer() -> None:
    incoming, decision = knitted()
    view = view_case(stored(incoming.made.case, decision))
    seen = [rule["rule"] for layer in view.layers for rule in (*layer.shown, *layer.failed)]
    assert sorted(seen) == sorted(rule["rule"] for rule in decision["because"])
    assert [layer.code for layer in view.layers] == ["law", "platform", "policy", "risk"]


def test_items_tell_what_is_asked_for_and_what_carried_them() -> None:
    incoming, decision = knitted()
    items = view_case(stored(incoming.made.case, decision)).items
    assert [item.asked for item in items] == [1, 0]
    assert [parcel["id"] for parcel in items[0].parcels] == ["SF1398200456712"]
    incoming.made.case["request"]["lines"] = []
    assert [item.asked for item in view_case(stored(incoming.made.case, decision)).items] == [1, 1]


def test_a_bare_case_can_be_shown() -> None:
    view = view_case(stored({"order": {"currency": "CNY", "lines": [{"id": "l1"}]}}, None))
    assert (view.money.goods, view.money.captured, view.money.left) == (0, None, None)
    assert view.clocks == ()
