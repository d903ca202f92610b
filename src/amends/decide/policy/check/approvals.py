"""Who may say yes: amounts without an approver, roles that fall as amounts rise, currencies that no market uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from amends.basics.money import Minor, exponent, write_minor
from amends.decide.policy.check.court import Court
from amends.decide.policy.check.flaws import Flaw
from amends.decide.policy.check.space import HOME
from amends.decide.policy.model import Approval, PolicyText
from amends.facts.codes import ROLES
from amends.facts.rulebook import Says
from amends.facts.vocabulary_case import region

_ABOVE: Final = 100


def approval_holes(court: Court) -> Iterator[Flaw]:
    """Every hole in the approvals; a policy without approvals sets no limits and has none."""
    text = court.space.text
    if not text.approvals:
        return
    used = currencies_used(text)
    for currency in sorted({item.currency for item in text.approvals if item.currency} - used):
        line = next(item.line for item in text.approvals if item.currency == currency)
        listed = ", ".join(sorted(used))
        says = Says(
            f"Approvals in {currency} never bear: the policy's markets pay in {listed}.",
            f"{currency} 的审批额度不会生效：该政策适用的市场使用 {listed}。",
        )
        yield Flaw("approval", "warning", None, line, says)
    for currency in sorted(used):
        yield from _in_currency(court, currency)


def currencies_used(text: PolicyText) -> frozenset[str]:
    """The currencies of the markets that the policy applies to; all of them where it names none."""
    markets = text.markets or frozenset(HOME)
    return frozenset([HOME.get(market) or HOME[market if market in HOME else region(market)] for market in markets])


def _in_currency(court: Court, currency: str) -> Iterator[Flaw]:
    steps = [item for item in court.space.text.approvals if item.up_to is None or item.currency == currency]
    last = steps[-1] if steps else court.space.text.approvals[-1]
    highest: Minor | None = None
    role = -1
    for item in steps:
        rank = ROLES.index(item.role)
        if rank < role:
            yield _falls(item, currency)
        role = max(role, rank)
        if highest is not None and item.up_to is not None and item.up_to <= highest:
            yield _never(item, currency)
        if item.up_to is None:
            if item is not last:
                yield _never(steps[steps.index(item) + 1], currency)
            return
        highest = item.up_to if highest is None else max(highest, item.up_to)
    yield _open_end(court, last, currency, highest)


def _falls(item: Approval, currency: str) -> Flaw:
    says = Says(
        f"In {currency}, a higher amount needs a lower role here ({item.role}): roles must not fall as amounts rise.",
        f"{currency}：金额更高反而只需更低的角色（{item.role}）；角色不应随金额升高而降低。",
    )
    return Flaw("approval", "error", None, item.line, says)


def _never(item: Approval, currency: str) -> Flaw:
    says = Says(
        f"In {currency}, this step ({item.role}) never bears: a step before it covers its amounts.",
        f"{currency}：此级（{item.role}）不会生效：其金额已被前一级覆盖。",
    )
    return Flaw("approval", "warning", None, item.line, says)


def _open_end(court: Court, last: Approval, currency: str, highest: Minor | None) -> Flaw:
    digits = exponent(currency)
    amount = (highest or 0) + _ABOVE
    over = f"{write_minor(highest, digits)} {currency}" if highest is not None else f"0 {currency}"
    space = court.space
    home = next((m for m in space.markets() if space.values("currency", m)[0] == currency), space.markets()[0])
    chosen = {"market": home, "currency": currency, f"paid:{currency}": amount}
    says = Says(
        f"No one is named to say yes above {over}: add a last step without up_to.",
        f"超过 {over} 的金额没有审批人：请在最后加一级不带 up_to 的审批。",
    )
    return Flaw(
        "approval", "error", None, last.line, says, court.file(chosen, f"approval-{currency}"), space.at.isoformat()
    )
