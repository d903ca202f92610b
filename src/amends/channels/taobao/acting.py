"""Doing on 淘宝 and 天猫 by calls: with the session of a sub-account, each call with the version that was decided on.

The case is always read first: what is done already is not done twice, what changed meanwhile is stale.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from amends.channels.kernel_by_person import careful, left_to_person, shown_by
from amends.channels.kernel_deeds import refused
from amends.channels.kernel_json import text
from amends.channels.taobao.doing import BY_CALLS, Talk, doing, wants_code
from amends.channels.taobao.messages import said_before
from amends.channels.taobao.reading import one
from amends.facts.channels import Access, UnableToTalk
from amends.facts.deeds import Deed, DeedReceipt
from amends.facts.platforms import ToldCase
from amends.facts.wire import Seal

_BY_HAND: Final = "请在平台后台处理，处理结果会自动读回 / a person does this on the console; what was done is read back"
_ON_WEB: Final = "平台要求在网页版处理（refund_onweb）/ the platform wants this case handled on its web page"
_NO_TALK: Final = "换货单的留言请在后台发送 / messages about exchanges are sent on the console"
_CHANGED: Final = "售后单已变化，请重新决定 / the case has changed since it was decided on"


def may_act(access: Access) -> bool:
    """Whether this shop is connected for acting by calls, and not for reading only."""
    return access.values.get("mode", "").strip().casefold() == "act"


def act(access: Access, deed: Deed, seal: Seal, name: str) -> Talk:
    """Look, then do. Left to a person where the shop is connected for reading only, and where the platform wants one."""
    return careful(_act(access, deed, seal, name))


def acted(access: Access, deed: Deed, seal: Seal, name: str) -> Talk:
    """What became of it, by the case as it stands now; of a message, by what was said."""
    return careful(_acted(access, deed, seal, name))


def _acted(access: Access, deed: Deed, seal: Seal, name: str) -> Talk:
    told = yield from one(access, deed.case, seal, name == "tmall")
    return (yield from _seen(access, deed, told, seal))


def _seen(access: Access, deed: Deed, told: ToldCase | None, seal: Seal) -> Talk:
    if told is None or deed.action != "message":
        return shown_by(deed, told)
    if "dispute_id" in told.raw:
        return DeedReceipt(
            "unknown", told.number, message="换货单的留言不读取 / what was said about an exchange is not read"
        )
    return (yield from said_before(access, deed, told, seal))


def _act(access: Access, deed: Deed, seal: Seal, name: str) -> Talk:
    told = yield from one(access, deed.case, seal, name == "tmall")
    seen = yield from _seen(access, deed, told, seal)
    if told is None or seen.outcome in ("done", "failed"):
        return seen
    stop = _stopped(access, deed, told, name)
    if stop is not None:
        return stop
    if seen.outcome != "absent":
        return DeedReceipt(
            "stale",
            told.number,
            code=told.status,
            message=f"售后单现为 {told.status}，请重新读取 / the case stands at {told.status} now",
        )
    return (yield from _sure(doing(access, deed, told, seal, name)))


def _stopped(access: Access, deed: Deed, told: ToldCase, name: str) -> DeedReceipt | None:
    """Why nothing is sent: a person is wanted, the case has changed, or the platform forbids it."""
    if deed.action not in BY_CALLS[name] or not may_act(access):
        return left_to_person(deed, _BY_HAND)
    if text(told.raw, "operation_contraint") == "refund_onweb":
        return left_to_person(deed, _ON_WEB)
    if deed.action == "message":
        return None if "refund_id" in told.raw else left_to_person(deed, _NO_TALK)
    if deed.version and told.version != deed.version:
        return DeedReceipt("stale", told.number, code=told.status, message=_CHANGED)
    if deed.action == "refuse" and text(told.raw, "operation_contraint") == "cannot_refuse":
        return DeedReceipt(
            "failed",
            told.number,
            code="cannot_refuse",
            message="平台不允许拒绝此单 / the platform allows no refusal here",
        )
    return None


def _sure(told: Talk) -> Talk:
    """What a call that was sent comes to: turned away at the gate it was surely not done; a fault over there says nothing."""
    try:
        return (yield from told)
    except UnableToTalk as fault:
        found = refused(fault, {})
        return replace(found, outcome="person") if found.outcome == "failed" and wants_code(str(fault)) else found
