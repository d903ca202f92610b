"""The JSON Schema of policies (draft 2020-12), made of the vocabulary, so that editors complete and check them."""

from __future__ import annotations

from typing import Any, Final

from amends.basics.zones import MARKETS
from amends.decide.policy.parts import NAME, US, US_STATE
from amends.decide.policy.read_policy import TERMS
from amends.decide.policy.read_then import DEDUCTIONS, GIVING, HANDLINGS, OUTCOMES, PAYERS, WAIVABLE
from amends.facts.codes import CHANNELS, REMEDIES, ROLES
from amends.facts.vocabulary import VOCABULARY
from amends.facts.vocabulary_fact import NUMERIC, Fact

_MONEY: Final = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? [A-Z]{3}$", "examples": ["30 CNY", "12.50 EUR"]}
_STATE: Final = {"type": "string", "pattern": f"^{US_STATE.pattern}$"}


def policy_schema() -> dict[str, Any]:
    """The schema of `amends.policy/1`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "amends.policy/1",
        "title": "Amends policy",
        **_object(
            {
                "schema": {"const": "amends.policy/1"},
                "policy": _name(),
                "version": {"type": ["integer", "string"]},
                "title": True,
                "applies": _object(
                    {
                        "shops": _one_or_more({"type": "string"}),
                        "markets": _one_or_more(_words(MARKETS)),
                        "channels": _one_or_more(_words(CHANNELS)),
                    }
                ),
                "approvals": {
                    "type": "array",
                    "items": _object({"up_to": _MONEY, "role": {"enum": list(ROLES)}}, "role"),
                },
                "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
                "otherwise": {"$ref": "#/$defs/then"},
                "answer_before_hours": {"type": "integer", "minimum": 1, "maximum": 72},
                **{name: {"type": "integer", "minimum": 1, "maximum": most} for name, most in TERMS.items()},
            },
            "policy",
            "rules",
        ),
        "$defs": {"rule": _rule(), "when": _when(), "then": _then(), "money": _MONEY},
    }


def _object(properties: dict[str, Any], *needed: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | ({"required": list(needed)} if needed else {})


def _name() -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{NAME.pattern}$", "maxLength": 80}


def _words(known: frozenset[str]) -> dict[str, Any]:
    if not known:
        return {"type": "string"}
    listed = {"enum": sorted(known)}
    return {"anyOf": [listed, _STATE]} if US in known else listed


def _one_or_more(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _rule() -> dict[str, Any]:
    sentence = _object({"zh": {"type": "string"}, "en": {"type": "string"}}) | {"minProperties": 1}
    parts = {"id": _name(), "when": {"$ref": "#/$defs/when"}, "then": {"$ref": "#/$defs/then"}}
    return _object({**parts, "say": {"anyOf": [{"type": "string"}, sentence]}}, "id", "then")


def _when() -> dict[str, Any]:
    inner = {"$ref": "#/$defs/when"}
    joins = {how: _one_or_more(inner | {"minProperties": 1}) for how in ("all", "any", "none")}
    return _object({**joins, **{fact.name: _condition(fact) for fact in VOCABULARY.values()}})


def _condition(fact: Fact) -> dict[str, Any]:
    value = _value(fact)
    compared: dict[str, Any] = {"known": {"type": "boolean"}, "not": _one_or_more(value)}
    if fact.kind in NUMERIC:
        compared |= dict.fromkeys(("at_least", "at_most", "over", "under"), value)
    unit = f" ({fact.unit})" if fact.unit else ""
    described = {"description": f"{fact.means.en}{unit} / {fact.means.zh}"}
    return described | {"anyOf": [*_one_or_more(value)["anyOf"], _object(compared) | {"minProperties": 1}]}


def _value(fact: Fact) -> dict[str, Any]:
    if fact.kind == "money":
        return {"$ref": "#/$defs/money"}
    if fact.kind == "bool":
        return {"type": "boolean"}
    if fact.kind in NUMERIC:
        return {"type": "integer", "minimum": 0}
    return _words(fact.codes)


def _then() -> dict[str, Any]:
    percent = {"type": "integer", "minimum": 0, "maximum": 100}
    part: dict[str, Any] = {"percent": percent, "amount": {"$ref": "#/$defs/money"}}
    either = {"oneOf": [{"required": ["percent"]}, {"required": ["amount"]}]}
    return _object(
        {
            "outcome": {"enum": list(OUTCOMES)},
            "remedy": {"enum": sorted(REMEDIES - {"none"})},
            "handling": {"enum": list(HANDLINGS)},
            "approver": {"enum": list(ROLES)},
            "shipping_paid_by": {"enum": list(PAYERS)},
            "refund": _object(part) | either,
            "deduct": _object({"kind": {"enum": list(DEDUCTIONS)}, **part}, "kind") | either,
            "compensation": _object({"amount": {"$ref": "#/$defs/money"}}, "amount"),
            "waive": _one_or_more({"enum": list(WAIVABLE)}),
            "ask": {"type": "array", "items": {"type": "string"}},
        }
    ) | {"allOf": _agreeing()}


def _agreeing() -> list[dict[str, Any]]:
    """What one key of `then` asks of the others: something is proposed, a refusal gives nothing, asking is an outcome of its own."""
    gives = {"anyOf": [{"required": [key]} for key in GIVING]}
    withheld = {"properties": {"outcome": {"enum": ["refuse", "ask"]}}, "required": ["outcome"]}
    asks = {"properties": {"outcome": {"const": "ask"}}, "required": ["outcome"]}
    return [
        {"anyOf": [{"required": ["outcome"]}, gives]},
        {"if": withheld, "then": {"not": gives}},
        {"if": {"required": ["ask"]}, "then": asks},
    ]
