"""A policy that is to speak for one more shop: its text with the shop's name written in, everything else as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence

import yaml

from amends.desk.settings.policies import read
from amends.facts.kept_policies import KeptPolicy


def joinable(policies: Sequence[KeptPolicy], merchant: str, shop: tuple[str, str, str]) -> list[tuple[KeptPolicy, str]]:
    """The merchant's live policies that could speak for a shop (name, market, channel), each with the text by which it would.

    The first that applies speaks: behind one that speaks already there is none to choose.
    """
    found: list[tuple[KeptPolicy, str]] = []
    for policy in policies:
        if policy.live is None or policy.merchant != merchant:
            continue
        text = policy.live.text
        if speaks(text, shop):
            return [*found, (policy, text)]
        joined = with_shop(text, shop[0])
        if joined is not None and speaks(joined, shop):
            found.append((policy, joined))
    return found


def speaks(text: str, shop: tuple[str, str, str]) -> bool:
    """Whether a policy's text applies to a shop."""
    made = read(text)[0]
    return made is not None and made.concerns(*shop)


def with_shop(text: str, shop: str) -> str | None:
    """The text with the shop added to those that it applies to; None where it names none."""
    try:
        shops = _part(_part(yaml.compose(text), "applies"), "shops")
    except yaml.YAMLError:
        return None
    if not isinstance(shops, yaml.SequenceNode) or not shops.value:
        return None
    last, name = shops.value[-1], json.dumps(shop, ensure_ascii=False)
    end = last.end_mark.index
    if shops.flow_style:
        return f"{text[:end]}, {name}{text[end:]}"
    return f"{text[:end]}\n{' ' * shops.start_mark.column}- {name}{text[end:]}"


def _part(node: yaml.Node | None, name: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    return None
