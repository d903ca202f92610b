"""The forms of the case page: one a verb, empty or as it was typed, and what can be chosen in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from amends.desk.cases.close import CLOSINGS
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.look import Look
from amends.desk.cases.repairs import STEPS, WANTS
from amends.facts.codes import EVIDENCE_KINDS, GOODS_STATES, GRADES
from amends.facts.offers import OFFER_KINDS
from amends.facts.refusals import REFUSALS
from amends.facts.words import codes
from amends.learn.case_bar import Bar

KEYS: Final[Mapping[str, str]] = {"approve": "A", "settle": "A", "refuse": "R", "offer": "O", "ask": "E"}
"""The key that opens a form, as on the work list; N writes a note, T takes the case, U takes the last press back."""
PANELS: Final = (
    "note",
    "message",
    "evidence",
    "follow",
    "stop",
    "let-go",
    "charge",
    "intercept",
    "intercept-told",
    "way-back",
    "insurance",
    "reimburse",
    "freight-with-refund",
    "carrier-claim",
    "carrier-claim-moved",
    "signal-wrong",
    "pickup-rates",
    "label-rates",
    "label-buy",
    "label-drop",
    "label-void",
    "label-say",
)
"""Verbs whose forms stand in panels of the page and are always there."""
ESCALATE_TO: Final = ("lead", "finance", "manager")
_ALTERNATIVES: Final = {
    "refund_only": "partial_refund",
    "compensation": "partial_refund",
    "return_refund": "return_refund",
    "exchange": "exchange",
    "resend": "resend",
    "repair": "repair",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A verb's form on the page: empty, or as it was typed with the fault that stands against it."""

    verb: str
    given: QueryDict
    fault: UnableToWork | None = None

    @property
    def template(self) -> str:
        """Will name the part of a page that shows it."""
        return f"parts/case_{self.verb.replace('-', '_')}.html"

    @property
    def opened(self) -> bool:
        """Will say whether it stands open by itself."""
        return self.fault is not None

    @property
    def key(self) -> str:
        """Will give the key that opens it; none for most."""
        return KEYS.get(self.verb, "")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something else that is lawful, as an offer: what kind it would be, and how much."""

    kind: str
    amount: str
    told: Mapping[str, Any]


def forms_of(bar: Bar, verb: str, given: QueryDict, fault: UnableToWork | None) -> list[Form]:
    """Will give a form for each verb of the bar; the one that was tried as it was typed."""
    return [Form(one, given, fault) if fault and one == verb else Form(one, QueryDict()) for one in bar.verbs]


def loose_words(bar: Bar, verb: str, given: QueryDict) -> list[str]:
    """Will give what was written into a form that the case does not have any more as it stands now, so that nothing is lost."""
    if verb in (*bar.verbs, *PANELS):
        return []
    return [str(given[name]) for name in ("text", "why", "note", "override") if given.get(name, "").strip()]


def choices(seen: Look) -> dict[str, Any]:
    """Will give what the forms offer to choose from."""
    file, decision = seen.state.case, seen.state.decision or {}
    return {
        "refusals": REFUSALS,
        "offer_kinds": OFFER_KINDS,
        "closings": CLOSINGS,
        "grades": sorted(GRADES),
        "goods_states": GOODS_STATES,
        "escalate_to": ESCALATE_TO,
        "evidence_kinds": sorted(EVIDENCE_KINDS),
        "parties": ("merchant", "buyer", "carrier", "platform"),
        "missing": tuple(dict.fromkeys([*(decision.get("missing") or ()), *_usual(decision)])),
        "asked_lines": _asked_lines(file),
        "proofs": proofs_of(file.get("evidence") or ()),
        "alternatives": _alternatives(seen),
        "offer_open": next((one for one in seen.history.offers if one.state == "open"), None),
        "repair_steps": _repair_steps(seen),
        "wants": WANTS,
        "merge_into": [one for one in seen.kin.of_order if one.status != "closed"],
    }


def proofs_of(evidence: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Will give each piece of evidence with the name by which a refusal refers to it: its file, or its place on the shelf."""
    return [(str(one.get("file") or f"{one.get('kind')}-{place}"), one) for place, one in enumerate(evidence, 1)]


def _repair_steps(seen: Look) -> list[str]:
    """What the workshop can do next."""
    return [step for step in STEPS if seen.state.tracks.can("repair", step)]


def _usual(decision: Mapping[str, Any]) -> tuple[str, ...]:
    """What is often asked for beside what the rules miss."""
    known = codes("missing")
    return tuple([one for one in ("evidence.photo", "evidence.video") if one in known]) if decision else ()


def _asked_lines(file: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    asked = {one.get("id") for one in (file.get("request") or {}).get("lines") or ()}
    lines = (file.get("order") or {}).get("lines") or ()
    return [line for line in lines if not asked or line.get("id") in asked]


def _alternatives(seen: Look) -> list[Alternative]:
    """The lawful alternatives that can be put to the buyer as an offer."""
    told = seen.refusal.alternatives if seen.refusal else ()
    return [
        Alternative(_ALTERNATIVES[one["remedy"]], str(one.get("refund_total") or "0"), one)
        for one in told
        if one.get("remedy") in _ALTERNATIVES
    ]
