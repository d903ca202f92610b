"""What a return costs, from what came back and the shop's own figures.

Cost of a return = (freight out + freight back + handling + fee − insurance, each times the returns) + loss of value, ÷ returns, where the
loss of value of a grade is what was paid for the goods × the shop's share for that grade (A: none; not inspected: none, and said).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amends.facts.shop_costs import ShopCosts
from amends.learn.metrics.ask import Facts, Question, within
from amends.learn.metrics.daily import RETURNS, Term


@dataclass(frozen=True, slots=True)
class ReturnCost:
    """The cost of the returns of some days in one currency, part by part. `untold`: returns of shops that told no figures."""

    returns: int = 0
    freight: int = 0
    handling: int = 0
    loss: int = 0
    fee: int = 0
    insurance: int = 0
    ungraded: int = 0
    untold: int = 0

    @property
    def total(self) -> int:
        """Will give all parts together, what insurers pay taken off."""
        return self.freight + self.handling + self.loss + self.fee - self.insurance


Returned = tuple[str, str, int, int]
"""Shop, grade, returns, what was paid for the goods."""


def cost_of(returned: Sequence[Returned], costs: Mapping[str, ShopCosts]) -> ReturnCost:
    """Will add up what returns cost; those of a shop without figures are named apart and cost nothing here."""
    sums = dict.fromkeys(("returns", "freight", "handling", "loss", "fee", "insurance", "ungraded", "untold"), 0)
    for shop, grade, many, paid in returned:
        figures = costs.get(shop)
        if figures is None:
            sums["untold"] += many
            continue
        sums["returns"] += many
        sums["freight"] += many * (figures.out_freight + figures.back_freight)
        sums["handling"] += many * figures.handling
        sums["fee"] += many * figures.fee
        sums["insurance"] += many * figures.insurance
        share = {"B": figures.loss_b, "C": figures.loss_c, "D": figures.loss_d}.get(grade, 0)
        sums["loss"] += (2 * paid * share + 100) // 200
        sums["ungraded"] += 0 if grade else many
    return ReturnCost(**sums)


def returned(facts: Facts, question: Question) -> list[Returned]:
    """Will give what came back in cases closed in the asked-for days, by shop and grade, in the asked-for currency."""
    condition, given = within(question, "cases", "closed_day")
    kept, terms = RETURNS.tells(question.only), [Term(one) for one in RETURNS.terms]
    asked = ", ".join([one.of_days() if kept else one.of_rows() for one in terms])
    source = f"{RETURNS.name} WHERE {condition}" if kept else f"cases WHERE {condition} AND {RETURNS.only}"
    sql = f"SELECT shop, grade, {asked} FROM {source} AND currency = ? GROUP BY shop, grade ORDER BY shop, grade"
    return [
        (str(shop), str(grade), int(str(many)), int(str(paid)))
        for shop, grade, many, paid in facts.ask(sql, [*given, question.currency], question.within)
    ]
