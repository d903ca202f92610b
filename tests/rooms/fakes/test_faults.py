"""Faults strike as often as they were set to, where they were set to, and with chance that can be repeated."""

from __future__ import annotations

from typing import Any

import pytest

from amends.fakes.faults import FAULTS, Faults, UnableToSetFault


def drawn(faults: Faults, many: int, method: str = "POST", path: str = "/refunds", webhook: bool = False) -> list[bool]:
    return [bool(faults.draw(method, path, webhook)) for _ in range(many)]


def test_a_fault_strikes_once_unless_told_otherwise() -> None:
    faults = Faults()
    faults.set("drop_after")
    assert drawn(faults, 3) == [True, False, False]
    assert faults.listed() == []


def test_it_lets_some_calls_go_first_and_strikes_so_many_times() -> None:
    faults = Faults()
    faults.set("drop_after", skip=2, times=2)
    assert drawn(faults, 6) == [False, False, True, True, False, False]


def test_it_strikes_until_it_is_cleared() -> None:
    faults = Faults()
    faults.set("throttle", times=None)
    faults.set("drip", times=None)
    assert drawn(faults, 20) == [True] * 20
    faults.clear("throttle")
    assert set(faults.draw("GET", "/")) == {"drip"}
    faults.clear()
    assert drawn(faults, 2) == [False, False]


def test_it_strikes_only_the_calls_that_it_is_for() -> None:
    faults = Faults()
    faults.set("drop_before", method="POST", path="refund")
    assert drawn(faults, 1, "GET") == [False]
    assert drawn(faults, 1, path="/v1/oauth2/token") == [False]
    assert drawn(faults, 1) == [True]


def test_faults_of_webhooks_strike_no_calls_and_the_other_way_round() -> None:
    faults = Faults()
    faults.set("webhook_lost")
    faults.set("drop_after")
    assert set(faults.draw("POST", "/refunds")) == {"drop_after"}
    assert set(faults.draw("POST", "refund.updated", webhook=True)) == {"webhook_lost"}


def test_two_of_a_name_stand_one_behind_the_other() -> None:
    faults = Faults()
    faults.set("error_after", status=500)
    faults.set("error_after", status=502)
    assert [faults.draw("POST", "/")["error_after"].status for _ in range(2)] == [500, 502]


def test_the_same_seed_strikes_the_same_calls() -> None:
    runs = []
    for seed in (7, 7, 8):
        faults = Faults(seed)
        faults.set("drop_after", times=None, percent=40)
        runs.append(drawn(faults, 200))
    assert runs[0] == runs[1] != runs[2]
    assert 50 < sum(runs[0]) < 110


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": "explode"}, "name"),
        ({"name": "drip", "speed": 1}, "speed"),
        ({"name": "drip", "ms": "fast"}, "ms"),
        ({"name": "drip", "path": 1}, "path"),
        ({"name": "drip", "percent": None}, "percent"),
    ],
)
def test_a_fault_that_is_badly_described_names_the_field(settings: dict[str, Any], field: str) -> None:
    faults = Faults()
    with pytest.raises(UnableToSetFault, match=f"^{field}: "):
        faults.set(**settings)
    assert faults.listed() == []


def test_every_fault_says_what_it_does() -> None:
    assert all(len(says) > 15 for says in FAULTS.values())
