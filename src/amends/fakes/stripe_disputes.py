"""Stripe's disputes as the fake has them: files, evidence staged, submitted a single time, closed."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.disputes import Disputes
from amends.fakes.fake import Fake

_STATUS: Final = {
    "opened": "needs_response",
    "under_review": "under_review",
    "won": "won",
    "lost": "lost",
    "accepted": "lost",
}
_WARNING: Final = {"opened": "warning_needs_response", "under_review": "warning_under_review", "won": "warning_closed"}


class StripeDisputeDoors(Fake):
    """The part of the fake Stripe on disputes."""

    _disputes: Disputes

    def dispute_routes(self) -> list[Route]:
        """List, read, put evidence, close, upload."""
        return [
            ("GET", "/v1/disputes", self._list_disputes),
            ("GET", "/v1/disputes/(?P<id>[^/]+)", self._read_dispute),
            ("POST", "/v1/disputes/(?P<id>[^/]+)", self._put_evidence),
            ("POST", "/v1/disputes/(?P<id>[^/]+)/close", self._close_dispute),
            ("POST", "/v1/files", self._upload),
        ]

    def _is_let_in(self, call: Call) -> bool:
        raise NotImplementedError

    def _event(self, kind: str, thing: dict[str, Any]) -> Told:
        raise NotImplementedError

    def shown_dispute(self, one: dict[str, Any]) -> dict[str, Any]:
        """A dispute as the vendor shows it."""
        states = {**_STATUS, **_WARNING} if one["inquiry"] else _STATUS
        return {
            "id": one["id"],
            "object": "dispute",
            "amount": one["amount"],
            "currency": one["currency"].lower(),
            "payment_intent": one["payment"],
            "charge": None,
            "created": one["created"],
            "status": states[one["state"]],
            "reason": "general",
            "evidence": one["evidence"],
            "evidence_details": {
                "due_by": one["due"],
                "has_evidence": bool(one["evidence"]),
                "past_due": self.now() > one["due"],
                "submission_count": one["submissions"],
            },
            "payment_method_details": {
                "type": "card",
                "card": {"brand": one["network"], "network_reason_code": one["reason"]},
            },
        }

    def _list_disputes(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        since = int(call.query.get("created[gte]", "0"))
        found = [self.shown_dispute(one) for one in reversed(self._disputes.all()) if one["created"] >= since]
        if after := call.query.get("starting_after"):
            places = [place for place, one in enumerate(found) if one["id"] == after]
            found = found[places[0] + 1 :] if places else []
        limit = min(100, int(call.query.get("limit", "10")))
        return json_reply(200, {"object": "list", "data": found[:limit], "has_more": len(found) > limit})

    def _read_dispute(self, call: Call) -> Reply:
        found = self._found(call)
        return found if isinstance(found, Reply) else json_reply(200, self.shown_dispute(found))

    def _put_evidence(self, call: Call) -> Reply:
        if (kept := self._kept(call)) is not None:
            return kept
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        form = call.form()
        evidence = {name[9:-1]: value for name, value in form.items() if name.startswith("evidence[")}
        if found["submissions"] or found["state"] != "opened":
            return self._wrong("This dispute's evidence has already been submitted")
        for name, value in evidence.items():
            if value.startswith("file_") and self.shelf.get("file", value) is None:
                return self._wrong(f"No such file: {value} ({name})")
        if form.get("submit") == "true":
            self._disputes.submit(found, evidence)
            self.log("dispute_submitted", id=found["id"], evidence=sorted(found["evidence"]))
            reply = json_reply(
                200,
                self.shown_dispute(found),
                notices=(self._event("charge.dispute.updated", self.shown_dispute(found)),),
            )
        else:
            found["evidence"] |= evidence
            self._disputes.keep(found)
            reply = json_reply(200, self.shown_dispute(found))
        self._keep_answer(call, reply)
        return reply

    def _close_dispute(self, call: Call) -> Reply:
        if (kept := self._kept(call)) is not None:
            return kept
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        if not self._disputes.accept(found):
            return self._wrong("This dispute is closed")
        self.log("dispute_accepted", id=found["id"])
        shown = self.shown_dispute(found)
        reply = json_reply(200, shown, notices=(self._event("charge.dispute.closed", shown),))
        self._keep_answer(call, reply)
        return reply

    def _upload(self, call: Call) -> Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        if b'name="purpose"\r\n\r\ndispute_evidence' not in call.body:
            return self._wrong("Invalid purpose")
        name = "file_" + hashlib.sha256(call.body).hexdigest()[:24]
        self.shelf.keep("file", name, {"size": len(call.body)})
        self.log("file", id=name, size=len(call.body))
        return json_reply(200, {"id": name, "object": "file", "purpose": "dispute_evidence", "size": len(call.body)})

    def _found(self, call: Call) -> dict[str, Any] | Reply:
        if not self._is_let_in(call):
            return self.error_reply(401, message="Invalid API Key provided")
        return self._disputes.get(call.parts["id"]) or self._wrong("No such dispute", 404)

    def _kept(self, call: Call) -> Reply | None:
        key = call.headers.get("idempotency-key")
        kept = self.shelf.get("answer", key) if key else None
        return kept and Reply(kept["status"], kept["body"].encode(), {"Idempotent-Replayed": "true"})

    def _keep_answer(self, call: Call, reply: Reply) -> None:
        if key := call.headers.get("idempotency-key"):
            kept = {"form": call.form(), "status": reply.status, "body": reply.body.decode()}
            self.shelf.keep("answer", key, kept)

    def _wrong(self, message: str, status: int = 400) -> Reply:
        return json_reply(status, {"error": {"type": "invalid_request_error", "code": None, "message": message}})
