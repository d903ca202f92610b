"""A rehearsal as it is kept: plain JSON, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from amends.facts.rehearsed import Example, ExampleSide, Flow, Rehearsed, Side
from amends.facts.rulebook import Says


def rehearsed_json(found: Rehearsed) -> dict[str, Any]:
    """Will give a rehearsal as JSON."""
    return asdict(found)


def read_rehearsed(told: Mapping[str, Any]) -> Rehearsed:
    """Will give back what `rehearsed_json` wrote."""
    return Rehearsed(tuple([_flow(one) for one in told["flows"]]), tuple([_example(one) for one in told["examples"]]))


def _flow(told: Mapping[str, Any]) -> Flow:
    return Flow(**{**told, "before": Side(**told["before"]), "after": Side(**told["after"])})


def _example(told: Mapping[str, Any]) -> Example:
    return Example(**{**told, "before": _side(told["before"]), "after": _side(told["after"])})


def _side(told: Mapping[str, Any]) -> ExampleSide:
    return ExampleSide(Side(**told["side"]), told["money"], Says(told["reason"]["en"], told["reason"]["zh"]))
