"""What a case has of a checklist, from its files and from what is known of it without a file. Nothing is asked for, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from amends.facts.dossier import PDF, TEXT, Checked, Checklist, Exhibit, ExhibitView, Item, ItemState
from amends.facts.evidence import PICTURES
from amends.facts.rulebook import Says

_OWN: Final = frozenset({"merchant", "person", "system", "shop"})
_BY_KIND: Final[Mapping[str, tuple[str, str]]] = {
    "photo": ("photos", "buyer_photos"),
    "video": ("video", "buyer_photos"),
    "document": ("papers", ""),
}
"""What a file of a kind proves, given by the shop and given by the buyer."""
_SAME: Final = {"chat": "conversation", "waybill": "waybill", "weight": "weighing", "report": "report"}
_BY_NAME: Final = (("listing-", "listing"), ("policy-", "policy"), ("call-", "conversation"), ("talk-", "conversation"))
_BY_PURPOSE: Final = {"packing": "packing", "weighing": "weighing", "unpacking": "unpacking"}


def proofs_of(exhibit: Exhibit, counts_as: str = "") -> tuple[str, ...]:
    """Will say what a file proves by what it is, who gave it and what it is called; `counts_as`: what a person says of it besides."""
    found = [counts_as] if counts_as else []
    if exhibit.purpose in _BY_PURPOSE:
        found.append(_BY_PURPOSE[exhibit.purpose])
    elif exhibit.kind in _SAME:
        found.append(_SAME[exhibit.kind])
    else:
        named = [proof for start, proof in _BY_NAME if exhibit.kind == "document" and exhibit.name.startswith(start)]
        ours, theirs = _BY_KIND.get(exhibit.kind, ("", ""))
        found += named or [ours if exhibit.by_kind in _OWN else theirs]
    return tuple(dict.fromkeys(one for one in found if one))


def check(checklist: Checklist, exhibits: Sequence[Exhibit], told: Mapping[str, Says]) -> tuple[Checked, ...]:
    """Will give every item with its state. `told`: proofs that stand without a file, with what is known of them."""
    return tuple(_checked(checklist, one, exhibits, told.get(one.proof)) for one in checklist.items)


def _checked(checklist: Checklist, item: Item, exhibits: Sequence[Exhibit], told: Says | None) -> Checked:
    found = [one for one in exhibits if item.proof in one.proofs]
    state: ItemState = "missing" if item.need == "required" else "optional"
    if found and not told and all(too_big(checklist, one) for one in found):
        state = "too_big"
    elif found or told:
        state = "have"
    return Checked(item, state, tuple(one.sha256 for one in found), told)


def too_big(checklist: Checklist, exhibit: Exhibit) -> bool:
    """Will say whether a file cannot be brought under the forum's limits: no picture, text or PDF that can be made smaller or drawn."""
    if exhibit.mime in PICTURES or exhibit.mime == TEXT or exhibit.copies:
        return False
    limits, ending = checklist.limits, exhibit.name.rpartition(".")[2].lower()
    if exhibit.mime == PDF:
        return bool(limits.file_bytes and exhibit.size > limits.file_bytes and "jpg" not in limits.formats)
    drawn_only = "pdf" in limits.formats and ending not in limits.formats
    if drawn_only and checklist.kind == "authority":
        return False
    return ending not in limits.formats or bool(limits.file_bytes and exhibit.size > limits.file_bytes)


def views(checklist: Checklist, exhibits: Sequence[Exhibit]) -> tuple[ExhibitView, ...]:
    """Will give every file with what it helps here, and why it does not where the reason is not answered by it."""
    wanted = [one.proof for one in checklist.items]
    found = []
    for one in exhibits:
        helps = tuple(proof for proof in wanted if proof in one.proofs)
        against = [checklist.no_help[proof] for proof in one.proofs if proof in checklist.no_help]
        why = None if helps else against[0] if against else None
        found.append(ExhibitView(one, helps, why, too_big(checklist, one)))
    return tuple(found)


def ready(checked: Sequence[Checked]) -> bool:
    """Will say whether everything that must be there is."""
    return all(one.state == "have" for one in checked if one.item.need == "required")
