"""What comes back from calls, as the document of the API tells it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

Json = dict[str, Any]


class Told(BaseModel):
    """An answer; fields may be added."""

    model_config = ConfigDict(title=None)


class Problem(Told):
    """A fault (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None
    rules: list[str]


class Tracks(Told):
    """Where a case stands."""

    decision: str
    goods: str
    replacement: str
    repair: str
    platform: str
    card: str
    desk: str


class CaseTold(Told):
    """A case as a verb leaves it. `version`: its ETag. `decision`: the answer with the reasons that hold (`amends.decision/1`)."""

    id: int
    key: str
    shop: str
    merchant: str
    market: str
    currency: str
    order: str
    status: str
    tracks: Tracks
    version: int
    assignee: str
    exception: str
    escalated_to: str
    waits_for_approval: bool
    agreed: Json | None
    decision: Json | None


class OpenedCase(CaseTold):
    """A case that was opened; `new` is false where one of this key was there."""

    new: bool


class StepTold(Told):
    """A step of a plan: an amount that goes back by a gateway. `state`: proposed, requested, sent, unknown, succeeded, failed …"""

    id: int
    kind: str
    gateway: str
    payment: str | None
    amount: str
    currency: str
    state: str
    reference: str
    alarm: str
    due_at: str | None
    settled_at: str | None


class PlanTold(Told):
    """A plan: what was promised at once."""

    id: int
    purpose: str
    state: str
    total: str
    currency: str
    needs_role: str
    proposed_by: str
    settled_by: str
    steps: list[StepTold]


class PaymentTold(Told):
    """A payment: what it took in, gave back, has promised and has left."""

    payment: str
    method: str
    captured: str
    given_back: str
    promised: str
    left: str


class MoneyTold(Told):
    """The money of a case."""

    currency: str
    payments: list[PaymentTold]
    plans: list[PlanTold]
    extra_turn: int


class CaseWhole(CaseTold):
    """A case as it is read: with its file, the whole decision and, for tokens with `money:read`, its money."""

    file: Json
    money: MoneyTold | None


class CaseLine(Told):
    """A case in a list."""

    id: int
    key: str
    shop: str
    channel: str
    market: str
    state: str
    kind: str
    reason: str
    order: str
    amount: str
    currency: str
    outcome: str
    remedy: str
    handling: str
    refund: str | None
    due: str | None
    next_who: str
    next_action: str


class CasePage(Told):
    """A page; `next` is the cursor of the next one, null on the last."""

    items: list[CaseLine]
    next: str | None


class EntryTold(Told):
    """An entry of a case's log, sealed to the one before."""

    seq: int
    at: str
    by_kind: str
    by: str
    what: str
    why: str
    moves: list[list[str]]
    data: Json
    seal: str


class LogTold(Told):
    """A case's log; `whole`: its chain holds."""

    entries: list[EntryTold]
    whole: bool


class DeadlineTold(Told):
    """A deadline. `state`: running, paused, met, missed, off."""

    who: str
    action: str
    due: str
    rule: str
    source: str
    state: str
    if_missed: Json


class DeadlinesTold(Told):
    """The deadlines of a case."""

    items: list[DeadlineTold]


class MessageTold(Told):
    """Something that was said."""

    id: int
    at: str
    by_kind: str
    by: str
    text: str
    state: str


class MessagesTold(Told):
    """What was said on a case; notes stay inside."""

    items: list[MessageTold]


class OfferTold(Told):
    """An offer to the buyer."""

    number: int
    kind: str
    amount: str | None
    coupon: str
    note: str
    state: str
    expires_at: str


class OffersTold(Told):
    """The offers of a case, oldest first."""

    items: list[OfferTold]


class EffectTold(Told):
    """What approving would do, with nothing written."""

    kind: str
    remedy: str
    total: str
    currency: str
    needs_role: str
    alone: bool
    undo_seconds: int
    digest: str


class RefusalTold(Told):
    """What stands for and against refusing."""

    allowed: bool
    may_override: bool
    rules: list[Json]
    alternatives: list[Json]


class SplitTold(Told):
    """Both cases."""

    case: CaseTold
    other: CaseTold
