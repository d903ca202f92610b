"""What Shopify's answers to a deed mean as receipts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.facts.channels import UnableToTalk
from amends.facts.deeds import DeedOutcome, DeedReceipt

DONE: Final = DeedReceipt("done")
ABSENT: Final = DeedReceipt("absent")
_SURELY_NOT: Final = frozenset({"throttled", "keys", "missing"})
_CHANGED: Final = frozenset({"INVALID_STATE", "NOT_EDITABLE"})
_AGAIN_SECONDS: Final = 30


def of_fault(fault: UnableToTalk) -> DeedReceipt:
    """The receipt where the call that does it got no answer: only what was surely not let in was not done."""
    code = fault.code or fault.why
    if fault.why in _SURELY_NOT:
        return DeedReceipt("absent", code=code, message=str(fault), retry_after=fault.retry_after)
    if fault.code in ("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"):
        return DeedReceipt("failed", code=fault.code, message=str(fault))
    if fault.why == "refused":
        return DeedReceipt("failed", code=code, message=str(fault))
    return DeedReceipt("unknown", code=code, message=str(fault), retry_after=fault.retry_after or _AGAIN_SECONDS)


def of_look(fault: UnableToTalk) -> DeedReceipt:
    """The receipt where not even the look before the deed was answered: an earlier attempt may have done it."""
    return DeedReceipt(
        "unknown", code=fault.code or fault.why, message=str(fault), retry_after=fault.retry_after or _AGAIN_SECONDS
    )


def errors_of(payload: object) -> tuple[str, str] | None:
    """Code and words of a mutation's `userErrors`; None where there are none."""
    listed = payload.get("userErrors") if isinstance(payload, dict) else None
    if not listed:
        return None
    code = str(listed[0].get("code") or "user_error")
    return code, "; ".join([_error(item) for item in listed])[:500]


def _error(item: Mapping[str, Any]) -> str:
    field = ".".join([str(part) for part in item.get("field") or ()])
    return f"{field}: {item.get('message')}" if field else str(item.get("message"))


def of_payload(payload: object) -> DeedReceipt:
    """Done, or why not. A return that has moved on meanwhile is `stale`."""
    if not isinstance(payload, dict):
        return DeedReceipt("unknown", code="strange", message="the answer has no payload")
    found = errors_of(payload)
    if found is None:
        return DONE
    outcome: DeedOutcome = "stale" if found[0] in _CHANGED else "failed"
    return DeedReceipt(outcome, code=found[0], message=found[1])


def no_such(thing: str, number: str) -> DeedReceipt:
    """The receipt where the shop has none of this number."""
    return DeedReceipt("failed", code="missing", message=f"Shopify has no {thing} {number!r}")
