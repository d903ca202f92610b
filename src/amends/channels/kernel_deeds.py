"""What a platform's answer to a deed means whoever gives it: a receipt for every answer, and nothing concluded from an unclear one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amends.facts.channels import UnableToTalk
from amends.facts.deeds import DeedOutcome, DeedReceipt

KEYS_REFUSED: Final = 600
"""Seconds until a platform that refuses our keys is tried again; a person must act meanwhile."""


class Refused(Exception):
    """The deed cannot be sent so; nothing was sent. The receipt says why."""

    def __init__(self, outcome: DeedOutcome, code: str, message: str) -> None:
        super().__init__(message)
        self.receipt = DeedReceipt(outcome, code=code, message=message)


def refused(fault: UnableToTalk, by_code: Mapping[str, DeedOutcome]) -> DeedReceipt:
    """The answer to a deed that was not done at once. Only a throttled call and refused keys are surely not done.

    `by_code`: what some of the platform's own codes mean; a refusal under any other code is final.
    """
    if fault.why == "throttled":
        return DeedReceipt("absent", code=fault.code, message=str(fault), retry_after=fault.retry_after or 1)
    if fault.why == "keys":
        alarm = "the platform refuses our keys; look at this shop's connection"
        return DeedReceipt("absent", code=fault.code, message=str(fault), retry_after=KEYS_REFUSED, alarm=alarm)
    if fault.why in ("down", "strange"):
        return DeedReceipt("unknown", code=fault.code, message=str(fault))
    return DeedReceipt(by_code.get(fault.code, "failed"), code=fault.code, message=str(fault))


def unseen(fault: UnableToTalk) -> DeedReceipt:
    """The case could not be looked at, so nothing is known of the deed."""
    wait = fault.retry_after or (KEYS_REFUSED if fault.why == "keys" else None)
    return DeedReceipt("unknown", code=fault.code, message=str(fault), retry_after=wait)
