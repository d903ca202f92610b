"""Stripe's disputes: listed, read, evidence staged, then submitted once, or the dispute closed (accepted).

Source: the vendor's API reference and the typed models of its Python package. Evidence can be submitted a single time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from amends.facts.dispute_wire import Defence, DoorLimits, FightReceipt, Talk, UnableToStage
from amends.facts.disputes import DisputeTold
from amends.facts.wire import Seal, WireAnswer, WireRequest
from amends.gateways.kernel import json_of, part, text_of, whole_of
from amends.gateways.kernel_disputes import must_answer, must_fit, receipt_of
from amends.gateways.multipart import multipart
from amends.gateways.units import STRIPE

STAGES: Final = {
    "warning_needs_response": "inquiry",
    "warning_under_review": "answered",
    "warning_closed": "won",
    "needs_response": "to_answer",
    "under_review": "answered",
    "won": "won",
    "lost": "lost",
    "prevented": "averted",
    "appeal_needs_response": "pre_arbitration",
    "appeal_under_review": "answered",
}
_MOST_PAGES: Final = 20
_TEXTS: Final = {
    "letter": "uncategorized_text",
    "refund_refusal": "refund_refusal_explanation",
    "tracking": "shipping_tracking_number",
    "carrier": "shipping_carrier",
    "shipped_on": "shipping_date",
    "address": "shipping_address",
    "goods": "product_description",
    "policy": "refund_policy_disclosure",
    "duplicate": "duplicate_charge_explanation",
}
_FILES: Final = {
    "dossier": "uncategorized_file",
    "waybill": "shipping_documentation",
    "chat": "customer_communication",
    "mail": "customer_communication",
}


@dataclass(frozen=True, slots=True)
class StripeDisputes:
    """The translator. `files_url`: where files are uploaded."""

    secret_key: str
    base_url: str
    files_url: str
    name: str = "stripe"

    @property
    def limits(self) -> DoorLimits:
        """Each kind of file has one place; what has no place of its own shares one, so that more than one needs a dossier."""
        mimes = frozenset({"application/pdf", "image/jpeg", "image/png"})
        return DoorLimits(True, True, mimes, 4_500_000, 3, 150_000, keyed=True)

    def listed(self, since: datetime, seal: Seal) -> Talk[tuple[DisputeTold, ...]]:
        """Every dispute made since, page by page."""
        found: list[DisputeTold] = []
        after = ""
        for _ in range(_MOST_PAGES):
            query = {"created[gte]": str(int(since.timestamp())), "limit": "100"} | (
                {"starting_after": after} if after else {}
            )
            answer = yield self._request("GET", f"/v1/disputes?{urlencode(query)}")
            body = _told(answer)
            data = part(body, "data")
            page = [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
            found += [told for one in page if (told := told_of(one, self.name, ready=True))]
            if part(body, "has_more") is not True or not page:
                break
            after = text_of(page[-1], "id") or ""
        return tuple(found)

    def read(self, reference: str, seal: Seal) -> Talk[DisputeTold | None]:
        """One dispute."""
        answer = yield self._request("GET", f"/v1/disputes/{quote(reference, safe='')}")
        body = json_of(answer.body)
        if not must_answer(answer, text_of(body, "error", "message"), absent=True):
            return None
        return told_of(body or {}, self.name, ready=True)

    def stage(self, what: Defence, seal: Seal) -> Talk[Mapping[str, str]]:
        """Upload the files, then put everything on the dispute without submitting."""
        must_fit(what, self.limits)
        form: dict[str, str] = {"submit": "false", "metadata[amends_key]": what.key}
        for name, value in what.texts.items():
            if value and name in _TEXTS:
                form[f"evidence[{_TEXTS[name]}]"] = value
        for number, paper in enumerate(what.papers):
            place = f"evidence[{_FILES.get(paper.kind, 'uncategorized_file')}]"
            if place in form:
                raise UnableToStage(f"{paper.name}: only one file has a place here; put them into one dossier")
            headers, body = self._upload(what, number, seal)
            answer = yield WireRequest("POST", f"{self.files_url}/v1/files", headers, body)
            form[place] = text_of(_told(answer), "id") or ""
        form |= _enhanced(what)
        address = f"/v1/disputes/{quote(what.reference, safe='')}"
        answer = yield self._request("POST", address, urlencode(form).encode())
        if answer.status == 400:
            raise UnableToStage(text_of(json_of(answer.body), "error", "message") or "the evidence was refused")
        _told(answer)
        return {}

    def submit(self, what: Defence, staged: Mapping[str, str], seal: Seal) -> Talk[FightReceipt]:
        """Submit what lies there. The key tells a repetition from a second time."""
        form = urlencode({"submit": "true", "metadata[amends_key]": what.key}).encode()
        key = f"{what.key}.submit.{what.again}" if what.again else f"{what.key}.submit"
        address = f"/v1/disputes/{quote(what.reference, safe='')}"
        answer = yield self._request("POST", address, form, {"Idempotency-Key": key})
        return _receipt(answer)

    def accept(self, what: Defence, seal: Seal) -> Talk[FightReceipt]:
        """Close the dispute: it is lost by our own word."""
        key = f"{what.key}.close.{what.again}" if what.again else f"{what.key}.close"
        address = f"/v1/disputes/{quote(what.reference, safe='')}/close"
        answer = yield self._request("POST", address, b"", {"Idempotency-Key": key})
        return _receipt(answer)

    def _request(self, method: str, path: str, body: bytes = b"", more: Mapping[str, str] | None = None) -> WireRequest:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        headers = {"Authorization": f"Bearer {self.secret_key}", **form, **(more or {})}
        return WireRequest(method, self.base_url + path, headers, body)

    def _upload(self, what: Defence, number: int, seal: Seal) -> tuple[dict[str, str], bytes]:
        paper = what.papers[number]
        # The boundary is part of what is sent, and the same key must go with the same content: so it comes from the file, not from chance.
        body, kind = multipart(
            {"purpose": "dispute_evidence"}, [("file", paper.name, paper.mime, paper.content)], paper.sha256[:32]
        )
        key = f"{what.key}.file.{paper.sha256[:24]}"
        return {
            "Authorization": f"Bearer {self.secret_key}",
            "Content-Type": kind,
            "Idempotency-Key": key,
        }, body


def _enhanced(what: Defence) -> dict[str, str]:
    """Compelling Evidence 3.0 as the vendor takes it: the payments that nobody disputed, with what they share."""
    found: dict[str, str] = {}
    root = "evidence[enhanced_evidence][visa_compelling_evidence_3]"
    for number, one in enumerate(what.earlier):
        for name, value in one.items():
            found[f"{root}[prior_undisputed_transactions][{number}][{name}]"] = value
    if found:
        found[f"{root}[disputed_transaction][merchandise_or_services]"] = "merchandise"
    return found


def told_of(
    thing: Mapping[str, Any], source: str, at: datetime | None = None, *, ready: bool = False
) -> DisputeTold | None:
    """What a dispute object says; None for one without a number."""
    reference = text_of(thing, "id")
    if reference is None:
        return None
    card = part(thing, "payment_method_details", "card")
    due, count = whole_of(thing, "evidence_details", "due_by"), whole_of(thing, "evidence_details", "submission_count")
    created = whole_of(thing, "created")
    currency = (text_of(thing, "currency") or "").upper()
    return DisputeTold(
        source,
        reference,
        "card",
        text_of(card, "brand") or "card",
        STAGES.get(str(part(thing, "status")), ""),
        text_of(card, "network_reason_code") or text_of(thing, "reason") or "",
        STRIPE.ours(whole_of(thing, "amount"), currency),
        currency,
        text_of(thing, "payment_intent") or text_of(thing, "charge") or "",
        due=datetime.fromtimestamp(due, UTC) if due else None,
        opened=datetime.fromtimestamp(created, UTC) if created else None,
        at=at,
        given=None if count is None else count > 0,
        ready=ready,
    )


def _told(answer: WireAnswer) -> dict[str, Any]:
    body = json_of(answer.body)
    must_answer(answer, text_of(body, "error", "message"))
    return body or {}


def _receipt(answer: WireAnswer) -> FightReceipt:
    body = json_of(answer.body)
    code = text_of(body, "error", "code") or text_of(body, "status")
    return receipt_of(answer, code, text_of(body, "error", "message"), text_of(body, "id") or "")
