"""Platforms on which a person acts on the console: what a deed comes to by what the case looks like afterwards."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime
from typing import Final

from amends.channels.kernel_deeds import unseen
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Action, Deed, DeedReceipt, PlatformReason
from amends.facts.platforms import Pushed, Standing, ToldCase, ToldOrder
from amends.facts.wire import Seal, UnableToTrustNotice, WireAnswer, WireRequest

_BY_HAND: Final = "请在平台后台处理，处理结果会自动读回 / a person does this on the console; what was done is read back"
_BACK: Final[frozenset[Standing]] = frozenset({"awaiting_return", "returning", "awaiting_replacement"})
_AGAIN: Final[frozenset[Standing]] = frozenset({"replacement_sent", "succeeded"})
_ASKED: Final[frozenset[Standing]] = frozenset({"requested"})
_UNPAID: Final[frozenset[Standing]] = frozenset({"requested", "refused", "stepped_in", "closed"})
_RECEIVED: Final[frozenset[Standing]] = frozenset({"awaiting_replacement"})
DONE: Final[dict[Action, frozenset[Standing]]] = {
    "agree_refund": frozenset({"succeeded"}),
    "agree_return": _BACK | _AGAIN,
    "refuse": frozenset({"refused", "stepped_in"}),
    "confirm_receipt": _RECEIVED | _AGAIN,
    "ship_replacement": _AGAIN,
}
"""A case that stands so shows that the action was carried out, by whomever."""
NOT_YET: Final[dict[Action, frozenset[Standing]]] = {
    "agree_refund": _UNPAID | _BACK,
    "agree_return": _ASKED,
    "refuse": _ASKED | _BACK,
    "confirm_receipt": frozenset({"requested", "awaiting_return", "returning"}),
    "ship_replacement": _ASKED | _BACK,
}
"""A case that stands so shows that it surely was not."""


def shown_by(deed: Deed, told: ToldCase | None) -> DeedReceipt:
    """What became of a deed by the case as it stands now. Where the case cannot show it: unknown."""
    if told is None:
        return DeedReceipt(
            "failed", code="missing", message=f"平台没有售后单 {deed.case} / there is no case {deed.case} over there"
        )
    standing = told.standing
    if standing is None:
        return DeedReceipt(
            "unknown", code=told.status, message=f"未知状态 {told.status} / the status {told.status} is not known"
        )
    if standing in DONE.get(deed.action, frozenset()):
        return _done(deed, told)
    absent = standing in NOT_YET.get(deed.action, frozenset())
    return DeedReceipt("absent" if absent else "unknown", reference=told.number, code=told.status)


def left_to_person(deed: Deed, why: str) -> DeedReceipt:
    """The receipt of a deed that only a person can do over there."""
    return DeedReceipt("person", reference=deed.case, code="person", message=why)


def careful(
    told: Generator[WireRequest, WireAnswer, DeedReceipt],
) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
    """The same talk; a question that got no good answer on the way says nothing about the deed."""
    try:
        return (yield from told)
    except UnableToTalk as fault:
        return unseen(fault)


def _done(deed: Deed, told: ToldCase) -> DeedReceipt:
    if deed.action != "agree_refund":
        return DeedReceipt("done", reference=told.number, code=told.status)
    paid = sum([refund.amount for refund in told.refunds if refund.moved])
    differs = deed.amount is not None and told.refunds and paid != deed.amount
    alarm = f"the platform paid back {paid}, not {deed.amount} (in the smallest unit)" if differs else ""
    currency = told.refunds[0].currency if told.refunds else None
    return DeedReceipt("done", told.number, paid if told.refunds else None, currency, told.status, alarm=alarm)


class TellsOfCases:
    """What a channel has that only tells of cases: no keys that are renewed, no orders, no reasons, no pushes."""

    def renew(self, access: Access, seal: Seal) -> Generator[WireRequest, WireAnswer, Mapping[str, str]]:
        """Nothing: its keys are given by a person."""
        yield from ()
        return {}

    def order(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldOrder | None]:
        """None: it tells of no orders."""
        yield from ()
        return None

    def refusal_reasons(
        self, access: Access, number: str, seal: Seal
    ) -> Generator[WireRequest, WireAnswer, tuple[PlatformReason, ...]]:
        """None."""
        yield from ()
        return ()

    def pushed(self, access: Access, headers: Mapping[str, str], body: bytes, at: datetime) -> tuple[Pushed, ...]:
        """It pushes nothing, so nothing that comes is from it."""
        raise UnableToTrustNotice("this platform pushes nothing to us; it is asked instead")

    def answer_push(self) -> WireAnswer:
        """Nothing to say."""
        return WireAnswer(404, {}, b"")


class ActsByPerson(TellsOfCases):
    """A channel on which everything is done by a person: a deed is told apart by reading the case again."""

    def one(self, access: Access, number: str, seal: Seal) -> Generator[WireRequest, WireAnswer, ToldCase | None]:
        """One case as it stands now."""
        raise NotImplementedError

    def act(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """Done if the case shows that somebody did it; else it is left to a person."""
        found = yield from self.acted(access, deed, seal)
        if found.outcome in ("done", "failed"):
            return found
        return left_to_person(deed, _BY_HAND)

    def acted(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        """What the case shows."""
        return (yield from careful(self._shown(access, deed, seal)))

    def _shown(self, access: Access, deed: Deed, seal: Seal) -> Generator[WireRequest, WireAnswer, DeedReceipt]:
        told = yield from self.one(access, deed.case, seal)
        return shown_by(deed, told)
