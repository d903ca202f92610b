"""Adyen's disputes: documents supplied, then defended, or accepted. Notifications alone tell of them; there is no list and no reading.

Source: the vendor's published OpenAPI files (DisputeService, 2026-07). Whether a defence got there is told by INFORMATION_SUPPLIED.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from amends.facts.channels import UnableToTalk
from amends.facts.dispute_wire import Defence, DoorLimits, FightReceipt, Talk, UnableToStage
from amends.facts.disputes import DisputeTold
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.gateways.kernel import json_of, part, text_of, whole_of
from amends.gateways.kernel_disputes import must_answer, must_fit, receipt_of
from amends.gateways.units import ADYEN

STAGES: Final = {
    "REQUEST_FOR_INFORMATION": "inquiry",
    "NOTIFICATION_OF_CHARGEBACK": "to_answer",
    "CHARGEBACK": "to_answer",
    "INFORMATION_SUPPLIED": "answered",
    "CHARGEBACK_REVERSED": "won",
    "SECOND_CHARGEBACK": "lost",
    "PREARBITRATION_OPEN": "pre_arbitration",
    "PREARBITRATION_WON": "won",
    "PREARBITRATION_LOST": "lost",
    "SCHEME_ARBITRATION_WON": "won",
    "SCHEME_ARBITRATION_LOST": "lost",
}
_SCHEMES: Final = {"visa": "visa", "mc": "mastercard", "amex": "amex", "discover": "discover"}


@dataclass(frozen=True, slots=True)
class AdyenDisputes:
    """The translator."""

    api_key: str
    merchant_account: str
    dispute_url: str
    name: str = "adyen"

    @property
    def limits(self) -> DoorLimits:
        """What it takes; it never says whether it has an answer."""
        mimes = frozenset({"application/pdf", "image/jpeg"})
        return DoorLimits(False, False, mimes, 10_000_000, 5, 0)

    def listed(self, since: datetime, seal: Seal) -> Talk[tuple[DisputeTold, ...]]:
        """There is no list."""
        yield from ()
        return ()

    def read(self, reference: str, seal: Seal) -> Talk[DisputeTold | None]:
        """There is nothing to read."""
        yield from ()
        return None

    def stage(self, what: Defence, seal: Seal) -> Talk[Mapping[str, str]]:
        """Choose the defence that the papers satisfy, and supply them; the same document again takes the place of itself."""
        must_fit(what, _without_text(self.limits))
        answer = yield self._request("retrieveApplicableDefenseReasons", what)
        body = _told(answer)
        listed = part(body, "defenseReasons")
        reasons = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        chosen = _choice(reasons, bool(what.papers))
        if chosen is None:
            raise UnableToStage("no defence is open for this dispute with these files")
        code, types = chosen
        papers = [
            {
                "content": base64.b64encode(one.content).decode(),
                "contentType": one.mime,
                "defenseDocumentTypeCode": types[min(number, len(types) - 1)],
            }
            for number, one in enumerate(what.papers[: max(1, len(types))])
        ]
        if len(what.papers) > len(papers):
            raise UnableToStage(f"this defence has places for {len(papers)} files; put them into one dossier")
        if papers:
            answer = yield self._request("supplyDefenseDocument", what, {"defenseDocuments": papers})
            result = part(_told(answer), "disputeServiceResult")
            if part(result, "success") is not True:
                raise UnableToStage(text_of(result, "errorMessage") or "the documents were refused")
        return {"defence": code}

    def submit(self, what: Defence, staged: Mapping[str, str], seal: Seal) -> Talk[FightReceipt]:
        """Defend."""
        answer = yield self._request("defendDispute", what, {"defenseReasonCode": staged.get("defence", "")})
        return _receipt(answer)

    def accept(self, what: Defence, seal: Seal) -> Talk[FightReceipt]:
        """Accept."""
        answer = yield self._request("acceptDispute", what)
        return _receipt(answer)

    def _request(self, verb: str, what: Defence, more: Mapping[str, Any] | None = None) -> WireRequest:
        told = {"merchantAccountCode": self.merchant_account, "disputePspReference": what.reference, **(more or {})}
        headers = {"X-API-Key": self.api_key, "Content-Type": "application/json"}
        return WireRequest("POST", f"{self.dispute_url}/{verb}", headers, json.dumps(told).encode())


def _without_text(limits: DoorLimits) -> DoorLimits:
    return DoorLimits(False, False, limits.mimes, limits.most_bytes, limits.most_files, 1_000_000)


def _choice(reasons: list[dict[str, Any]], papers: bool) -> tuple[str, list[str]] | None:
    """The first defence whose required documents we have: its code, and the types of document it takes, required ones first."""
    for one in reasons:
        listed = part(one, "defenseDocumentTypes")
        types = [kind for kind in listed if isinstance(kind, dict)] if isinstance(listed, list) else []
        types.sort(key=lambda kind: kind.get("requirementLevel") != "Required")
        needed = any(kind.get("requirementLevel") == "Required" for kind in types)
        names = [name for kind in types if (name := text_of(kind, "defenseDocumentTypeCode"))]
        code = text_of(one, "defenseReasonCode")
        if code and (not needed or papers) and (not papers or names):
            return code, names
    return None


def told_of(item: Mapping[str, Any], source: str, at: datetime | None) -> DisputeTold | None:
    """What an item of a notification says of a dispute; None for one that is about none."""
    event, reference = str(part(item, "eventCode") or ""), text_of(item, "pspReference")
    if event not in STAGES or reference is None:
        return None
    more = part(item, "additionalData")
    currency = text_of(item, "amount", "currency") or ""
    return DisputeTold(
        source,
        reference,
        "card",
        _SCHEMES.get((text_of(more, "chargebackSchemeCode") or "").casefold(), "card"),
        STAGES[event],
        text_of(more, "chargebackReasonCode") or "",
        ADYEN.ours(whole_of(item, "amount", "value"), currency),
        currency,
        text_of(item, "originalReference") or "",
        due=_moment(text_of(more, "defensePeriodEndsAt")),
        opened=at,
        at=at,
        given=True if event == "INFORMATION_SUPPLIED" else None,
    )


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def _told(answer: WireAnswer) -> dict[str, Any]:
    body = json_of(answer.body)
    must_answer(answer, text_of(body, "message"))
    if body is None:
        raise UnableToTalk("strange", "the answer cannot be read")
    return body


def _receipt(answer: WireAnswer) -> FightReceipt:
    body = json_of(answer.body)
    result = part(body, "disputeServiceResult")
    said = text_of(result, "errorMessage") or text_of(body, "message")
    if answer.status == 200 and part(result, "success") is not True:
        return FightReceipt("failed" if result else "unknown", code="refused", message=said or "")
    return receipt_of(answer, text_of(body, "errorCode"), said, text_of(body, "pspReference") or "")
