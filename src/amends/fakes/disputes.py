"""A fake's disputes: opened on command, answered once, accepted, ruled. Shapes are the subclass's; what happened is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from amends.basics.money import Minor
from amends.fakes.calls import UnableToUnderstand
from amends.fakes.ledger import Payment, Shelf

DAY: Final = 86_400
KNOWN: Final = frozenset({"id", "reason", "network", "due", "inquiry"})


class Disputes:
    """The disputes of one fake, kept on its shelf. Callers hold the fake's lock."""

    def __init__(self, shelf: Shelf, prefix: str) -> None:
        self._shelf, self._prefix = shelf, prefix

    def get(self, name: str) -> dict[str, Any] | None:
        """One dispute."""
        found: dict[str, Any] | None = self._shelf.get("dispute", name)
        return found

    def all(self) -> list[dict[str, Any]]:
        """All, oldest first."""
        return self._shelf.all("dispute")

    def keep(self, one: Mapping[str, Any]) -> None:
        """Keep what was changed."""
        self._shelf.keep("dispute", one["id"], dict(one))

    def told(self, payment: Payment, amount: Minor, stage: str, more: Mapping[str, Any], now: int) -> dict[str, Any]:
        """Open a dispute of a payment, or rule on the last one. `more`: id, reason, network, due (seconds from now), inquiry."""
        if extra := more.keys() - KNOWN:
            raise UnableToUnderstand(f"{min(extra)}: unknown; known are {', '.join(sorted(KNOWN))}")
        last = next((one for one in reversed(self.all()) if one["payment"] == payment.id), None)
        if stage == "opened" or last is None:
            name = str(more.get("id") or f"{self._prefix}{payment.id}")
            last = {
                "id": name,
                "payment": payment.id,
                "amount": amount,
                "currency": payment.currency,
                "reason": str(more.get("reason") or "13.1"),
                "network": str(more.get("network") or "visa"),
                "inquiry": bool(more.get("inquiry")),
                "due": now + int(more.get("due") or 7 * DAY),
                "created": now,
                "evidence": {},
                "submissions": 0,
            }
        last["state"] = stage
        self.keep(last)
        return last

    def submit(self, one: dict[str, Any], evidence: Mapping[str, Any] | None = None) -> bool:
        """Take an answer in; False where there is one already, or the dispute is over. Evidence is counted whatever it says."""
        if one["submissions"] or one["state"] != "opened":
            return False
        one["evidence"] |= evidence or {}
        one["submissions"] += 1
        one["state"] = "under_review"
        self.keep(one)
        return True

    def accept(self, one: dict[str, Any]) -> bool:
        """Give the dispute up; False where it is over."""
        if one["state"] not in ("opened", "under_review"):
            return False
        one["state"] = "accepted"
        self.keep(one)
        return True
