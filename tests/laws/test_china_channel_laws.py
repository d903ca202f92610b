"""Whatever 抖店 or 微信小店 answers: a case that can be read, a refusal that says why, or a fault that says what; never a stumble."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.channels.douyin.channel import Douyin
from amends.channels.wechat.channel import Wechat
from amends.facts.channels import Access, Channel, UnableToTalk
from amends.facts.deeds import ACTIONS, Action, Deed
from amends.facts.imported import CaseMade, ShopSetting
from amends.facts.read_case import read_case
from amends.facts.wire import UnableToTrustNotice
from tests.rooms.channels.scripted import AT, SEAL, said

HERE = Path(__file__).resolve().parents[1] / "rooms" / "channels" / "payloads"
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
    st.just([None, 1, "x", [], {}]), st.just({"a": {"b": []}}), st.just("9" * 400), st.just("٣"), st.just("\ud800"),
)  # fmt: skip


def payload(name: str) -> Any:
    return json.loads((HERE / name).read_text("utf-8"))


def places(found: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a payload."""
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [*([way] if way else []), *[deeper for key, value in items for deeper in places(value, (*way, key))]]


def with_junk(found: Any, spoilt: list[tuple[int, Any]]) -> Any:
    """The payload with some of its values replaced."""
    changed = copy.deepcopy(found)
    for pick, junk in spoilt:
        ways = places(changed)
        way = ways[pick % len(ways)]
        at = changed
        for key in way[:-1]:
            at = at[key]
        at[way[-1]] = copy.deepcopy(junk)
    return changed


def ok(data: Any) -> dict[str, Any]:
    return {"code": 10000, "log_id": "L", "data": data}


KEYS = {"app_key": "1", "app_id": "1", "app_secret": "s", "shop_id": "7", "access_token": "t"}
PLATFORMS: dict[str, tuple[Channel, str, Any, Any]] = {
    "douyin": (Douyin(), "6986853269519810849", ok(payload("douyin_detail.json")), ok(payload("douyin_order.json"))),
    "wechat": (Wechat(), "2000001077270153", payload("wechat_case.json"), payload("wechat_order.json")),
}
SPOILT = st.lists(st.tuples(st.integers(0, 10_000), JUNK), max_size=4)


def access(name: str) -> Access:
    return Access(ShopSetting("s", name), "https://api.example", KEYS)


def answered(told: Any, *answers: Any) -> Any:
    """The result of a talk that may end before all answers were asked for."""
    left = list(answers)
    while left:
        try:
            return said(told(), *left)[0]
        except AssertionError:
            left.pop()
        except IndexError:
            return None
    return None


@pytest.mark.parametrize("name", sorted(PLATFORMS))
@given(case=SPOILT, order=SPOILT)
def test_whatever_a_case_looks_like_it_is_told_or_refused(name: str, case: Any, order: Any) -> None:
    channel, number, whole_case, whole_order = PLATFORMS[name]
    answers = (with_junk(whole_case, case), with_junk(whole_order, order))
    try:
        told = answered(lambda: channel.one(access(name), number, SEAL), *answers)
    except UnableToTalk:
        return
    if told is not None and isinstance(told.made, CaseMade):
        read_case(told.made.case)
        assert (told.standing is None) == any(alarm.code == "status_unknown" for alarm in told.alarms)
        assert len(told.status) <= 80
        assert len(told.by_itself) <= 40


@pytest.mark.parametrize("name", sorted(PLATFORMS))
@given(action=st.sampled_from(ACTIONS), case=SPOILT, more=SPOILT)
def test_whatever_is_answered_to_a_deed_is_a_receipt(name: str, action: Action, case: Any, more: Any) -> None:
    channel, number, whole_case, _ = PLATFORMS[name]
    deed = Deed("k", action, number, version="", reason="1", text="x", address="1", carrier="SF", waybill="1")
    second = with_junk(ok({"items": [{"status_code": 0}], "intercept_results": [{}]}) | {"errcode": 0}, more)
    answers = (with_junk(whole_case, case), second, second)
    for told in (channel.act, channel.acted):
        receipt = answered(lambda told=told: told(access(name), deed, SEAL), *answers)  # type: ignore[misc]
        assert receipt is None or receipt.outcome


@given(st.binary(max_size=200))
def test_whatever_is_pushed_is_not_trusted_without_its_signature(body: bytes) -> None:
    with pytest.raises(UnableToTrustNotice):
        Douyin().pushed(access("douyin"), {"event-sign": "0" * 32}, body, AT)
