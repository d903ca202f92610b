"""`python -m amends.fakes`: stand-ins for payment providers on this machine, until standard input closes or Ctrl-C."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from amends.fakes.adyen import FakeAdyen
from amends.fakes.alipay import Alipay
from amends.fakes.fake import Fake
from amends.fakes.paypal import FakePayPal
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


def main() -> None:
    """Start the fakes, print one line of JSON for each (name, url, config), and serve until standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m amends.fakes", description=__doc__)
    parser.add_argument("--gateway", action="append", choices=list(FAKES), help="only these (default: all)")
    parser.add_argument(
        "--port", type=int, default=0, help="first port; the others follow (default: any that are free)"
    )
    parser.add_argument("--state", type=Path, help="a folder in which their money survives (default: memory)")
    parser.add_argument("--latency-ms", type=int, default=0, help="how long every answer takes")
    parser.add_argument("--seed", type=int, default=0, help="seed of the faults that strike by chance")
    given = parser.parse_args()
    if given.state:
        given.state.mkdir(parents=True, exist_ok=True)
    servers = []
    for place, name in enumerate(given.gateway or list(FAKES)):
        store = str(given.state / f"{name}.sqlite3") if given.state else None
        fake = FAKES[name](store, given.seed, given.latency_ms)
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


if __name__ == "__main__":
    main()
