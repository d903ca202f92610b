"""A decision as the mapping that goes out (`amends.decision/1`; contract, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from amends.basics.money import Minor, write_minor
from amends.facts.decision import Deadline, Decision, Refund
from amends.facts.rulebook import Finding, Says
from amends.facts.sentences import sentence


def instant(moment: datetime) -> str:
    """An instant in UTC, to the second, with Z."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return text + "Z"


def decision_json(decision: Decision) -> dict[str, Any]:
    """The decision with plain values only; the keys always stand in the same order."""
    digits = decision.digits
    compensation = decision.compensation
    found: dict[str, Any] = {
        "schema": "amends.decision/1",
        "case": decision.case,
        "outcome": decision.outcome,
        "remedy": decision.remedy,
        "entitled": decision.entitled,
        "may_refuse": decision.may_refuse,
        "missing": list(decision.missing),
        "refund": _refund(decision.refund, decision.currency, digits) if decision.refund else None,
        "compensation": {
            "amount": write_minor(compensation.amount, digits),
            "currency": decision.currency,
            "rule": compensation.rule,
        }
        if compensation
        else None,
        "return": {
            "required": decision.back.required,
            "shipping_paid_by": decision.back.shipping_paid_by,
            "ship_by": instant(decision.back.ship_by) if decision.back.ship_by else None,
        },
        "handling": decision.handling,
        "approver": decision.approver,
        "deadlines": [_deadline(item) for item in decision.deadlines],
        "because": [_finding(item) for item in decision.because],
        "alternatives": [
            {"remedy": item.remedy, "refund_total": write_minor(item.refund_total, digits), "says": _says(item.says)}
            for item in decision.alternatives
        ],
        "packs": [
            {"id": item.id, "version": item.version, "in_force_on": item.in_force_on.isoformat()}
            for item in decision.packs
        ],
    }
    if decision.ignored:
        found["ignored"] = list(decision.ignored)
    return found


def _refund(refund: Refund, currency: str, digits: int) -> dict[str, Any]:
    def text(minor: Minor) -> str:
        return write_minor(minor, digits)

    return {
        "currency": currency,
        "total": text(refund.total),
        "lines": [{"id": item.id, "quantity": item.quantity, "amount": text(item.amount)} for item in refund.lines],
        "shipping": text(refund.shipping),
        "deductions": [
            {"kind": item.kind, "amount": text(item.amount), "rule": item.rule} for item in refund.deductions
        ],
        "tenders": [
            {"payment": item.payment, "method": item.method, "amount": text(item.amount)} for item in refund.tenders
        ],
    }


def _deadline(item: Deadline) -> dict[str, Any]:
    due = item.due
    return {
        "who": due.who,
        "action": due.action,
        "due": instant(due.due),
        "rule": item.rule,
        "if_missed": due.if_missed,
    }


def _finding(item: Finding) -> dict[str, Any]:
    rule = item.rule
    return {
        "rule": rule.id,
        "layer": rule.layer,
        "effect": rule.effect,
        "verdict": item.verdict,
        "source": rule.source,
        "facts": {name: _plain(value) for name, value in item.facts.items()},
        "says": _says(sentence(item)),
    }


def _says(says: Says) -> dict[str, str]:
    return {"en": says.en, "zh": says.zh}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(str(item) for item in value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)
