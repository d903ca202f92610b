"""The checklists as they are written down in `checklists.yaml`: read once, and found by forum and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from amends.facts.dossier import Checklist, Item, Limits, Need, Strength
from amends.facts.rulebook import Says

_NEEDS: Final[Mapping[str, Need]] = {"m": "required", "o": "optional"}
_STRENGTHS: Final[Mapping[str, Strength]] = {"s": "strong", "m": "medium", "w": "weak"}
_KB: Final = 1000
GENERAL: Final = Says("general", "通用")


@cache
def _told() -> Mapping[str, Any]:
    text = resources.files("amends.prove.dossier").joinpath("checklists.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def forums() -> tuple[tuple[str, Says], ...]:
    """Will list the forums with their names, in the order in which people should see them."""
    return tuple((code, _says(one["name"])) for code, one in _told()["forums"].items())


def proofs() -> Mapping[str, Says]:
    """Will name everything that can prove something."""
    return {code: _says(one) for code, one in _told()["proofs"].items()}


def reasons_of(forum: str) -> tuple[tuple[str, Says], ...]:
    """Will list the reasons that a forum has lists for, its own and those of the forum it is like."""
    told = _forum(forum)
    return tuple((code, _says(one["name"])) for code, one in _reasons(told).items())


def checklist_of(forum: str, reason: str, limits: Limits | None = None) -> Checklist:
    """Will give what a forum wants for a reason; its general list for a reason that it has none for. `KeyError`: no such forum.

    A code with a further part (`12.6.1`) falls under the list of its head (`12.6`). `limits`: the house's own instead of the usual ones.
    """
    told = _forum(forum)
    head, found = _reason(_reasons(told), reason)
    kin = _told()["forums"].get(told.get("like", ""), {})
    general = told.get("general") or kin.get("general") or []
    written = found["items"] if found else general
    return Checklist(
        forum,
        _says(told["name"]),
        told["kind"],
        told["language"],
        reason,
        _says(found["name"]) if found else GENERAL,
        head != "",
        limits or _limits(told["limits"]),
        tuple(_item(one, told) for one in written),
        {code: _says(why) for code, why in (found or {}).get("no_help", {}).items()},
    )


def _forum(forum: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _told()["forums"][forum]
    return found


def _reasons(told: Mapping[str, Any]) -> Mapping[str, Any]:
    kin = _told()["forums"].get(told.get("like", ""), {})
    return {**kin.get("reasons", {}), **told.get("reasons", {})}


def _reason(known: Mapping[str, Any], reason: str) -> tuple[str, Mapping[str, Any] | None]:
    wanted = reason
    while wanted:
        if wanted in known:
            return wanted, known[wanted]
        wanted = wanted.rpartition(".")[0]
    return "", None


def _item(written: str, told: Mapping[str, Any]) -> Item:
    need, strength, proof = written.split()
    return Item(
        proof, proofs()[proof], _NEEDS[need], _STRENGTHS[strength], str(told["source"]), str(told["confidence"])
    )


def _limits(told: Mapping[str, Any]) -> Limits:
    return Limits(
        told.get("files"),
        _bytes(told.get("file_kb")),
        _bytes(told.get("total_kb")),
        told.get("text"),
        tuple(told.get("formats", ())),
        told.get("confidence", "L"),
    )


def _bytes(kilobytes: int | None) -> int | None:
    return None if kilobytes is None else kilobytes * _KB


def _says(told: Sequence[str]) -> Says:
    return Says(str(told[0]), str(told[1]))
