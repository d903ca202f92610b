"""A stand-in for 抖店: signed calls, one envelope for all answers, cases by window and one by one, operate with its lock, pushes."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, Told, json_reply
from amends.fakes.douyin_operate import REFUSALS, NotSo, carry_out, check
from amends.fakes.douyin_shapes import detail, list_item, order_detail, status_of, type_of
from amends.fakes.ledger import Refund
from amends.fakes.market import Asked, UnableToDo
from amends.fakes.platform import PlatformFake

APP_KEY: Final = "7000000000000000001"
APP_SECRET: Final = "amends-fake-app-secret"
SHOP_ID: Final = "60000001"
_MOST_ITEMS: Final = 20
_TAGS: Final[dict[str, tuple[str, ...]]] = {
    "ask": ("200",),
    "agree_refund": ("201", "206"),
    "agree_return": ("202",),
    "agree_resend": ("227",),
    "send_back": ("203",),
    "refuse": ("204",),
    "withdraw": ("207",),
    "run_out": ("207",),
    "ask_again": ("208",),
    "ship_replacement": ("211",),
    "step_in": ("212",),
    "rule_for_buyer": ("216",),
    "rule_for_merchant": ("216",),
}


class FakeDouyin(PlatformFake):
    """抖店 as far as after-sales go. `no_orders`: the app has no right to read orders."""

    name: ClassVar[str] = "douyin"
    no_orders = False

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        super().__init__(store, seed, latency_ms)
        self.tokens: dict[str, str] = self.shelf.get("keys", "tokens") or {
            "access": "fake-access-1",
            "refresh": "fake-refresh-1",
        }

    def config(self) -> dict[str, Any]:
        """An own-use app and its tokens."""
        return {
            "app_key": APP_KEY,
            "app_secret": APP_SECRET,
            "shop_id": SHOP_ID,
            "access_token": self.tokens["access"],
            "refresh_token": self.tokens["refresh"],
        }

    def kind_in(self, standing: str) -> str:
        """An exchange waits for its parcel in the same status as a return; only a resend has one of its own."""
        return "resend" if standing == "awaiting_replacement" else super().kind_in(standing)

    def routes(self) -> list[Route]:
        """Everything is posted to a path that names the method."""
        methods: dict[str, Callable[[Call, dict[str, Any]], Reply]] = {
            "afterSale/List": self._list,
            "afterSale/Detail": self._detail,
            "afterSale/operate": self._operate,
            "afterSale/rejectReasonCodeList": lambda call, params: _ok({"items": list(REFUSALS)}),
            "afterSale/submitEvidence": self._evidence,
            "afterSale/addOrderRemark": self._remark,
            "afterSale/applyLogisticsIntercept": self._intercept,
            "afterSale/fillLogistics": self._fill_logistics,
            "order/orderDetail": self._order,
            "token/create": self._token_create,
            "token/refresh": self._token_refresh,
        }
        return [("POST", f"/{path}", self._signed(path, work)) for path, work in methods.items()]

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Too many calls are told with HTTP 200 and code 60000, as nearly everything is."""
        if status == 429:
            return _no(60000, "isv.traffic-limited", "请求过于频繁")
        return json_reply(status, _envelope(20000, "isp.service-error:10000", message, None), headers)

    def expire(self) -> None:
        """The access token runs out."""
        self._keep_tokens({"access": self.new_id("access-"), "refresh": self.tokens["refresh"]})

    def _keep_tokens(self, tokens: dict[str, str]) -> None:
        self.tokens = tokens
        self.shelf.keep("keys", "tokens", tokens)

    def _signed(self, path: str, work: Callable[[Call, dict[str, Any]], Reply]) -> Callable[[Call], Reply]:
        method, is_token = path.replace("/", "."), path.startswith("token/")

        def handle(call: Call) -> Reply:
            query, body = call.query, call.body.decode("utf-8", errors="replace")
            told = f"app_key{query.get('app_key')}method{query.get('method')}param_json{body}timestamp{query.get('timestamp')}v2"
            sealed = f"{APP_SECRET}{told}{APP_SECRET}".encode()
            sign = hmac.new(APP_SECRET.encode(), sealed, hashlib.sha256).hexdigest()
            if query.get("app_key") != APP_KEY or query.get("method") != method:
                return _no(40003, "isv.app-id-invalid", "app_key或method不正确")
            if not hmac.compare_digest(sign, query.get("sign", "")):
                return _no(40003, "isv.signature-invalid", "签名校验失败")
            if not is_token and query.get("access_token") != self.tokens["access"]:
                return _no(40003, "isv.access-token-expired", "access_token已过期")
            try:
                return work(call, call.json())
            except NotSo as fault:
                code = 20000 if fault.sub_code.startswith("isp") else 40004 if "parameter" in fault.sub_code else 50002
                return _no(code, fault.sub_code, str(fault))
            except UnableToDo as fault:
                return _no(50002, "isv.business-failed:20309541", str(fault))

        return handle

    def _token_create(self, call: Call, params: dict[str, Any]) -> Reply:
        if params.get("grant_type") != "authorization_self" or str(params.get("shop_id")) != SHOP_ID:
            return _no(50002, "isv.business-failed:31009", "生成token失败")
        return self._fresh_tokens()

    def _token_refresh(self, call: Call, params: dict[str, Any]) -> Reply:
        if params.get("refresh_token") != self.tokens["refresh"]:
            return _no(50001, "dop.token-generate-failed:token-invalid", "生成token失败，token不存在")
        return self._fresh_tokens()

    def _fresh_tokens(self) -> Reply:
        self._keep_tokens({"access": self.new_id("access-"), "refresh": self.new_id("refresh-")})
        told = {"access_token": self.tokens["access"], "refresh_token": self.tokens["refresh"], "expires_in": 604_800}
        return _ok({**told, "shop_id": SHOP_ID, "shop_name": "示例旗舰店"})

    def _list(self, call: Call, params: dict[str, Any]) -> Reply:
        size, page = int(params.get("size", 0)), int(params.get("page", -1))
        if not 0 < size <= 100 or page < 0 or params.get("order_by") != ["update_time asc"]:
            return _no(40004, "isv.parameter-invalid:11000", "参数错误")
        found = self.market.changed(int(params["update_start_time"]), int(params["update_end_time"]) + 1)
        shown = found[page * size : (page + 1) * size]
        items = [list_item(case, self.market.order(case.order), self._refund(case)) for case in shown]
        more = len(found) > (page + 1) * size
        return _ok({"items": items, "has_more": more, "total": len(found), "page": page, "size": size})

    def _detail(self, call: Call, params: dict[str, Any]) -> Reply:
        case = self.market.cases.get(str(params.get("after_sale_id", "")))
        if case is None:
            return _no(40004, "isv.parameter-invalid:11000", "参数错误，售后单ID错误")
        return _ok(detail(case, self.market.order(case.order), self._refund(case)))

    def _order(self, call: Call, params: dict[str, Any]) -> Reply:
        if self.no_orders:
            return _no(30001, "isv.app-permissions-insufficient", "应用无此接口权限")
        order = self.market.orders.get(str(params.get("shop_order_id", "")))
        if order is None:
            return _no(40004, "isv.parameter-invalid:20014", "查询订单不存在")
        return _ok({"shop_order_detail": order_detail(order)})

    def _operate(self, call: Call, params: dict[str, Any]) -> Reply:
        code, items = params.get("type"), params.get("items")
        if not isinstance(code, int) or not isinstance(items, list) or not 0 < len(items) <= _MOST_ITEMS:
            return _no(40004, "isv.parameter-invalid:11000", "参数错误")
        if "refuse" in call.faults:
            raise NotSo("isv.business-failed:11005", "操作失败：账户余额不足")
        checked = [(item, check(self, code, item)) for item in items]  # all or none
        notices, results = [], []
        for item, case in checked:
            done, what = carry_out(self, call, code, item, case)
            notices += self.told_case(done, what)
            results.append({"aftersale_id": int(case.number), "status_code": 0, "status_msg": "success"})
        return _ok({"items": results}, tuple(notices))

    def _evidence(self, call: Call, params: dict[str, Any]) -> Reply:
        case = self._of(params.get("aftersale_id"))
        urls = params.get("evidence") or []
        if case.standing != "stepped_in" or not 0 < len(urls) <= 4:
            raise NotSo("isv.business-failed:12001", "当前操作不支持")
        self._noted(case, "give_evidence", params.get("comment", ""), urls)
        return _ok({}, tuple(self._told(case, "214")))

    def _remark(self, call: Call, params: dict[str, Any]) -> Reply:
        if not params.get("remark"):
            raise NotSo("isv.business-failed:11000", "未填写备注")
        self._noted(self._of(params.get("after_sale_id")), "note", params["remark"], [])
        return _ok({})

    def _intercept(self, call: Call, params: dict[str, Any]) -> Reply:
        case, targets = self._of(params.get("after_sale_id")), params.get("intercept_targets") or []
        waybill = self.market.order(case.order).waybill
        again = any(deed["what"] == "intercept" for deed in case.deeds)
        fits = bool(targets) and all(target.get("tracking_no") == waybill for target in targets)
        if fits and not again:
            self._noted(case, "intercept", "", [])
        result = {
            "tracking_no": waybill,
            "is_success": fits and not again,
            "unavailable_reason": "已发起过拦截" if again else "",
        }
        return _ok({"intercept_results": [result], "success_count": int(fits and not again)})

    def _fill_logistics(self, call: Call, params: dict[str, Any]) -> Reply:
        case = self._of(params.get("aftersale_id"))
        if params.get("send_type") != {"resend": 1, "repair": 4}.get(case.kind):
            raise NotSo("isv.business-failed:12001", "当前操作不支持")
        values = {"replacement_carrier": params.get("company_code"), "replacement_waybill": params.get("tracking_no")}
        return _ok(
            {}, tuple(self.told_case(self.seller(case.number, "ship_replacement", **values), "ship_replacement"))
        )

    def _of(self, number: object) -> Asked:
        case = self.market.cases.get(str(number))
        if case is None:
            raise NotSo("isv.business-failed:11003", "该售后单不存在")
        return case

    def _noted(self, case: Asked, what: str, text: str, urls: list[str]) -> None:
        case.said.append({"what": what, "text": text, "urls": urls, "at": self.now()})
        case.deeds.append({"what": what, "at": self.now()})
        self.market.save(case)

    def _refund(self, case: Asked) -> Refund | None:
        return self.ledger.get(case.refund) if case.refund else None

    # Pushes.

    def told_case(self, case: Asked, what: str) -> list[Told]:
        """By the number of the event; an event without a number is not pushed."""
        tags = ("205",) if what == "refuse" and case.kind != "refund_only" else _TAGS.get(what, ())
        return [told for tag in tags for told in self._told(case, tag)]

    def _told(self, case: Asked, tag: str) -> list[Told]:
        order = self.market.order(case.order)
        content = {
            "shop_id": int(SHOP_ID),
            "p_id": int(order.number),
            "s_id": int(order.lines[0].id),
            "aftersale_id": int(case.number),
            "aftersale_status": status_of(case),
            "aftersale_type": type_of(case),
            "refund_amount": case.amount,
            "update_time": case.updated_at,
        }
        return [Told(self.new_id("msg"), tag, content)]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """A list of one message, signed over its bytes."""
        data = json.dumps(told.content, separators=(",", ":"))
        body = json.dumps([{"tag": told.kind, "msg_id": told.id, "data": data}], separators=(",", ":")).encode()
        secret = "wrong" if wrong else APP_SECRET
        sign = hashlib.md5(APP_KEY.encode() + body + secret.encode(), usedforsecurity=False).hexdigest()
        return {"app-id": APP_KEY, "event-sign": sign, "Content-Type": "application/json"}, body


def _envelope(code: int, sub_code: str, message: str, data: Any) -> dict[str, Any]:
    said = {"code": code, "msg": "success" if code == 10000 else message, "sub_code": sub_code, "sub_msg": message}
    return {**said, "log_id": "20260101000000FAKE", "data": data}


def _ok(data: Any, notices: tuple[Told, ...] = ()) -> Reply:
    return json_reply(200, _envelope(10000, "", "", data), notices=notices)


def _no(code: int, sub_code: str, message: str) -> Reply:
    return json_reply(200, _envelope(code, sub_code, message, None))
