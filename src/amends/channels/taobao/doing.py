"""The calls that do something on 淘宝 and 天猫, and what their answers mean."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Final

from amends.basics.money import write_minor
from amends.channels.kernel_by_person import left_to_person
from amends.channels.kernel_china import fen_of_yuan, rows_of
from amends.channels.kernel_json import part, text
from amends.channels.taobao.messages import say
from amends.channels.taobao.top import call
from amends.facts.channels import Access
from amends.facts.deeds import Action, Deed, DeedFile, DeedReceipt
from amends.facts.platforms import ToldCase
from amends.facts.wire import Seal, WireAnswer, WireRequest

Talk = Generator[WireRequest, WireAnswer, DeedReceipt]
CAP: Final = {"taobao": 600_000, "tmall": 1_000_000}
"""What one call may pay back, in fen."""
LARGEST_PROOF: Final = 130_000
PROOF_KINDS: Final = frozenset({"image/jpeg", "image/png", "image/gif"})
OPERATOR: Final = "operator_session"
_SMS: Final = ("短信", "验证码", "手机", "verify code", "verification code")
BY_CALLS: Final[Mapping[str, frozenset[Action]]] = {
    "taobao": frozenset({"agree_refund", "agree_return", "refuse", "message"}),
    "tmall": frozenset({"agree_refund", "agree_return", "refuse", "message", "ship_replacement"}),
}


def doing(access: Access, deed: Deed, told: ToldCase, seal: Seal, name: str) -> Talk:
    """The talk that carries a deed out."""
    exchange = "dispute_id" in told.raw
    if deed.action == "agree_refund":
        return (
            left_now(deed, "换货单不能由接口退款 / an exchange is not paid back by a call")
            if exchange
            else _pay(access, deed, told, seal, name)
        )
    if deed.action == "agree_return":
        return _agree_exchange(access, deed, seal) if exchange else _agree_return(access, deed, told, seal, name)
    if deed.action == "refuse":
        return _refuse_exchange(access, deed, seal) if exchange else _refuse(access, deed, told, seal, name)
    if deed.action == "ship_replacement":
        return (
            _ship(access, deed, seal)
            if exchange
            else left_now(deed, "只有换货单可由接口发货 / only an exchange is shipped by a call")
        )
    return say(access, deed, told, seal)


def left_now(deed: Deed, why: str) -> Talk:
    """A talk without calls that leaves a deed to a person."""
    yield from ()
    return left_to_person(deed, why)


def wants_code(words: str) -> bool:
    """Whether the platform has sent a code to the seller's phone and waits for it."""
    return any(word in words for word in _SMS)


def _pay(access: Access, deed: Deed, told: ToldCase, seal: Seal, name: str) -> Talk:
    wanted = text(told.raw, "refund_fee")
    if deed.amount is None or deed.amount != fen_of_yuan(wanted):
        return left_to_person(
            deed, f"平台只按申请金额 {wanted} 元退款，其他金额请在后台协商 / it pays what was asked, no other amount"
        )
    most = write_minor(CAP[name], 2)
    if deed.amount > CAP[name]:
        return left_to_person(deed, f"接口单次最多退 {most} 元 / one call pays back at most {most} yuan")
    phase = text(told.raw, "refund_phase")
    if name == "tmall":
        review = {
            "refund_id": told.number,
            "operator": access.values.get("operator", "") or "amends",
            "refund_phase": phase,
            "refund_version": told.version,
            "result": "true",
            "message": (deed.text or "同意退款")[:200],
        }
        passed = yield from call(access, seal, "taobao.rp.refund.review", review)
        if not _is_true(passed.get("is_success")):
            return DeedReceipt(
                "failed", told.number, code="review", message="平台未受理审核 / the platform did not take in the review"
            )
    infos = [told.number, str(deed.amount), told.version, *([phase] if name == "tmall" else [])]
    values = {"refund_infos": "|".join(infos)}
    found = yield from call(access, seal, "taobao.rp.refunds.agree", values, session=_session(access))
    return _paid(deed, told, found)


def _paid(deed: Deed, told: ToldCase, found: Mapping[str, Any]) -> DeedReceipt:
    mine = [row for row in rows_of(found, "results", "refund_mapping_result") if text(row, "refund_id") == told.number]
    row = mine[0] if mine else {}
    words = text(row, "message") or text(found, "message")
    code = text(found, "msg_code")
    if _is_true(row.get("succ", found.get("succ"))):
        return DeedReceipt("done", told.number, deed.amount, "CNY", code, words)
    if not row and "succ" not in found:
        return DeedReceipt(
            "unknown",
            told.number,
            code=code,
            message="平台未说明是否已退款 / the answer does not say whether it was paid",
        )
    return DeedReceipt("person" if wants_code(words) else "failed", told.number, code=code, message=words)


def _agree_return(access: Access, deed: Deed, told: ToldCase, seal: Seal, name: str) -> Talk:
    if not deed.address:
        return left_to_person(
            deed, "缺少退货地址编号 seller_address_id / the return address's number over there is needed"
        )
    values = {"refund_id": told.number, "seller_address_id": deed.address}
    if name == "tmall":
        phase = text(told.raw, "refund_phase")
        values |= {"remark": deed.text[:200], "refund_phase": phase, "refund_version": told.version}
    found = yield from call(access, seal, "taobao.rp.returngoods.agree", values, session=_session(access))
    return _whether(told.number, found, found.get("is_success"))


def _refuse(access: Access, deed: Deed, told: ToldCase, seal: Seal, name: str) -> Talk:
    proofs = [file for file in deed.files if file.kind in PROOF_KINDS and 0 < len(file.content) <= LARGEST_PROOF]
    if name == "tmall" and not proofs:
        said = "天猫拒绝退款须附凭证 / a refusal on Tmall needs a picture as proof (jpg, png or gif, at most 130 kB)"
        return DeedReceipt("failed", told.number, code="refuse_proof", message=said)
    if len(deed.text.strip()) < 2:
        return DeedReceipt(
            "failed",
            told.number,
            code="refuse_message",
            message="拒绝说明须为 2 到 200 字 / say why in 2 to 200 characters",
        )
    values = {
        "refund_id": told.number,
        "refuse_message": deed.text.strip()[:200],
        "refund_phase": text(told.raw, "refund_phase"),
        "refund_version": told.version,
        "refuse_reason_id": deed.reason,
    }
    files: dict[str, DeedFile] = {"refuse_proof": proofs[0]} if proofs else {}
    found = yield from call(access, seal, "taobao.refund.refuse", values, session=_session(access), files=files)
    return _whether(told.number, found, found.get("is_success"))


def _agree_exchange(access: Access, deed: Deed, seal: Seal) -> Talk:
    values = {"dispute_id": deed.case, "address_id": deed.address, "leave_message": deed.text[:200]}
    found = yield from call(access, seal, "tmall.exchange.agree", values, session=_session(access))
    return _whether(deed.case, found, part(found, "result", "success"))


def _refuse_exchange(access: Access, deed: Deed, seal: Seal) -> Talk:
    values = {"dispute_id": deed.case, "seller_refuse_reason_id": deed.reason, "leave_message": deed.text[:200]}
    proofs = [file for file in deed.files if file.kind in PROOF_KINDS and 0 < len(file.content) <= LARGEST_PROOF]
    files = {"leave_message_pics": proofs[0]} if proofs else {}
    found = yield from call(access, seal, "tmall.exchange.refuse", values, session=_session(access), files=files)
    return _whether(deed.case, found, part(found, "result", "success"))


def _ship(access: Access, deed: Deed, seal: Seal) -> Talk:
    values = {
        "dispute_id": deed.case,
        "logistics_no": deed.waybill,
        "logistics_type": "200",
        "logistics_company_name": deed.carrier,
    }
    found = yield from call(access, seal, "tmall.exchange.consigngoods", values, session=_session(access))
    return _whether(deed.case, found, part(found, "result", "success"))


def _whether(number: str, found: Mapping[str, Any], success: object) -> DeedReceipt:
    words = text(found, "message") or text(part(found, "result") or {}, "message")
    if _is_true(success):
        return DeedReceipt("done", number, message=words)
    if success is None:
        return DeedReceipt(
            "unknown", number, message="平台未说明是否已完成 / the answer does not say whether it was done"
        )
    return DeedReceipt("failed", number, code=text(part(found, "result") or {}, "msg_code"), message=words)


def _session(access: Access) -> str:
    """The sub-account's session where there is one: money may be agreed to by sub-accounts only."""
    return OPERATOR if access.values.get(OPERATOR) else "session"


def _is_true(value: object) -> bool:
    return value is True or str(value).lower() == "true"
