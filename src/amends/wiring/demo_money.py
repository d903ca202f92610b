"""The sample store's money: its payments at the fake gateways, and the ways by which it goes back."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from amends.basics.currencies import EXPONENTS
from amends.basics.money import read_minor
from amends.cli.tools import RunningFake

_PATHS: Final = {"alipay": ("gateway_url", "/gateway.do"), "adyen": ("base_url", "/v72")}
_MORE: Final = {"stripe": (("files_url", ""),), "adyen": (("dispute_url", "/ca/services/DisputeService/v30"),)}
"""Further addresses of a gateway, each under the fake's own."""
_METHODS: Final = {"card": "stripe", "paypal": "paypal"}
_COLLECTS: Final = "stripe"
"""By which the sample shops take money in."""


def demo_ways(running: list[RunningFake], routes: Mapping[str, str] = _METHODS, collects: str = _COLLECTS) -> str:
    """The text of ways that lead to the fake gateways, payment methods routed as given; `collects`: by which of them money is taken in."""
    gateways: dict[str, Any] = {}
    for fake in running:
        field, path = _PATHS.get(fake.name, ("base_url", ""))
        settings = {key: value for key, value in fake.config.items() if key != "path"}
        more = {name: fake.url + rest for name, rest in _MORE.get(fake.name, ())}
        gateways[fake.name] = {**settings, **more, field: fake.url + path}
    told = {"gateways": gateways, "routes": {"default": dict(routes)}}
    collect = {"collect": {"default": collects}} if collects in gateways else {}
    return yaml.safe_dump({**told, **collect}, allow_unicode=True)


def capture_payments(running: list[RunningFake]) -> int:
    """Tell the fakes of every payment of the sample store, each once; returns how many there are."""
    by_name = {fake.name: fake for fake in running}
    count = 0
    for gateway, reference, amount, currency in _payments():
        content = {"id": reference, "amount": amount, "currency": currency}
        request = urllib.request.Request(
            f"{by_name[gateway].url}/__fake__/payments",
            json.dumps(content).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=10).close()
        count += 1
    return count


def write_addresses(running: list[RunningFake], folder: Path) -> None:
    """Write down where the fakes listen, for people who want to look into them or make them misbehave."""
    content = json.dumps({fake.name: fake.url for fake in running}, indent=2)
    (folder / "addresses.json").write_text(content + "\n", encoding="ascii")


def aim_webhooks(running: list[RunningFake], port: int) -> None:
    """Have the fakes send their webhooks to this server."""
    for fake in running:
        aim_at(fake, f"http://127.0.0.1:{port}/hooks/{fake.name}")


def aim_at(fake: RunningFake, url: str) -> None:
    """Have one fake send its webhooks to `url`."""
    content = json.dumps({"url": url}).encode()
    request = urllib.request.Request(f"{fake.url}/__fake__/webhooks", content, {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=10).close()


def _payments() -> Iterator[tuple[str, str, int, str]]:
    """Every payment of the sample store that a fake knows how to pay back, each once."""
    from amends.store.models import CaseFile, ShopOrder

    told = list(CaseFile.objects.filter(case__shop__channel="direct").values_list("case_json__order", flat=True))
    told += list(ShopOrder.objects.filter(shop__channel="direct").values_list("file__order", flat=True))
    seen = set()
    for order in told:
        for payment in order["payments"]:
            gateway, reference = _METHODS.get(payment["method"]), payment.get("reference")
            if gateway and reference and reference not in seen:
                seen.add(reference)
                currency = order["currency"]
                yield gateway, reference, read_minor(payment["captured"], EXPONENTS[currency]), currency


def kept_ways(data: Path) -> str | None:
    """The text of the merchant's own `gateways.yaml`; None where there is none."""
    file = data / "gateways.yaml"
    return file.read_text(encoding="utf-8") if file.is_file() else None
