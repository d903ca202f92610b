"""The fake tracking networks there are, by the name of their translator."""

from __future__ import annotations

from typing import Final

from amends.fakes.aftership import FakeAfterShip
from amends.fakes.easypost import FakeEasyPost
from amends.fakes.kuaidi100 import FakeKuaidi100
from amends.fakes.network import NetworkFake
from amends.fakes.shippo import FakeShippo

NETWORKS: Final[dict[str, type[NetworkFake]]] = {
    "kuaidi100": FakeKuaidi100,
    "aftership": FakeAfterShip,
    "easypost": FakeEasyPost,
    "shippo": FakeShippo,
}
