"""Is what a golden case expects a part of the real decision? The comparison of the contract, section 6."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

ANY_ORDER = {"deadlines", "because", "alternatives", "refund.deductions"}
INSTANTS = {"due", "ship_by"}


def differences(expected: Any, real: Any, path: str = "") -> Iterator[str]:
    """One sentence for every place where `real` does not agree with `expected`."""
    if isinstance(expected, dict) and isinstance(real, dict):
        for name, wanted in expected.items():
            if name == "because_not":
                holding = {item["rule"] for item in real.get("because", ()) if item["verdict"] == "holds"}
                yield from (f"{rule} holds, which it must not" for rule in wanted if rule in holding)
            else:
                yield from differences(wanted, real.get(name), f"{path}.{name}" if path else name)
    elif isinstance(expected, list) and isinstance(real, list) and path in ANY_ORDER:
        for item in expected:
            if not any(next(differences(item, other, path + "[]"), None) is None for other in real):
                yield f"{path}: no item like {item}; there is {_near(item, real)}"
    elif isinstance(expected, list) and isinstance(real, list) and len(expected) == len(real):
        for index, (item, other) in enumerate(zip(expected, real, strict=True)):
            yield from differences(item, other, f"{path}[{index}]")
    elif not _same(expected, real, path):
        yield f"{path}: wanted {expected!r}, got {real!r}"


def _same(expected: Any, real: Any, path: str) -> bool:
    if path.rsplit(".", 1)[-1] in INSTANTS and isinstance(expected, str) and isinstance(real, str):
        moment = datetime.fromisoformat(real)
        return moment.utcoffset() is not None and moment == datetime.fromisoformat(expected)
    return type(expected) is type(real) and expected == real


def _near(item: Any, real: list[Any]) -> Any:
    names = ("rule", "action", "remedy", "kind")
    close = [other for other in real if any(name in item and item[name] == other.get(name) for name in names)]
    return [{name: other.get(name) for name in item} for other in close] or "none near it"
