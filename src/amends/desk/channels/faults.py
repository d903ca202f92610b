"""What goes wrong with connections, in words for people."""

from __future__ import annotations

from typing import Final

from amends.desk.settings.gate import UnableToSet
from amends.facts.channel_intake import Fault
from amends.facts.channels import UnableToTalk
from amends.facts.wire import UnableToReach

_WORDS: Final = {
    "throttled": ("平台要求放慢请求", "the platform asks us to slow down"),
    "keys": ("平台不接受我们的密钥", "the platform refuses our keys"),
    "down": ("平台出现故障", "the platform has a fault of its own"),
    "strange": ("平台的答复无法理解", "the platform's answer cannot be understood"),
    "missing": ("平台没有这个接口或对象", "the platform knows no such thing"),
    "refused": ("平台拒绝了请求", "the platform refuses the request"),
    "reach": ("无法连接到平台", "the platform cannot be reached"),
}


class UnableToConnect(UnableToSet):
    """A connection cannot be made or changed so. `says` tells why and what would be right; `field` names the setting at fault.

    `why`: of a test call, what `amends.facts.channels.WhyNot` says, or ``reach``.
    """

    def __init__(self, en: str, zh: str, field: str = "", why: str = "") -> None:
        super().__init__(en, zh, field)
        self.why = why


def no_connection(number: object) -> UnableToConnect:
    """There is none, or it is another merchant's, which is the same to whoever asks."""
    return UnableToConnect(f"There is no connection {number}.", f"没有编号为 {number} 的店铺连接。")


def fault_of(fault: Exception) -> Fault:
    """What a failed talk means, in words. Anything unexpected is the channel's own defect and counts as a strange answer."""
    if isinstance(fault, UnableToTalk):
        return worded(fault.why, f"{fault.code} {fault}".strip(), fault.retry_after)
    if isinstance(fault, UnableToReach):
        return worded("reach", str(fault))
    return worded("strange", f"{type(fault).__name__}: {fault}")


def worded(why: str, detail: str, retry_after: int | None = None) -> Fault:
    """A fault in both languages, with the platform's own words behind it."""
    zh, en = _WORDS[why]
    said = detail.strip()[:300]
    return Fault(why, f"{zh}：{said}" if said else zh, f"{en}: {said}" if said else en, retry_after)
