"""Adyen's disputes as the fake has them: defences that apply, documents supplied, defended once, accepted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.disputes import Disputes
from amends.fakes.fake import Fake

ROOT: Final = "/ca/services/DisputeService/v30"
_SCHEME: Final = {"mastercard": "mc"}


class AdyenDisputeDoors(Fake):
    """The part of the fake Adyen on disputes."""

    _disputes: Disputes

    def dispute_routes(self) -> list[Route]:
        """The four verbs."""
        return [
            ("POST", f"{ROOT}/retrieveApplicableDefenseReasons", self._reasons),
            ("POST", f"{ROOT}/supplyDefenseDocument", self._supply),
            ("POST", f"{ROOT}/defendDispute", self._defend),
            ("POST", f"{ROOT}/acceptDispute", self._accept),
        ]

    def _let_in(self, call: Call) -> bool:
        raise NotImplementedError

    def dispute_item(self, event: str, one: dict[str, Any]) -> Told:
        """A notification about a dispute."""
        raise NotImplementedError

    def more_of(self, one: dict[str, Any]) -> dict[str, str]:
        """The additional data of a notification."""
        return {
            "chargebackReasonCode": one["reason"],
            "chargebackSchemeCode": _SCHEME.get(one["network"], one["network"]),
            "defensePeriodEndsAt": datetime.fromtimestamp(one["due"], UTC).isoformat(),
            "defendable": "true",
        }

    def _reasons(self, call: Call) -> Reply:
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        kinds = [
            {"defenseDocumentTypeCode": "DefenseMaterial", "requirementLevel": "Required", "available": False},
            {"defenseDocumentTypeCode": "TIDorInvoice", "requirementLevel": "Optional", "available": False},
        ]
        one = {"defenseReasonCode": "GoodsOrServicesProvided", "satisfied": False, "defenseDocumentTypes": kinds}
        return json_reply(200, {"defenseReasons": [one], "disputeServiceResult": {"success": True}})

    def _supply(self, call: Call) -> Reply:
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        if found["state"] != "opened":
            return _result(False, "the dispute cannot be defended any more")
        papers = call.json().get("defenseDocuments") or []
        found["evidence"] = {one["defenseDocumentTypeCode"]: len(one["content"]) for one in papers}
        self._disputes.keep(found)
        return _result(True)

    def _defend(self, call: Call) -> Reply:
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        if not found["evidence"] or not self._disputes.submit(found):
            return _result(False, "the dispute cannot be defended")
        self.log("dispute_submitted", id=found["id"])
        return _result(True, notices=(self.dispute_item("INFORMATION_SUPPLIED", found),))

    def _accept(self, call: Call) -> Reply:
        found = self._found(call)
        if isinstance(found, Reply):
            return found
        if not self._disputes.accept(found):
            return _result(False, "the dispute is over")
        self.log("dispute_accepted", id=found["id"])
        return _result(True)

    def _found(self, call: Call) -> dict[str, Any] | Reply:
        if not self._let_in(call):
            return self.error_reply(401, message="HTTP Status Response - Unauthorized")
        found = self._disputes.get(str(call.json().get("disputePspReference", "")))
        return found or _result(False, "no such dispute")


def _result(success: bool, message: str = "", notices: tuple[Told, ...] = ()) -> Reply:
    return json_reply(
        200, {"disputeServiceResult": {"success": success, "errorMessage": message or None}}, notices=notices
    )
