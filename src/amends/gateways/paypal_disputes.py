"""PayPal's disputes: listed, read, evidence given, claims accepted, rulings appealed. There is no idempotency key: whoever is unsure reads.

Source: the vendor's published OpenAPI files (2024-02).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

from amends.basics.currencies import EXPONENTS
from amends.basics.money import UnableToReadAmount, read_minor
from amends.facts.channels import UnableToTalk
from amends.facts.dispute_wire import Defence, DoorLimits, FightReceipt, Talk
from amends.facts.disputes import DisputeTold
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.gateways.kernel import json_of, part, text_of
from amends.gateways.kernel_disputes import must_answer, must_fit, receipt_of
from amends.gateways.multipart import multipart

_FURTHEST: Final = timedelta(days=179)
_MOST_PAGES: Final = 20
_MOST_READ: Final = 150
_OUTCOMES: Final = {
    "RESOLVED_SELLER_FAVOUR": "won",
    "CANCELED_BY_BUYER": "won",
    "DENIED": "won",
    "RESOLVED_BUYER_FAVOUR": "lost",
    "ACCEPTED": "accepted",
    "RESOLVED_WITH_PAYOUT": "partly",
}
_TYPES: Final = {
    "not_received": "PROOF_OF_FULFILLMENT",
    "credit": "PROOF_OF_REFUND",
    "not_as_described": "OTHER",
    "cancelled": "RETURN_POLICY",
}


@dataclass(frozen=True, slots=True)
class PayPalDisputes:
    """The translator."""

    client_id: str
    secret: str
    base_url: str
    name: str = "paypal"

    @property
    def limits(self) -> DoorLimits:
        """What it takes with an answer."""
        mimes = frozenset({"application/pdf", "image/jpeg", "image/png"})
        return DoorLimits(True, True, mimes, 50_000_000, 10, 2_000)

    def listed(self, since: datetime, seal: Seal) -> Talk[tuple[DisputeTold, ...]]:
        """Every dispute since, at most 179 days back; each is read by itself, for the list leaves much out."""
        token = yield from self._token()
        start = max(since, seal.at - _FURTHEST).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        query, found = {"start_time": start, "page_size": "50"}, list[DisputeTold]()
        for _ in range(_MOST_PAGES):
            answer = yield self._get(f"/v1/customer/disputes?{urlencode(query)}", token)
            body = _told(answer)
            items = part(body, "items")
            for one in items if isinstance(items, list) else ():
                if len(found) < _MOST_READ and (name := text_of(one, "dispute_id")):
                    answer = yield self._get(f"/v1/customer/disputes/{quote(name, safe='')}", token)
                    if told := told_of(_told(answer), self.name, ready=True):
                        found.append(told)
            more = text_of(body, "next_page_token")
            if not more:
                break
            query["next_page_token"] = more
        return tuple(found)

    def read(self, reference: str, seal: Seal) -> Talk[DisputeTold | None]:
        """One dispute."""
        token = yield from self._token()
        answer = yield self._get(f"/v1/customer/disputes/{quote(reference, safe='')}", token)
        body = json_of(answer.body)
        if not must_answer(answer, text_of(body, "message"), absent=True):
            return None
        return told_of(body or {}, self.name, ready=True)

    def stage(self, what: Defence, seal: Seal) -> Talk[Mapping[str, str]]:
        """Nothing lies there before it is given; only a token is asked for, so that submitting is a single request."""
        must_fit(what, self.limits)
        token = yield from self._token()
        return {"token": token}

    def submit(self, what: Defence, staged: Mapping[str, str], seal: Seal) -> Talk[FightReceipt]:
        """Give the evidence, or appeal with it."""
        papers = [(f"file{number}", one.name, one.mime, one.content) for number, one in enumerate(what.papers)]
        given = json.dumps({"evidences": [_evidence(what)]}, ensure_ascii=False, separators=(",", ":"))
        body, kind = multipart({"input": given}, papers, seal.nonce)
        verb = "appeal" if what.appeal else "provide-evidence"
        answer = yield self._post(what.reference, verb, staged.get("token", ""), kind, body)
        return _receipt(answer)

    def accept(self, what: Defence, seal: Seal) -> Talk[FightReceipt]:
        """Accept the claim: the vendor refunds the buyer by itself."""
        token = yield from self._token()
        told = {"note": what.texts.get("letter", "")[:2000] or "accepted", "accept_claim_type": "REFUND"}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        answer = yield self._post(what.reference, "accept-claim", token, "application/json", body)
        return _receipt(answer)

    def _token(self) -> Talk[str]:
        word = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {word}", "Content-Type": "application/x-www-form-urlencoded"}
        answer = yield WireRequest(
            "POST", f"{self.base_url}/v1/oauth2/token", headers, b"grant_type=client_credentials"
        )
        body = json_of(answer.body)
        must_answer(answer, text_of(body, "error_description"))
        token = text_of(body, "access_token")
        if token is None:
            raise UnableToTalk("strange", "no token was given")
        return token

    def _get(self, path: str, token: str) -> WireRequest:
        return WireRequest("GET", self.base_url + path, {"Authorization": f"Bearer {token}"})

    def _post(self, reference: str, verb: str, token: str, kind: str, body: bytes) -> WireRequest:
        url = f"{self.base_url}/v1/customer/disputes/{quote(reference, safe='')}/{verb}"
        return WireRequest("POST", url, {"Authorization": f"Bearer {token}", "Content-Type": kind}, body)


def _evidence(what: Defence) -> dict[str, Any]:
    info: dict[str, Any] = {}
    if number := what.texts.get("tracking"):
        info["tracking_info"] = [{"carrier_name": what.texts.get("carrier") or "OTHER", "tracking_number": number}]
    if refund := what.texts.get("refund"):
        info["refund_ids"] = [{"refund_id": refund}]
    kind = _TYPES.get(what.family, "OTHER")
    fits = (kind != "PROOF_OF_FULFILLMENT" or "tracking_info" in info) and (
        kind != "PROOF_OF_REFUND" or "refund_ids" in info
    )
    return {
        "evidence_type": kind if fits else "OTHER",
        "evidence_info": info,
        "notes": what.texts.get("letter", ""),
        "documents": [{"name": one.name} for one in what.papers],
    }


def told_of(
    thing: Mapping[str, Any], source: str, at: datetime | None = None, *, ready: bool = False
) -> DisputeTold | None:
    """What a dispute object says; None for one without a number."""
    reference = text_of(thing, "dispute_id")
    if reference is None:
        return None
    listed = part(thing, "disputed_transactions")
    payment = text_of(listed[0], "seller_transaction_id") if isinstance(listed, list) and listed else None
    amount, currency = _amount(part(thing, "dispute_amount"))
    evidences = part(thing, "evidences")
    ours = isinstance(evidences, list) and any(part(one, "source") == "SUBMITTED_BY_SELLER" for one in evidences)
    stage = _stage(thing)
    given = True if ours or stage == "answered" else False if ready else None
    return DisputeTold(
        source,
        reference,
        "card",
        "paypal",
        stage,
        text_of(thing, "reason") or "",
        amount,
        currency,
        payment or "",
        due=_moment(text_of(thing, "seller_response_due_date")),
        opened=_moment(text_of(thing, "create_time")),
        at=at,
        given=given,
        ready=ready,
        more={"external": text_of(thing, "dispute_channel") or ""},
    )


def _stage(thing: Mapping[str, Any]) -> str:
    outcome = _OUTCOMES.get(text_of(thing, "dispute_outcome", "outcome_code") or "")
    if outcome:
        return outcome
    status, life = text_of(thing, "status"), text_of(thing, "dispute_life_cycle_stage")
    if status in ("UNDER_REVIEW", "WAITING_FOR_BUYER_RESPONSE"):
        return "answered"
    if life in ("PRE_ARBITRATION", "ARBITRATION"):
        return "pre_arbitration"
    if status in ("OPEN", "WAITING_FOR_SELLER_RESPONSE"):
        return "inquiry" if life == "INQUIRY" else "to_answer"
    return ""


def _amount(told: Any) -> tuple[int | None, str]:
    value, currency = text_of(told, "value"), text_of(told, "currency_code") or ""
    if value is None or currency not in EXPONENTS:
        return None, currency
    try:
        return read_minor(value, EXPONENTS[currency]), currency
    except UnableToReadAmount:
        return None, currency


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def _told(answer: WireAnswer) -> dict[str, Any]:
    body = json_of(answer.body)
    must_answer(answer, text_of(body, "message"))
    return body or {}


def _receipt(answer: WireAnswer) -> FightReceipt:
    body = json_of(answer.body)
    details = part(body, "details")
    first = details[0] if isinstance(details, list) and details else None
    code = text_of(first, "issue") or text_of(body, "name")
    return receipt_of(answer, code, text_of(first, "description") or text_of(body, "message"))
