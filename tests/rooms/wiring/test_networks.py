"""`carriers.yaml`: what it may say, and what a mistake in it is told as."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.wiring.networks import BY_NAME, UnableToReadNetworks, read_networks
from amends.wiring.tracking import networks_of

GOOD = """
reached_at: https://desk.example/
networks:
  kuaidi100: {key: k, customer: c, salt: s, push_secret: abcdefgh-12345678}
  us: {kind: easypost, api_key: a, webhook_secret: w, base_url: "http://127.0.0.1:9/"}
routes: {default: kuaidi100, ups: us}
"""


def test_networks_are_read_with_their_addresses_and_routes() -> None:
    found = read_networks(GOOD)
    assert (found.name_for("ups"), found.name_for("sf"), found.name_for("")) == ("us", "kuaidi100", "kuaidi100")
    assert (
        found.joined["kuaidi100"].access.push_url == "https://desk.example/hooks/carriers/kuaidi100/abcdefgh-12345678"
    )
    assert found.joined["us"].access.push_url == ""
    files = BY_NAME["easypost"].can.label_hosts
    assert found.hosts - files == {"127.0.0.1", "poll.kuaidi100.com", "api.kuaidi100.com"}
    assert files <= found.hosts
    assert "abcdefgh" not in repr(found.joined["kuaidi100"])
    assert "'k'" not in repr(found.joined["kuaidi100"].access)


def test_nothing_said_is_no_network_and_one_needs_no_route() -> None:
    assert read_networks("").joined == {}
    one = read_networks("networks: {shippo: {api_token: t}}")
    assert one.name_for("anything") == "shippo"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("networks: {ups: {key: 1}}", "networks.ups.kind: 'ups' is not one of kuaidi100"),
        ("networks: {shippo: {}}", "networks.shippo.api_token: this is needed"),
        ("networks: {shippo: {api_token: t, key: 1}}", "networks.shippo.key: unknown; known are api_token"),
        ("networks: {shippo: {api_token: t, push_secret: short}}", "networks.shippo.push_secret: at least 16"),
        ("networks: {shippo: {api_token: t}}\nroutes: {ups: dhl}", "routes.ups: there is no network 'dhl'"),
        ("networks: {shippo: {api_token: t}}\nroutes: {upz: shippo}", "routes.upz: not default nor one of"),
        ("networks: [shippo]", "networks: a mapping is wanted here"),
        ("carriers: {}", "the file holds networks, routes and reached_at"),
        ("- a", "the file: a mapping is wanted here"),
        ("a: [", "this is not YAML"),
    ],
)
def test_a_mistake_is_told_with_its_field_and_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(UnableToReadNetworks) as told:
        read_networks(text)
    assert says in str(told.value)


def test_the_file_is_named_where_it_cannot_be_read(tmp_path: Path) -> None:
    assert networks_of(tmp_path).joined == {}
    (tmp_path / "carriers.yaml").write_text("networks: 7", encoding="utf-8")
    with pytest.raises(UnableToReadNetworks, match=r"carriers\.yaml: networks: a mapping"):
        networks_of(tmp_path)
