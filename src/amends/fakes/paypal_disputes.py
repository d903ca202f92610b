"""PayPal's disputes as the fake has them: listed without detail, read, evidence given once, claims accepted, rulings appealed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from amends.basics.currencies import EXPONENTS
from amends.basics.money import write_minor
from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.disputes import Disputes
from amends.fakes.fake import Fake

_STATUS: Final = {"opened": "WAITING_FOR_SELLER_RESPONSE", "under_review": "UNDER_REVIEW"}
_OUTCOME: Final = {"won": "RESOLVED_SELLER_FAVOUR", "lost": "RESOLVED_BUYER_FAVOUR", "accepted": "ACCEPTED"}
_REASONS: Final = {"13.1": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"}


class PayPalDisputeDoors(Fake):
    """The part of the fake PayPal on disputes."""

    _disputes: Disputes

    def dispute_routes(self) -> list[Route]:
        """List, read, and the three answers."""
        root = "/v1/customer/disputes"
        return [
            ("GET", root, self._list_disputes),
            ("GET", f"{root}/(?P<id>[^/]+)", self._read_dispute),
            ("POST", f"{root}/(?P<id>[^/]+)/provide-evidence", self._give_evidence),
            ("POST", f"{root}/(?P<id>[^/]+)/appeal", self._appeal),
            ("POST", f"{root}/(?P<id>[^/]+)/accept-claim", self._accept_claim),
        ]

    def _is_let_in(self, call: Call) -> bool:
        raise NotImplementedError

    def _event(self, kind: str, thing: dict[str, Any]) -> Told:
        raise NotImplementedError

    def shown_dispute(self, one: dict[str, Any]) -> dict[str, Any]:
        """A dispute as the vendor shows it."""
        digits = EXPONENTS.get(one["currency"], 2)
        shown: dict[str, Any] = {
            "dispute_id": one["id"],
            "create_time": _moment(one["created"]),
            "disputed_transactions": [{"seller_transaction_id": one["payment"]}],
            "dispute_amount": {"value": write_minor(one["amount"], digits), "currency_code": one["currency"]},
            "dispute_life_cycle_stage": "INQUIRY" if one["inquiry"] else "CHARGEBACK",
            "reason": _REASONS.get(one["reason"], one["reason"]),
            "status": _STATUS.get(one["state"], "RESOLVED"),
            "seller_response_due_date": _moment(one["due"]),
            "evidences": [{"source": "SUBMITTED_BY_SELLER", "notes": ""}] * one["submissions"],
        }
        if one["state"] in _OUTCOME:
            shown["dispute_outcome"] = {"outcome_code": _OUTCOME[one["state"]]}
        return shown

    def _list_disputes(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401)
        items = [{"dispute_id": one["id"], "reason": one["reason"]} for one in self._disputes.all()]
        return json_reply(200, {"items": items, "links": []})

    def _read_dispute(self, call: Call) -> Reply:
        found = self._found(call)
        return found if isinstance(found, Reply) else json_reply(200, self.shown_dispute(found))

    def _give_evidence(self, call: Call) -> Reply:
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        if b'name="input"' not in call.body:
            return self._issue("INVALID_EVIDENCE_FILE")
        if not self._disputes.submit(found):
            return self._issue("DISPUTE_RESOLVED")
        self.log("dispute_submitted", id=found["id"])
        event = self._event("CUSTOMER.DISPUTE.UPDATED", self.shown_dispute(found))
        return json_reply(200, {"links": []}, notices=(event,))

    def _appeal(self, call: Call) -> Reply:
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        if found["state"] != "lost":
            return self._issue("ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE")
        found["state"] = "under_review"
        found["submissions"] += 1
        self._disputes.keep(found)
        self.log("dispute_appealed", id=found["id"])
        return json_reply(200, {"links": []})

    def _accept_claim(self, call: Call) -> Reply:
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        if not self._disputes.accept(found):
            return self._issue("DISPUTE_RESOLVED")
        self.log("dispute_accepted", id=found["id"])
        event = self._event("CUSTOMER.DISPUTE.RESOLVED", self.shown_dispute(found))
        return json_reply(200, {"links": []}, notices=(event,))

    def _found(self, call: Call) -> dict[str, Any] | Reply:
        if not self._is_let_in(call):
            return self.error_reply(401)
        return self._disputes.get(call.parts["id"]) or self.error_reply(404)

    def _issue(self, issue: str) -> Reply:
        return json_reply(422, {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": issue, "description": issue}]})


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
