"""A stand-in for 微信小店: tokens, cases by windows of a day, yes and no as the documents have them, complaints, pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.ledger import Refund
from amends.fakes.market import Asked, UnableToDo
from amends.fakes.platform import PlatformFake
from amends.fakes.wechat_shop_shapes import (
    after_sale_order,
    complaint_of,
    complaint_order,
    order_of,
    status_of,
    type_of,
)

APP_ID: Final = "wxfake0000000001"
APP_SECRET: Final = "amends-fake-wechat-secret"
_DAY: Final = 86_400
_PAGE: Final = 100
_REASONS: Final = (
    {
        "reject_reason_type": 6,
        "reject_reason_type_text": "已协商取消申请",
        "reject_reason": "已与您沟通",
        "reject_scene": 1,
    },
    {
        "reject_reason_type": 4,
        "reject_reason_type_text": "商品影响二次销售",
        "reject_reason": "商品有使用痕迹",
        "reject_scene": 4,
    },
    {
        "reject_reason_type": 8,
        "reject_reason_type_text": "商品无货可换",
        "reject_reason": "暂无可换商品",
        "reject_scene": 5,
    },
    {
        "reject_reason_type": 9,
        "reject_reason_type_text": "退回商品不符",
        "reject_reason": "退回商品与原商品不符",
        "reject_scene": 6,
    },
)
_ACCEPTS: Final = {
    ("REFUND", "MERCHANT_PROCESSING", 2): "agree_refund",
    ("RETURN", "MERCHANT_WAIT_RECEIPT", 2): "agree_refund",
    ("RETURN", "MERCHANT_PROCESSING", 1): "agree_return",
    ("EXCHANGE", "MERCHANT_PROCESSING", 1): "agree_return",
}


class _NotSo(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class FakeWechatShop(PlatformFake):
    """微信小店 as far as after-sales go. `no_orders`: the app has no right to read orders."""

    name: ClassVar[str] = "wechat"
    no_orders = False

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        super().__init__(store, seed, latency_ms)
        self.token: str = self.shelf.get("keys", "token") or "fake-token-1"

    def config(self) -> dict[str, Any]:
        """The shop's own app and its token."""
        return {"app_id": APP_ID, "app_secret": APP_SECRET, "access_token": self.token}

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """Nothing is pushed."""
        return {}, b""

    def expire(self) -> None:
        """The access token runs out."""
        self.token = self.new_id("token-")
        self.shelf.keep("keys", "token", self.token)

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Too many calls are told with HTTP 200 and a code of their own."""
        if status == 429:
            return _no(45009, "reach max api daily quota limit")
        return json_reply(status, {"errcode": -1, "errmsg": message}, headers)

    def routes(self) -> list[Route]:
        """Cases, complaints, orders, pictures."""
        cases: dict[str, Callable[[Call, dict[str, Any]], Reply]] = {
            "getaftersalelist": self._list,
            "getaftersaleorder": lambda call, params: _ok({"after_sale_order": self._shown(self._of(params))}),
            "getcomplaintorder": self._complaint,
            "rejectreason/get": lambda call, params: _ok({"reason_list": list(_REASONS)}),
            "acceptapply": self._accept,
            "rejectapply": self._reject,
            "rejectexchangereship": self._reject,
            "acceptexchangereship": self._ship,
            "addcomplaintproof": self._prove,
        }
        return [
            ("POST", "/cgi-bin/stable_token", self._stable_token),
            (
                "GET",
                "/channels/ec/basics/info/get",
                self._let_in(lambda call, params: _ok({"info": {"nickname": "示例小店"}})),
            ),
            ("POST", "/channels/ec/order/get", self._let_in(self._order)),
            ("POST", "/shop/ec/basics/img/upload", self._let_in(self._picture)),
            *[("POST", f"/channels/ec/aftersale/{path}", self._let_in(work)) for path, work in cases.items()],
        ]

    def _let_in(self, work: Callable[[Call, dict[str, Any]], Reply]) -> Callable[[Call], Reply]:
        def handle(call: Call) -> Reply:
            if call.query.get("access_token") != self.token:
                return _no(42001, "access_token expired")
            try:
                is_form = call.headers.get("content-type", "").startswith("multipart/")
                return work(call, {} if is_form else call.json())
            except _NotSo as fault:
                return _no(fault.code, str(fault))
            except UnableToDo as fault:
                return _no(10020001, f"售后单状态不合法: {fault}")

        return handle

    def _stable_token(self, call: Call) -> Reply:
        params = call.json()
        if params.get("appid") != APP_ID:
            return _no(40013, "invalid appid")
        if params.get("secret") != APP_SECRET or params.get("grant_type") != "client_credential":
            return _no(40125, "invalid appsecret")
        return json_reply(200, {"access_token": self.token, "expires_in": 7200})

    def _list(self, call: Call, params: dict[str, Any]) -> Reply:
        since, until = params.get("begin_update_time"), params.get("end_update_time")
        if not isinstance(since, int) or not isinstance(until, int) or until - since > _DAY:
            raise _NotSo(10020004, "非法的时间区间，不得大于24小时")
        begin = int(params.get("next_key") or 0)
        found = [case.number for case in self.market.changed(since, until + 1)]
        more = len(found) > begin + _PAGE
        told = {"after_sale_order_id_list": found[begin : begin + _PAGE], "has_more": more}
        return _ok({**told, "next_key": str(begin + _PAGE) if more else ""})

    def _of(self, params: dict[str, Any]) -> Asked:
        case = self.market.cases.get(str(params.get("after_sale_order_id", "")))
        if case is None:
            raise _NotSo(10021050, "售后单不存在")
        return case

    def _refund(self, case: Asked) -> Refund | None:
        return self.ledger.get(case.refund) if case.refund else None

    def _shown(self, case: Asked) -> dict[str, Any]:
        return after_sale_order(case, self.market.order(case.order), self._refund(case))

    def _complaint(self, call: Call, params: dict[str, Any]) -> Reply:
        return _ok(complaint_order(self._complained(params)))

    def _complained(self, params: dict[str, Any]) -> Asked:
        for case in self.market.cases.values():
            if complaint_of(case) and complaint_of(case) == params.get("complaint_id"):
                return case
        raise _NotSo(10021500, "纠纷单号不存在")

    def _order(self, call: Call, params: dict[str, Any]) -> Reply:
        if self.no_orders:
            raise _NotSo(48001, "api unauthorized")
        order = self.market.orders.get(str(params.get("order_id", "")))
        if order is None:
            raise _NotSo(10020050, "无订单")
        return _ok({"order": order_of(order)})

    def _accept(self, call: Call, params: dict[str, Any]) -> Reply:
        case, accept = self._of(params), params.get("accept_type")
        action = _ACCEPTS.get(
            (type_of(case), status_of(case, self._refund(case)), accept if isinstance(accept, int) else 0)
        )
        if action is None:
            raise _NotSo(10021041, "当前售后单不支持此操作，请检查售后单状态")
        if action == "agree_return":
            if not params.get("address_id"):
                raise _NotSo(10021060, "缺少退货地址address_id参数")
            self.seller(case.number, action)
            return _ok({})
        if "refuse" in call.faults or case.amount > self.ledger.left(self.market.order(case.order).payment):
            raise _NotSo(10021046, "金额不足")
        self.pay_back(call, case, case.amount, "")
        self.seller(case.number, action)
        return _ok({})

    def _reject(self, call: Call, params: dict[str, Any]) -> Reply:
        case = self._of(params)
        if case.detail.get("must_talk_first"):
            raise _NotSo(10021068, "当前售后暂不支持直接拒绝，需先使用「售后协商」功能")
        if status_of(case, self._refund(case)) not in ("MERCHANT_PROCESSING", "MERCHANT_WAIT_RECEIPT"):
            raise _NotSo(10020001, "售后单状态不合法")
        if not isinstance(params.get("reject_reason_type"), int):
            raise _NotSo(9700224, "参数错误")
        case.detail["reject_reason"] = params.get("reject_reason", "")
        self.seller(case.number, "refuse")
        return _ok({})

    def _ship(self, call: Call, params: dict[str, Any]) -> Reply:
        case = self._of(params)
        if not params.get("waybill_id") or not params.get("delivery_id"):
            raise _NotSo(9700224, "参数错误")
        if case.kind == "exchange" and case.standing == "returning":
            self.seller(case.number, "received_for_exchange")
        values = {"replacement_carrier": params["delivery_id"], "replacement_waybill": params["waybill_id"]}
        self.seller(case.number, "ship_replacement", **values)
        return _ok({})

    def _picture(self, call: Call, params: dict[str, Any]) -> Reply:
        query = call.query
        by_address = query.get("upload_type") == "1" and bool(params.get("img_url"))
        by_bytes = (
            query.get("upload_type") == "0" and query.get("width", "").isdecimal() and b'name="media"' in call.body
        )
        if query.get("resp_type") != "0" or not (by_address or by_bytes):
            raise _NotSo(10020055, "参数有误")
        return _ok({"pic_file": {"media_id": self.new_id("media-"), "pay_media_id": ""}})

    def _prove(self, call: Call, params: dict[str, Any]) -> Reply:
        case = self._complained(params)
        if complaint_order(case)["status"] not in (106, 108):
            raise _NotSo(10021504, "不是待商家举证的状态，无法留言")
        if not 0 < len(str(params.get("content", ""))) <= 500:
            raise _NotSo(10021501, "单条留言文字数量过多")
        said = {
            "what": "give_evidence",
            "text": params["content"],
            "media": params.get("media_id_list", []),
            "at": self.now(),
        }
        case.said.append(said)
        case.deeds.append({"what": "give_evidence", "at": self.now()})
        self.market.save(case)
        return _ok({})


def _ok(content: dict[str, Any]) -> Reply:
    return json_reply(200, {"errcode": 0, "errmsg": "ok", **content})


def _no(code: int, message: str) -> Reply:
    return json_reply(200, {"errcode": code, "errmsg": message})
