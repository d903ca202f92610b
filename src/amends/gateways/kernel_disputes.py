"""What every translator of disputes needs: answers that mean the same everywhere."""

from __future__ import annotations

from typing import Final

from amends.facts.channels import UnableToTalk
from amends.facts.dispute_wire import Defence, DoorLimits, FightReceipt, UnableToStage
from amends.facts.wire import WireAnswer
from amends.gateways.kernel import wait_of

_LONGEST: Final = 400


def must_answer(answer: WireAnswer, message: str | None, *, absent: bool = False) -> bool:
    """Raise `UnableToTalk` for an answer that says nothing. False where `absent` is allowed and there is no such thing."""
    if answer.status in (200, 201):
        return True
    if absent and answer.status == 404:
        return False
    said = f"{answer.status}: {(message or '')[:_LONGEST]}"
    if answer.status == 429:
        raise UnableToTalk("throttled", said, retry_after=wait_of(answer.headers))
    if answer.status in (401, 403):
        raise UnableToTalk("keys", said)
    raise UnableToTalk("down" if answer.status >= 500 else "strange", said)


def receipt_of(answer: WireAnswer, code: str | None, message: str | None, reference: str = "") -> FightReceipt:
    """What the answer to a deed means. A 5xx says nothing; one that repeats an earlier error of the same key says so."""
    said = (message or "")[:_LONGEST]
    if answer.status in (200, 201, 204):
        return FightReceipt("done", reference, code or "", said)
    if answer.status == 429:
        return FightReceipt("absent", code="too_many", message=said, retry_after=wait_of(answer.headers))
    if answer.status in (401, 403):
        alarm = "the gateway refuses our keys; look at this gateway's settings"
        return FightReceipt("absent", code=code or "refused", message=said, retry_after=600, alarm=alarm)
    if answer.status >= 500 or answer.status in (408, 409):
        replayed = answer.headers.get("idempotent-replayed") == "true"
        return FightReceipt("unknown", code="replayed" if replayed else f"http_{answer.status}", message=said)
    return FightReceipt("failed", code=code or f"http_{answer.status}", message=said)


def must_fit(what: Defence, limits: DoorLimits) -> None:
    """Raise `UnableToStage` where the gateway would not take a file or a text: known before anything is sent."""
    if len(what.papers) > limits.most_files:
        raise UnableToStage(f"{len(what.papers)} files; this gateway takes at most {limits.most_files}")
    size = sum([len(one.content) for one in what.papers])
    if size > limits.most_bytes:
        raise UnableToStage(f"the files have {size} bytes together; this gateway takes at most {limits.most_bytes}")
    for one in what.papers:
        if one.mime not in limits.mimes:
            raise UnableToStage(f"{one.name}: {one.mime} is not taken there; {', '.join(sorted(limits.mimes))} are")
    letters = sum([len(one) for one in what.texts.values()])
    if letters > limits.most_text:
        raise UnableToStage(f"{letters} letters of text; this gateway takes at most {limits.most_text}")
