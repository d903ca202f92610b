"""Asking: what can be chosen for some pieces and a reason, what each choice would bring, and sending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from amends.desk.cases.faults import bad_value
from amends.desk.cases.open_case import Opened, Wish, case_file, open_case
from amends.desk.portal.desk import PortalDesk, buyer_of
from amends.desk.portal.lines import line_looks, stage_of
from amends.desk.portal.trials import prospect, tried
from amends.facts.choices import Question, kinds_for, questions_for, reasons_for
from amends.facts.codes import CATEGORIES, GOODS_STATES
from amends.facts.evidence import Upload
from amends.facts.orders import ShopOrderFile
from amends.facts.portal import LineLook, Prospect, Stage
from amends.facts.shops import KeptShop

ANSWERED: Final = frozenset(
    {f"goods.{state}" for state in GOODS_STATES}
    | {"defect.visible", "defect.minor", "defect.found_at", "request.amount"}
)
"""Every fact that a buyer may be asked for."""
_MISSING: Final = {"incomplete": True}


@dataclass(frozen=True, slots=True)
class Choice:
    """Some pieces and a reason, with what can be chosen for them."""

    lines: tuple[tuple[str, int], ...]
    stage: Stage
    reason: str
    prospects: tuple[Prospect, ...]
    questions: tuple[Question, ...]

    @property
    def sure(self) -> frozenset[str]:
        """The kinds that would be granted."""
        return frozenset([one.kind for one in self.prospects if one.outcome == "accept"])


def reasons(desk: PortalDesk, order: ShopOrderFile) -> dict[Stage, tuple[str, ...]]:
    """The reasons to choose from, by where the lines of this order are."""
    categories: dict[Stage, set[str]] = {}
    by_id = {line.id: line for line in tried(desk.cases, order, Wish("refund_only", "other")).case.order.lines}
    for look in line_looks(desk, order):
        categories.setdefault(look.stage, set()).add(by_id[look.id].category)
    return {stage: reasons_for(stage, found) for stage, found in categories.items()}


def choose(desk: PortalDesk, shop: KeptShop, order: ShopOrderFile, wish: Wish) -> Choice:
    """What can be chosen, and what each kind would bring. Raises `UnableToWork` naming lines or reason at fault."""
    _check_lines(line_looks(desk, order), wish.lines)
    stage = stage_of(desk, order, wish.lines)
    case = tried(desk.cases, order, Wish("refund_only", "other", wish.lines)).case
    categories = {item.line.category for item in case.request.lines}
    traits = set[str]().union(*[item.line.traits for item in case.request.lines])
    if wish.reason not in reasons_for(stage, CATEGORIES):
        raise bad_value("reason", "choose a reason from the list", "请从列表中选择原因")
    seen = [
        prospect(desk.cases, order, _full(replace(wish, kind=kind)), automatic=shop.automatic)
        for kind in kinds_for(stage, wish.reason, categories)
    ]
    ordered = sorted(seen, key=lambda one: not one.can_be_sent)
    return Choice(
        tuple(wish.lines), stage, wish.reason, tuple(ordered), questions_for(stage, wish.reason, categories, traits)
    )


def send(desk: PortalDesk, shop: KeptShop, order: ShopOrderFile, wish: Wish, uploads: Sequence[Upload] = ()) -> Opened:
    """Open a case on the buyer's wish, with the files that prove it. Raises `UnableToWork`; nothing is kept then."""
    choice = choose(desk, shop, order, wish)
    if wish.kind not in [one.kind for one in choice.prospects]:
        raise bad_value("kind", "choose what you would like", "请选择处理方式")
    buyer = buyer_of(order)
    with desk.evidence.receiving(uploads) as received:
        now = desk.cases.now()
        given = [{"kind": one.kind, "by": "buyer", "at": now.isoformat()} for one in received.pieces]
        full = replace(_full(wish), evidence=given)
        key = desk.cases.casework.next_key(shop.name, order.number)
        with desk.statements.transaction():
            file = case_file(order.file, key, full, now.isoformat())
            opened = open_case(desk.cases, shop.name, file, key, "buyer", buyer)
            if opened.new:
                received.keep(opened.state.number, "buyer", buyer.name, now)
        return opened


def _full(wish: Wish) -> Wish:
    """With what the reason itself says of the goods."""
    if wish.reason != "missing_item":
        return wish
    return replace(wish, goods={**_MISSING, **(wish.goods or {})})


def _check_lines(looks: Sequence[LineLook], lines: Sequence[tuple[str, int]]) -> None:
    if not lines:
        raise bad_value("lines", "choose at least one item", "请至少选择一件商品")
    there: Mapping[str, LineLook] = {look.id: look for look in looks}
    stages = set()
    for line, many in lines:
        look = there.get(line)
        if look is None or not 1 <= many <= look.quantity:
            raise bad_value("lines", "choose items of this order and how many", "请选择本订单的商品和数量")
        if many > look.free or look.closed:
            raise bad_value(
                "lines", f"{look.title}: not that many can be asked for now", f"{look.title}：当前可申请数量不足"
            )
        stages.add(look.stage)
    if len(stages) > 1:
        raise bad_value(
            "lines",
            "ask separately for what has arrived and what has not",
            "已收到和未收到的商品请分别申请",
        )


def wish_of(
    lines: Sequence[tuple[str, int]], kind: str, reason: str, facts: Mapping[str, Any], message: str = ""
) -> Wish:
    """A wish from answers by their names (`goods.opened`, `defect.found_at`, `request.amount`)."""
    parts: dict[str, dict[str, Any]] = {"goods": {}, "defect": {}, "request": {}}
    for name, value in facts.items():
        part, _, field = name.partition(".")
        parts[part][field] = value
    amount = parts["request"].get("amount") if kind == "price_adjustment" else None
    return Wish(kind, reason, tuple(lines), amount, message, parts["goods"] or None, (), parts["defect"] or None)
