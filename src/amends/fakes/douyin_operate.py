"""What `afterSale.operate` lets happen: which code for which kind in which state, and what each must carry."""

from __future__ import annotations

from typing import Any, Final

from amends.fakes.calls import Call
from amends.fakes.douyin_shapes import status_of, type_of
from amends.fakes.market import Asked
from amends.fakes.platform import PlatformFake

_ALLOWED: Final[dict[int, tuple[str, int, tuple[int, ...]]]] = {
    101: ("agree_return", 0, (6, 27)),
    102: ("refuse", 0, (6,)),
    111: ("agree_refund", 0, (7, 11, 29)),
    112: ("refuse", 0, (11,)),
    121: ("agree_refund", 0, (6, 27)),
    201: ("agree_refund", 1, (6, 27)),
    202: ("refuse", 1, (6,)),
    301: ("agree_return", 3, (6, 27)),
    302: ("refuse", 3, (6,)),
    311: ("ship_replacement", 3, (7, 11, 29)),
    312: ("refuse", 3, (11,)),
    321: ("agree_refund", 3, (6, 7, 11, 29)),
    401: ("agree_refund", 2, (6,)),
    501: ("agree_return", 7, (6, 27)),
    502: ("refuse", 7, (6,)),
    601: ("agree_return", 8, (6, 27)),
    603: ("refuse", 8, (6,)),
    612: ("refuse", 8, (11,)),
}
_WANTS_ADDRESS: Final = (101, 301, 601)
REFUSALS: Final = (
    {
        "reject_reason_code": 1,
        "reason": "商品不影响二次销售，买家未举证",
        "evidence_need": "N",
        "evidence_description": "",
    },
    {"reject_reason_code": 7, "reason": "买家已签收", "evidence_need": "Y", "evidence_description": "请上传签收底单"},
)


class NotSo(Exception):
    """A business refusal: the sub code and what it says."""

    def __init__(self, sub_code: str, message: str) -> None:
        super().__init__(message)
        self.sub_code = sub_code


def check(fake: PlatformFake, code: int, item: dict[str, Any]) -> Asked:
    """The case of an item on which this code may be used now. Raises `NotSo`; changes nothing."""
    case = fake.market.cases.get(str(item.get("aftersale_id", "")))
    if case is None or not isinstance(item.get("aftersale_id"), str):
        raise NotSo("isp.service-error:10000", "存在无效的售后单")
    action, kind, statuses = _ALLOWED.get(code, ("", -1, ()))
    version = item.get("update_time")
    if version not in (None, 0, case.updated_at):
        raise NotSo("isv.business-failed:20309541", "售后单已变更")
    if kind != type_of(case) or status_of(case) not in statuses:
        raise NotSo("isv.business-failed:20309541", "售后状态错误")
    if case.detail.get("by_person"):
        raise NotSo("isv.business-failed:11001", "11001:暂不支持通过OPEN处理，请登录抖店后台人工审核售后单")
    _check_carried(code, action, item)
    left = fake.ledger.left(fake.market.order(case.order).payment)
    if action == "agree_refund" and case.amount > left:
        raise NotSo("isv.business-failed:11005", "操作失败：可退金额不足")
    return case


def _check_carried(code: int, action: str, item: dict[str, Any]) -> None:
    logistics = item.get("logistics") or {}
    if action == "refuse":
        chosen = next((one for one in REFUSALS if one["reject_reason_code"] == item.get("reject_reason_code")), None)
        if chosen is None or not item.get("reason") or not item.get("remark"):
            raise NotSo("isv.parameter-invalid:11000", "参数错误，拒绝原因必填")
        if chosen["evidence_need"] == "Y" and not item.get("evidence"):
            raise NotSo("isv.parameter-invalid:11000", "参数错误，凭证必填")
    if code in _WANTS_ADDRESS and not isinstance(logistics.get("receiver_address_id"), int):
        raise NotSo("isv.parameter-invalid:11000", "参数错误，收货地址必填")
    if code == 311 and not (logistics.get("company_code") and logistics.get("logistics_code")):
        raise NotSo("isv.parameter-invalid:11000", "参数错误，物流单号必填")


def carry_out(fake: PlatformFake, call: Call, code: int, item: dict[str, Any], case: Asked) -> tuple[Asked, str]:
    """Do what was checked; returns the case and what happened to it."""
    action, logistics = _ALLOWED[code][0], item.get("logistics") or {}
    if action == "agree_refund":
        fake.pay_back(call, case, case.amount, "")
        return fake.seller(case.number, "agree_refund"), action
    if action == "agree_return":
        case.detail["address"] = logistics.get("receiver_address_id", 0)
        return fake.seller(case.number, action), action
    if action == "ship_replacement":
        if case.standing == "returning":
            fake.seller(case.number, "received_for_exchange")
        values = {
            "replacement_carrier": logistics["company_code"],
            "replacement_waybill": logistics["logistics_code"],
        }
        return fake.seller(case.number, action, **values), action
    return fake.seller(case.number, action), action
