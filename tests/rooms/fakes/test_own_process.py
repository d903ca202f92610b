"""`python -m amends.fakes`: a process of its own, whose money and memory of keys outlive being killed."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from amends.fakes.__main__ import FAKES
from amends.fakes.stripe import SECRET_KEY

KEYS = {"Authorization": f"Bearer {SECRET_KEY}", "Idempotency-Key": "am1"}


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], list[dict[str, Any]]]]:
    command = [sys.executable, "-m", "amends.fakes", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        many = options.count("--gateway") or len(FAKES)
        try:
            yield process, [json.loads(process.stdout.readline()) for _ in range(many)]
        finally:
            process.kill()


def post(url: str, body: bytes, headers: dict[str, str] = KEYS) -> Any:
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10) as answer:
        return json.load(answer)


def look(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def test_a_killed_fake_still_knows_money_keys_and_refunds(tmp_path: Path) -> None:
    options = ("--gateway", "stripe", "--state", str(tmp_path / "state"))
    form = b"payment_intent=pi_1&amount=300&metadata[amends_key]=am1"
    with started(*options) as (process, [told]):
        post(f"{told['url']}/__fake__/payments", b'{"id": "pi_1", "amount": 1000, "currency": "EUR"}')
        first = post(f"{told['url']}/v1/refunds", form)
        process.kill()
        process.wait(10)
    with started(*options) as (_, [told]):
        assert post(f"{told['url']}/v1/refunds", form) == first
        assert look(f"{told['url']}/__fake__/payments/pi_1/balance")["refunded"] == 300


def test_each_prints_its_address_and_configuration_and_keeps_its_keys(tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        with started("--state", str(tmp_path)) as (_, told):
            assert [one["name"] for one in told] == list(FAKES)
            for one in told:
                about = look(f"{one['url']}/__fake__/")
                assert about["name"] == one["name"]
            found.append([one["config"] for one in told])
    assert [list(one) for one in found[0]] == [list(one) for one in found[1]]
    secrets = [[value for key, value in one.items() if "certificate" not in key] for one in found[0]]
    assert secrets == [[value for key, value in one.items() if "certificate" not in key] for one in found[1]]


def test_it_ends_when_its_input_closes() -> None:
    with started("--gateway", "adyen") as (process, _):
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.mark.parametrize("options", [("--gateway", "bank"), ("--port", "many")])
def test_wrong_options_are_told(options: tuple[str, str]) -> None:
    command = [sys.executable, "-m", "amends.fakes", *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert ended.returncode == 2
    assert options[1] in ended.stderr
    assert "Traceback" not in ended.stderr
