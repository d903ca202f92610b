"""A stand-in for JOS, the gateway of 京东: services in yuan and milliseconds, refunds of cancelled orders in fen and on the clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, json_reply
from amends.fakes.china import CHINA, china_clock
from amends.fakes.china_words import reason_words, yuan
from amends.fakes.market import Asked, SoldOrder
from amends.fakes.platform import PlatformFake

_SECRET: Final = "fake-jos-secret"
_LARGEST_PAGE: Final = 50
_STATUS: Final = {
    "requested": 10001,
    "awaiting_return": 10005,
    "returning": 10005,
    "awaiting_replacement": 10007,
    "replacement_sent": 10009,
    "refused": 10002,
    "stepped_in": 10041,
    "succeeded": 10010,
    "closed": 10011,
}
_CANCEL: Final = {"requested": 0, "refused": 2, "stepped_in": 19, "succeeded": 3, "closed": 11, "awaiting_return": 17}
_EXPECTS: Final = {
    "return_refund": (10, "退货"),
    "refund_only": (11, "仅退款"),
    "exchange": (20, "换货"),
    "repair": (30, "维修"),
    "resend": (80, "补发商品"),
}
Values = Mapping[str, Any]


class FakeJd(PlatformFake):
    """The fake. Cancelled orders' refunds are counted and listed apart from services."""

    name: ClassVar[str] = "jd"

    def config(self) -> dict[str, Any]:
        """What a shop is connected with."""
        return {
            "app_key": "fake-jos-key",
            "app_secret": _SECRET,
            "access_token": "fake-jos-token",
            "vender_id": "10086",
            "operator_pin": "fake-pin",
        }

    def order_number(self) -> str:
        """Twelve digits."""
        return str(109_113_048_299 + len(self.market.orders))

    def case_number(self) -> str:
        """Nine digits."""
        return str(724_578_811 + len(self.market.cases))

    def routes(self) -> list[Route]:
        """One address for all methods."""
        return [("POST", "/routerjson", self._called)]

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Throttled: an answer like any other. A fault: a page that is no JSON."""
        if status == 429:
            return _refused(2, "限制时间内调用失败次数")
        return Reply(status, b"<html>gateway fault</html>", {"Content-Type": "text/html"})

    def _called(self, call: Call) -> Reply:
        form, config = call.form(), self.config()
        if form.get("app_key") != config["app_key"]:
            return _refused(21, "无效app_key")
        if form.get("sign") != signature(form):
            return _refused(12, "无效签名")
        if form.get("access_token") != config["access_token"]:
            return _refused(19, f"token已过期或者不存在，请重新授权访问 {form.get('access_token')}")
        methods: dict[str, Callable[[Values], dict[str, Any]]] = {
            "jingdong.vender.shop.query": lambda values: {
                "shop_jos_result": {"vender_id": 10086, "shop_id": 1, "shop_name": "京东 测试店"}
            },
            "jingdong.asc.query.list": self._services,
            "jingdong.asc.serviceAndRefund.view": self._money,
            "jingdong.pop.afs.soa.refundapply.queryPageList": self._cancels,
        }
        work = methods.get(form.get("method", ""))
        if work is None:
            return _refused(15, "不存在的方法名")
        content = work(json.loads(form.get("360buy_param_json") or "{}"))
        return json_reply(200, {f"{form['method'].replace('.', '_')}_responce": {"code": "0", **content}})

    def _all(self, cancels: bool) -> list[Asked]:
        found = [case for case in self.market.cases.values() if (case.kind == "cancel") == cancels]
        return sorted(found, key=lambda case: (case.updated_at, case.number))

    def _services(self, values: Values) -> dict[str, Any]:
        found = self._all(cancels=False)
        if "serviceId" in values:
            found = [case for case in found if case.number == str(values["serviceId"])]
        if "updateTimeBegin" in values:
            since, until = seconds(values["updateTimeBegin"]), seconds(values["updateTimeEnd"])
            found = [case for case in found if since <= case.updated_at <= until]
        rows = [service(case, self.market.order(case.order)) for case in page(found, values, "pageNumber")]
        return {"pageResult": {"success": True, "code": "00000", "totalCount": len(found), "data": rows}}

    def _money(self, values: Values) -> dict[str, Any]:
        found = [case for case in self._all(cancels=False) if case.order == str(values.get("orderId"))]
        rows = [money(case) for case in page(found, values, "pageNumber")]
        return {"pageResult": {"success": True, "code": "00000", "totalCount": len(found), "data": rows}}

    def _cancels(self, values: Values) -> dict[str, Any]:
        found = self._all(cancels=True)
        if "ids" in values:
            found = [case for case in found if case.number in str(values["ids"]).split(",")]
        if "applyTimeStart" in values:
            since, until = seconds(values["applyTimeStart"]), seconds(values["applyTimeEnd"])
            found = [case for case in found if since <= case.asked_at <= until]
        if "checkTimeStart" in values:
            since, until = seconds(values["checkTimeStart"]), seconds(values["checkTimeEnd"])
            found = [case for case in found if case.standing != "requested" and since <= case.updated_at <= until]
        rows = [cancel(case) for case in page(found, values, "pageIndex")]
        return {"queryResult": {"success": True, "totalCount": len(found), "result": rows}}


def service(case: Asked, order: SoldOrder) -> dict[str, Any]:
    """A service as its list tells it."""
    line = order.lines[0]
    expects, name = _EXPECTS[case.kind]
    sent = case.waybill or ("SF0000000000001" if case.standing == "returning" else "")
    return {
        "serviceId": int(case.number),
        "applyId": int(case.number) - 1,
        "orderId": int(order.number),
        "customerExpect": expects,
        "customerExpectName": name,
        "serviceStatus": case.strange or _STATUS[case.standing],
        "applyTime": case.asked_at * 1000,
        "updateDate": case.updated_at * 1000,
        "skuId": int(line.id),
        "wareName": line.title,
        "serviceCount": line.quantity,
        "actualPayPrice": json.loads(yuan(order.paid)),
        "customerPin": "jd_fake",
        **({"expressCode": sent} if sent else {}),
    }


def money(case: Asked) -> dict[str, Any]:
    """What is told of a service's reason and refund."""
    bill = {
        "serviceId": int(case.number),
        "orderId": int(case.order),
        "applyReason": reason_words(case.reason),
        "questionDesc": case.text,
    }
    if not case.refund:
        return {"sameOrderServiceBill": bill}
    return {
        "sameOrderServiceBill": bill,
        "afsRefundId": int(case.number) + 1,
        "status": 13,
        "refoundAmount": yuan(case.amount),
        "completeTime": case.ended_at * 1000,
    }


def cancel(case: Asked) -> dict[str, Any]:
    """A refund of a cancelled order."""
    reviewed = {} if case.standing == "requested" else {"checkTime": china_clock(case.updated_at)}
    return {
        "id": case.number,
        "orderId": case.order,
        "status": case.strange or _CANCEL[case.standing],
        "applyRefundSum": str(case.amount),
        "applyTime": china_clock(case.asked_at),
        "buyerName": "王**",
        "reason": reason_words(case.reason),
        **reviewed,
    }


def signature(form: Mapping[str, str]) -> str:
    """JOS's signature of a form."""
    text = "".join(f"{name}{form[name]}" for name in sorted(form) if name != "sign")
    return hashlib.md5(f"{_SECRET}{text}{_SECRET}".encode(), usedforsecurity=False).hexdigest().upper()


def seconds(clock: object) -> int:
    """Seconds since 1970 of a time on Beijing's clock."""
    return int(datetime.strptime(str(clock), "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA).timestamp())


def page(found: list[Asked], values: Values, name: str) -> list[Asked]:
    """One page of them."""
    number, size = int(values.get(name, 1)), min(int(values.get("pageSize", 10)), _LARGEST_PAGE)
    return found[(number - 1) * size : number * size]


def _refused(code: int, words: str) -> Reply:
    return json_reply(200, {"error_response": {"code": str(code), "zh_desc": words, "en_desc": ""}})
