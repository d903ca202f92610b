"""The tracking networks: which there are, and which a merchant uses, out of `carriers.yaml` of the data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml

from amends.carriers.aftership.network import AfterShip
from amends.carriers.codes import CARRIERS
from amends.carriers.easypost.network import EasyPost
from amends.carriers.kuaidi100.network import Kuaidi100
from amends.carriers.shippo.network import Shippo
from amends.facts.tracking import Network, NetworkAccess

NETWORKS: Final[tuple[Network, ...]] = (Kuaidi100(), AfterShip(), EasyPost(), Shippo())
BY_NAME: Final[dict[str, Network]] = {network.name: network for network in NETWORKS}
_SHORTEST: Final = 16


class UnableToReadNetworks(ValueError):
    """`carriers.yaml` cannot be used; the message names the field and says what would be right."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A network with how it is reached. `push_secret`: the part of our address that nobody can guess."""

    network: Network
    access: NetworkAccess
    push_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Networks:
    """The networks that are used: by name, and which of them for each carrier (our code; `default` for all others)."""

    joined: Mapping[str, Joined] = field(default_factory=dict)
    default: str = ""
    carriers: Mapping[str, str] = field(default_factory=dict)

    def name_for(self, carrier: str) -> str:
        """The network that follows this carrier's parcels; "" for none."""
        return self.carriers.get(carrier, self.default)

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that may be called."""
        urls = [one.access.url for one in self.joined.values()]
        urls += [one.access.values.get("order_url", "") for one in self.joined.values()]
        urls += (
            ["https://api.kuaidi100.com"] if "kuaidi100" in [one.network.name for one in self.joined.values()] else []
        )
        files = [host for one in self.joined.values() for host in one.network.can.label_hosts]
        return frozenset(files) | frozenset([host for url in urls if url and (host := urlsplit(url).hostname)])


def kept_networks(data: Path) -> str:
    """The text of the merchant's own `carriers.yaml`; "" where there is none."""
    file = data / "carriers.yaml"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def read_networks(text: str) -> Networks:
    """The networks that a YAML text states. Raises `UnableToReadNetworks`."""
    try:
        found = yaml.load(text, yaml.CSafeLoader) or {}
    except yaml.YAMLError as fault:
        raise UnableToReadNetworks(f"this is not YAML: {fault}") from fault
    told = _mapping(found, "the file")
    if extra := told.keys() - {"networks", "routes", "reached_at"}:
        raise UnableToReadNetworks(f"the file holds networks, routes and reached_at, not {', '.join(map(str, extra))}")
    base = str(told.get("reached_at") or "").rstrip("/")
    joined = {
        str(name): _joined(str(name), given, base) for name, given in _mapping(told.get("networks"), "networks").items()
    }
    routes = {str(carrier): str(name) for carrier, name in _mapping(told.get("routes"), "routes").items()}
    for carrier, name in routes.items():
        if carrier != "default" and carrier not in CARRIERS:
            raise UnableToReadNetworks(f"routes.{carrier}: not default nor one of {', '.join(CARRIERS)}")
        if name not in joined:
            raise UnableToReadNetworks(f"routes.{carrier}: there is no network {name!r}; there are {', '.join(joined)}")
    only = next(iter(joined)) if len(joined) == 1 else ""
    default = routes.pop("default", only)
    return Networks(joined, default, routes)


def _mapping(value: Any, path: str) -> dict[Any, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UnableToReadNetworks(f"{path}: a mapping is wanted here")
    return value


def _joined(name: str, given: Any, base: str) -> Joined:
    path = f"networks.{name}"
    values = {str(key): str(value) for key, value in _mapping(given, path).items() if value is not None}
    kind = values.pop("kind", name)
    if kind not in BY_NAME:
        raise UnableToReadNetworks(f"{path}.kind: {kind!r} is not one of {', '.join(BY_NAME)}")
    network = BY_NAME[kind]
    secret, url = values.pop("push_secret", ""), values.pop("base_url", network.base_url).rstrip("/")
    known = [setting.name for setting in network.settings]
    if extra := values.keys() - set(known):
        raise UnableToReadNetworks(
            f"{path}.{min(extra)}: unknown; known are {', '.join(known)}, base_url and push_secret"
        )
    missing = [setting.name for setting in network.settings if setting.needed and not values.get(setting.name)]
    if missing:
        raise UnableToReadNetworks(f"{path}.{missing[0]}: this is needed")
    if secret and (len(secret) < _SHORTEST or not secret.replace("-", "").replace("_", "").isalnum()):
        raise UnableToReadNetworks(f"{path}.push_secret: at least {_SHORTEST} letters, figures, - and _ are wanted")
    push_url = f"{base}/hooks/carriers/{name}/{secret}" if base and secret else ""
    return Joined(network, NetworkAccess(url, values, push_url), secret)
