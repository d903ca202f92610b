"""`make e2e-medusa`: a real Medusa shop, from the order to the refund, with a lost answer on the way; prints what was checked."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.e2e_medusa.house import FullHouse, missing
from tests.e2e_medusa.proxy import before
from tests.e2e_medusa.server import UnableToStart, running
from tests.e2e_medusa.shop import Shop, UnableToSetUp
from tests.e2e_medusa.story import Story


def main() -> int:
    """Run the story; 0 where everything held."""
    begun = time.monotonic()
    try:
        with running() as server, before(server.url) as proxy:
            print(f"Medusa answers at {server.url} after {time.monotonic() - begun:.0f} s; its log is {server.log}")
            shop = Shop(server)
            shop.set_up()
            story = Story(shop, proxy)
            story.run()
            if lacks := missing():
                print(f"\nNot run: the whole house; this checkout has no {', '.join(lacks)}.")
            else:
                with tempfile.TemporaryDirectory(prefix="amends-e2e-") as data:
                    FullHouse(Path(data), shop, proxy, story.hold).run()
            story.pages()
            print(
                f"\n{story.checked} checks held, {len(proxy.calls)} calls through the proxy, {time.monotonic() - begun:.0f} s."
            )
    except (UnableToStart, UnableToSetUp, AssertionError) as fault:
        print(f"\nFAILED: {type(fault).__name__}: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
