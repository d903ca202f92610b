"""The deadline that a platform states itself (contract, section 2)."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from amends.basics.zones import local, utc
from amends.facts.case import Case
from amends.facts.rulebook import Due, Finding, Params, Rule
from amends.facts.stage import next_duty
from amends.rules.platform.pack import PLATFORM

Who = Literal["merchant", "buyer", "platform", "carrier"]
Action = Literal["respond", "ship_back", "confirm_receipt", "refund", "give_evidence", "escalate", "ship", "collect"]
IF_MISSED: Final[dict[tuple[str, str], str]] = {
    ("jd", "respond"): "decided_on_file",
    ("jd", "give_evidence"): "decided_on_file",
    ("jd", "refund"): "platform_executes",
    ("douyin", "give_evidence"): "decided_on_file",
    ("taobao", "give_evidence"): "decided_on_file",
}
"""What is known to follow when a platform's own deadline passes, by channel and duty; nothing is guessed for the rest."""


@PLATFORM.rule(
    "platform.live_deadline",
    "requires",
    "contract section 2 (platform.deadline)",
    governs="now",
    holds=(
        "The platform itself gives {until} for the next step ({who}: {action}); that beats any computed deadline.",
        "平台给出的当前节点截止时间为 {until}（{who}：{action}），以平台为准。",
    ),
)
def live_deadline(rule: Rule, case: Case, p: Params, at: datetime) -> Finding | None:
    deadline = case.platform.deadline
    if deadline is None:
        return None
    who, action = _duty(case)
    facts = {"until": local(deadline, case.market), "who": who, "action": action, "status": case.platform.status}
    if_missed = IF_MISSED.get((case.shop.channel, action), "unknown")
    return rule.holds(facts, dues=(Due(who, action, utc(deadline), if_missed, live=True),))


def _duty(case: Case) -> tuple[Who, Action]:
    """The next duty, in the codes of a deadline."""
    who, action = next_duty(case)
    return ("buyer" if who == "buyer" else "merchant"), _ACTIONS[action]


_ACTIONS: Final[dict[str, Action]] = {
    "give_evidence": "give_evidence",
    "confirm_receipt": "confirm_receipt",
    "ship_back": "ship_back",
    "refund": "refund",
    "ship": "ship",
    "respond": "respond",
}
