"""A stand-in for POP, the gateway of 拼多多: signed forms in, lists in yuan, details in fen, and two ways of numbering kinds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, json_reply
from amends.fakes.china import china_clock
from amends.fakes.china_words import reason_words, yuan
from amends.fakes.market import Asked, SoldOrder, UnableToDo
from amends.fakes.platform import PlatformFake

_SECRET: Final = "fake-pop-secret"
_WIDEST: Final = 1800
_STATUS: Final = {
    "requested": 2,
    "awaiting_return": 7,
    "returning": 3,
    "refused": 6,
    "stepped_in": 8,
    "succeeded": 10,
    "closed": 11,
}
_SWAP: Final = {
    "requested": 14,
    "awaiting_return": 15,
    "returning": 14,
    "awaiting_replacement": 32,
    "replacement_sent": 18,
    "refused": 6,
    "stepped_in": 8,
    "succeeded": 16,
    "closed": 17,
}
_DETAIL: Final = {"cancel": 1, "refund_only": 1, "return_refund": 2, "exchange": 3, "resend": 4, "repair": 5}
_LISTED: Final = {"cancel": 2, "refund_only": 2, "return_refund": 3, "exchange": 4, "resend": 5, "repair": 6}


class FakePinduoduo(PlatformFake):
    """The fake. A case's number is that of its order and its own, since its detail is asked for by both."""

    name: ClassVar[str] = "pinduoduo"
    _about: str = "190228-355530178612389"

    def config(self) -> dict[str, Any]:
        """What a shop is connected with."""
        return {"client_id": "fake-client", "client_secret": _SECRET, "access_token": "fake-pop-token"}

    def order_number(self) -> str:
        """The day, then fifteen digits."""
        return f"{china_clock(self.now())[2:10].replace('-', '')}-{355_530_178_612_389 + len(self.market.orders):015d}"

    def case_number(self) -> str:
        """The order that is being asked about, and a number."""
        return f"{self._about}-{301_851_299 + len(self.market.cases)}"

    def ask(self, order: str, *given: Any, **more: Any) -> Asked:
        """See `PlatformFake`."""
        with self.lock:
            self._about = order
            return super().ask(order, *given, **more)

    def routes(self) -> list[Route]:
        """One address for all methods."""
        return [("POST", "/api/router", self._called)]

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Throttled: an answer like any other. A fault: a page that is no JSON."""
        if status == 429:
            return _refused(70031, "调用过于频繁，请调整调用频率")
        return Reply(status, b"<html>gateway fault</html>", {"Content-Type": "text/html"})

    def _called(self, call: Call) -> Reply:
        form = call.form()
        if form.get("client_id") != self.config()["client_id"]:
            return _refused(10016, "client下线或者clientId不正确")
        if form.get("sign") != signature(form):
            return _refused(20004, "签名sign校验失败")
        if form.get("access_token") != self.config()["access_token"]:
            return _refused(10019, "access_token已过期")
        if form.get("type") == "pdd.mall.info.get":
            return json_reply(200, {"mall_info_get_response": {"mall_id": 99, "mall_name": "拼多多 测试店"}})
        if form.get("type") == "pdd.refund.list.increment.get":
            return self._listed(form)
        if form.get("type") == "pdd.refund.information.get":
            return self._detail(form)
        return _refused(10017, "type不正确")

    def _listed(self, form: Mapping[str, str]) -> Reply:
        since, until = int(form["start_updated_at"]), int(form["end_updated_at"])
        page, size = int(form.get("page", "1")), int(form.get("page_size", "100"))
        if until - since > _WIDEST or not 1 <= size <= 100:
            return _refused(21001, "请求参数错误")
        found = self.market.changed(since, until + 1)
        rows = [listed(case, self.market.order(case.order)) for case in found[(page - 1) * size : page * size]]
        return json_reply(200, {"refund_increment_get_response": {"refund_list": rows, "total_count": len(found)}})

    def _detail(self, form: Mapping[str, str]) -> Reply:
        try:
            case = self.market.case(f"{form.get('order_sn')}-{form.get('after_sales_id')}")
        except UnableToDo:
            return _refused(50001, "业务服务错误", "45001", "订单不属于当前店铺或订单不存在")
        return json_reply(200, detail(case, self.market.order(case.order)))


def listed(case: Asked, order: SoldOrder) -> dict[str, Any]:
    """A row of the list: amounts in yuan, times on Beijing's clock."""
    return {
        "id": own_number(case),
        "order_sn": order.number,
        "after_sales_status": _status(case),
        "after_sales_type": _LISTED[case.kind],
        "after_sale_reason": reason_words(case.reason),
        "order_amount": yuan(order.paid),
        "refund_amount": yuan(case.amount),
        "goods_name": order.lines[0].title,
        "goods_number": str(order.lines[0].quantity),
        "created_time": china_clock(case.asked_at),
        "updated_time": china_clock(case.updated_at),
    }


def detail(case: Asked, order: SoldOrder) -> dict[str, Any]:
    """All of an after-sale: amounts in fen, times in milliseconds, wrapped in nothing."""
    swap = {"customer_send_back_trunk_number": case.waybill} if case.kind == "exchange" else None
    return {
        "id": own_number(case),
        "order_sn": order.number,
        "after_sales_status": _status(case),
        "after_sales_type": _DETAIL[case.kind],
        "after_sales_reason": reason_words(case.reason),
        "remark": case.text,
        "order_amount": order.paid,
        "refund_amount": case.amount,
        "goods_number": order.lines[0].quantity,
        "sku_id": order.lines[0].sku,
        "recreated_at": case.asked_at * 1000,
        "expire_time": case.deadline * 1000 if case.standing in ("requested", "returning") else None,
        "updated_time": china_clock(case.updated_at),
        "shipping_status": 1 if order.shipped_at else 0,
        "user_shipping_status": "2" if order.delivered_at else "1",
        "express_no": "" if case.kind == "exchange" else _waybill(case),
        "shipping_name": "顺丰速运" if case.waybill else "",
        "exchange_shipping_detail": swap,
        "join_or_not": "1" if case.standing == "stepped_in" else "0",
        "speed_refund_flag": 1 if case.by_itself == "fast_refund" else 0,
        "refund_operator_role": {"fast_refund": 4, "ruling": 3}.get(case.by_itself, 2 if case.refund else 0),
    }


def own_number(case: Asked) -> int:
    """The after-sale's own number, without its order's."""
    return int(case.number.rpartition("-")[2])


def signature(form: Mapping[str, str]) -> str:
    """POP's signature of a form."""
    text = "".join(f"{name}{form[name]}" for name in sorted(form) if name != "sign")
    return hashlib.md5(f"{_SECRET}{text}{_SECRET}".encode(), usedforsecurity=False).hexdigest().upper()


def _status(case: Asked) -> int | str:
    swap = case.kind in ("exchange", "resend", "repair")
    return case.strange or (_SWAP if swap else _STATUS)[case.standing]


def _waybill(case: Asked) -> str:
    return case.waybill or ("SF0000000000001" if case.standing == "returning" else "")


def _refused(code: int, message: str, sub_code: str | None = None, sub_msg: str = "") -> Reply:
    told = {
        "error_code": code,
        "error_msg": message,
        "sub_code": sub_code,
        "sub_msg": sub_msg,
        "request_id": "15440104776643887",
    }
    return json_reply(200, {"error_response": told})
