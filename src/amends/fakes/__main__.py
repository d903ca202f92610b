"""`python -m amends.fakes`: stand-ins for payment providers or platforms on this machine, until standard input closes or Ctrl-C."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from amends.fakes.adyen import FakeAdyen
from amends.fakes.alipay import Alipay
from amends.fakes.fake import Fake
from amends.fakes.paypal import FakePayPal
from amends.fakes.platform import PlatformFake
from amends.fakes.platforms import PLATFORMS
from amends.fakes.server import Server
from amends.fakes.stripe import FakeStripe
from amends.fakes.wechat_pay import WeChatPay

FAKES: Final[dict[str, type[Fake]]] = {
    "stripe": FakeStripe,
    "paypal": FakePayPal,
    "adyen": FakeAdyen,
    "wechat_pay": WeChatPay,
    "alipay": Alipay,
}


_SAMPLES: Final = (
    ("return_refund", "changed_mind", "尺码不合适"),
    ("refund_only", "quality", "收到时有破损"),
    ("exchange", "quality", "想换一个"),
)


def main() -> None:
    """Start the fakes, print one line of JSON for each (name, url, config), and serve until standard input closes."""
    given = _options().parse_args()
    if given.state:
        given.state.mkdir(parents=True, exist_ok=True)
    servers = []
    kinds: Mapping[str, type[Fake]] = {**FAKES, **PLATFORMS}
    for place, name in enumerate([*(given.gateway or []), *(given.platform or [])] or list(FAKES)):
        store = str(given.state / f"{name}.sqlite3") if given.state else None
        fake = kinds[name](store, given.seed, given.latency_ms)
        if isinstance(fake, PlatformFake):
            fill(fake, given.samples)
        server = Server(fake, given.port + place if given.port else 0)
        servers.append(server)
        sys.stdout.write(json.dumps({"name": name, "url": server.url, "config": fake.config()}) + "\n")
        sys.stdout.flush()
    try:
        while sys.stdin.read(4096):
            pass
    except KeyboardInterrupt:
        pass
    for server in servers:
        server.stop()


def fill(fake: PlatformFake, many: int) -> None:
    """Sell and ask a little at a platform where nothing was sold yet, so that there is something to be read."""
    if fake.market.orders:
        return
    for place in range(many):
        kind, reason, text = _SAMPLES[place % len(_SAMPLES)]
        order = fake.sell(days_ago=2 + place % 5)
        fake.ask(order.number, kind, reason, text=text)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m amends.fakes", description=main.__doc__)
    parser.add_argument("--gateway", action="append", choices=list(FAKES), help="only these (default: all)")
    parser.add_argument("--platform", action="append", choices=list(PLATFORMS), help="these platforms")
    parser.add_argument("--samples", type=int, default=0, help="orders and cases that a fresh platform begins with")
    parser.add_argument(
        "--port", type=int, default=0, help="first port; the others follow (default: any that are free)"
    )
    parser.add_argument("--state", type=Path, help="a folder in which their money survives (default: memory)")
    parser.add_argument("--latency-ms", type=int, default=0, help="how long every answer takes")
    parser.add_argument("--seed", type=int, default=0, help="seed of the faults that strike by chance")
    return parser


if __name__ == "__main__":
    main()
