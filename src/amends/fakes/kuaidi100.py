"""A stand-in for 快递100: questions with their lock, subscriptions that push signed forms, interceptions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from amends.fakes.calls import Call, Reply, Route, Told, UnableToUnderstand, json_reply
from amends.fakes.kuaidi100_orders import STATES, CourierDesk, CourierOrder, kept, plain, read_param
from amends.fakes.network import CHINA, Moved, NetworkFake, Parcel

KEY: Final = "fakekey100"
CUSTOMER: Final = "FAKECUSTOMER100"
SECRET: Final = "fakesecret100"
SALT: Final = "fakesalt100"
LOCKS_ABOVE: Final = 48
_DAY: Final = 86_400
_CODES: Final = {
    "announced": ("102", "揽收"),
    "picked_up": ("103", "揽收"),
    "in_transit": ("1002", "在途"),
    "out_for_delivery": ("5", "派件"),
    "attempted": ("205", "疑难"),
    "at_station": ("501", "派件"),
    "delivered": ("3", "签收"),
    "refused": ("14", "拒签"),
    "intercepted": ("6", "退回"),
    "returning": ("6", "退回"),
    "returned": ("4", "退签"),
    "lost": ("2", "疑难"),
}
_HANDS: Final = {"buyer": "301", "other": "303", "station": "304", "locker": "304"}
_WORDS: Final = {
    "lost": "快件疑似丢失，请联系寄件人",
    "intercepted": "快件已拦截成功，退回寄件人",
    "delivered": "您的快件已签收",
}


class FakeKuaidi100(NetworkFake):
    """快递100 as far as parcels are followed, stopped and collected. All of it lies at the same address."""

    name: ClassVar[str] = "kuaidi100"
    usual: ClassVar[str] = "shunfeng"

    def routes(self) -> list[Route]:
        """Ask, subscribe, stop."""
        return [
            ("POST", "/poll/query.do", self._ask),
            ("POST", "/poll", self._subscribe),
            ("POST", "/label/order", self._stop),
            ("POST", "/order/borderapi.do", self._courier),
        ]

    def __init__(self, store: str | None = None, seed: int = 0, latency_ms: int = 0) -> None:
        """See `Fake`."""
        super().__init__(store, seed, latency_ms)
        orders = {one["task"]: kept(one) for one in self.shelf.all("courier")}
        self.couriers = CourierDesk(orders, self.now, self._keep_order)

    def config(self) -> dict[str, Any]:
        """The account."""
        return {"key": KEY, "customer": CUSTOMER, "secret": SECRET, "salt": SALT}

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Its own shape."""
        return json_reply(status, {"result": False, "returnCode": str(status), "message": message}, headers)

    def _ask(self, call: Call) -> Reply:
        form = call.form()
        param = form.get("param", "")
        if form.get("customer") != CUSTOMER or form.get("sign") != _md5(param + KEY + CUSTOMER):
            return _refused("503", "验证签名失败")
        asked = json.loads(param)
        parcel = self.parcels.get(str(asked.get("num", "")))
        if parcel is None or not parcel.scans:
            return _refused("500", "查询无结果，请隔段时间再查")
        parcel.asked = [at for at in parcel.asked if at > self.now() - _DAY]
        if len(parcel.asked) >= LOCKS_ABOVE:
            return _refused("502", "该单号24小时内查询次数过多，已锁单")
        parcel.asked.append(self.now())
        self.keep(parcel)
        if parcel.code in ("shunfeng", "zhongtong") and not asked.get("phone"):
            return _refused("408", "快递公司参数异常：请输入收、寄件人的电话号码")
        return json_reply(200, self._trace(parcel))

    def _subscribe(self, call: Call) -> Reply:
        asked = json.loads(call.form().get("param", "{}"))
        if asked.get("key") != KEY:
            return _refused("600", "您不是合法的订阅者")
        if "refuse" in call.faults:
            return _refused("700", "订阅方的订阅数据存在错误")
        number = str(asked.get("number", ""))
        parcel = self.parcel(number, str(asked.get("company") or self.usual))
        if parcel.subscribed:
            return json_reply(200, {"result": False, "returnCode": "501", "message": "重复订阅"})
        parcel.subscribed, parcel.gave_up = True, False
        parcel.subscriptions += 1
        self.keep(parcel)
        address = str((asked.get("parameters") or {}).get("callbackurl") or "")
        if address.startswith("http://127.0.0.1:"):
            self.courier.aim(address)
        notices = tuple(self.told_parcel(parcel)) if parcel.scans else ()
        return json_reply(200, {"result": True, "returnCode": "200", "message": "提交成功"}, notices=notices)

    def _stop(self, call: Call) -> Reply:
        form = call.form()
        param = form.get("param", "")
        if form.get("sign") != _md5(param + form.get("t", "") + KEY + SECRET):
            return _refused("503", "验证签名失败")
        asked = json.loads(param)
        parcel = self.parcels.get(str(asked.get("kuaidinum", "")))
        if parcel is None or "refuse" in call.faults:
            return _refused("30001", "该快件不支持拦截")
        if any(scan.kind == "delivered" for scan in parcel.scans):
            return _refused("30002", "快件已签收，无法拦截")
        order = str(asked.get("orderId", ""))
        if order not in parcel.stops:
            parcel.stops.append(order)
            self.keep(parcel)
        found = {"result": True, "returnCode": "200", "message": "成功", "data": {"taskId": f"T{order}"}}
        return json_reply(200, found)

    def _courier(self, call: Call) -> Reply:
        form = call.form()
        if form.get("sign") != _md5(form.get("param", "") + form.get("t", "") + KEY + SECRET):
            return _refused("503", "验证签名失败")
        return self.couriers.answer(call, form.get("method", ""), read_param(call), self.new_id)

    def _keep_order(self, order: CourierOrder) -> None:
        self.couriers.orders[order.task] = order
        self.shelf.keep("courier", order.task, plain(order))

    def advance_order(self, task: str, what: str, **more: Any) -> CourierOrder:
        """Something happens to a courier that was booked (`STATES`), and is pushed. `more`: courier, freight."""
        if what not in STATES:
            raise UnableToUnderstand(f"do: {what!r} should be one of {', '.join(STATES)}")
        with self.lock:
            order = self.couriers.orders[task]
            order.state, order.told_number = STATES[what], order.number
            for name, value in more.items():
                setattr(order, name, value)
            self._keep_order(order)
            notice = self.couriers.told(order, self.new_id("push_"))
        self.send_notices((notice,))
        return order

    def doors(self) -> tuple[tuple[str, str, Any], ...]:
        """Besides parcels: look at couriers, have one come."""
        return (
            *super().doors(),
            ("GET", "couriers", lambda fake, call, _: [plain(one) for one in fake.couriers.orders.values()]),
            ("POST", "couriers/([^/]+)", _advance),
        )

    def give_up(self, number: str) -> None:
        """Three days without a word: the subscription ends, and must be made again."""
        with self.lock:
            parcel = self.parcel(number)
            parcel.subscribed, parcel.gave_up = False, True
            self.keep(parcel)
            notices = self.told_parcel(parcel)
        self.send_notices(tuple(notices))

    def told_parcel(self, parcel: Parcel) -> list[Told]:
        """One push with the whole trace."""
        over = any(scan.kind in ("delivered", "returned") for scan in parcel.scans)
        status = "abort" if parcel.gave_up else "shutdown" if over else "polling"
        content = {"status": status, "message": "", "lastResult": self._trace(parcel)}
        return [Told(self.new_id("push_"), status, content)]

    def dress(self, told: Told, at: int, wrong: bool) -> tuple[Mapping[str, str], bytes]:
        """A form with its signature; there is no time in it."""
        content = dict(told.content)
        order = dict(content.get("data") or {})
        beside = (
            {"taskId": order.pop("taskId")} if "taskId" in order else {}
        )  # of a courier it stands beside the signature
        param = json.dumps({**content, **({"data": order} if order else {})}, ensure_ascii=False)
        sign = _md5(param + ("wrong" if wrong else SALT))
        form = {**beside, "sign": sign, "param": param}
        return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(form).encode()

    def _trace(self, parcel: Parcel) -> dict[str, Any]:
        newest = list(reversed(parcel.scans))
        return {
            "message": "ok",
            "status": "200",
            "ischeck": "1" if any(scan.kind == "delivered" for scan in newest) else "0",
            "state": _code(newest[0])[0] if newest else "0",
            "com": parcel.code,
            "nu": parcel.number,
            "data": [_entry(scan) for scan in newest],
        }


def _advance(fake: FakeKuaidi100, call: Call, task: str) -> Any:
    content = call.json()
    try:
        return plain(fake.advance_order(task, str(content.pop("do", "")), **content))
    except KeyError:
        raise UnableToUnderstand(f"no courier was booked as {task}") from None


def _code(scan: Moved) -> tuple[str, str]:
    if scan.strange:
        return scan.strange, scan.strange
    code, word = _CODES[scan.kind]
    return (_HANDS[scan.by] if scan.kind == "delivered" and scan.by else code), word


def _entry(scan: Moved) -> dict[str, str]:
    at = datetime.fromtimestamp(scan.at, CHINA).strftime("%Y-%m-%d %H:%M:%S")
    code, word = _code(scan)
    text = _WORDS.get(scan.kind, scan.text)
    if scan.by == "locker":
        text = "已存入快递柜"
    return {"time": at, "ftime": at, "context": text, "areaName": scan.place, "status": word, "statusCode": code}


def _refused(code: str, message: str) -> Reply:
    return json_reply(200, {"result": False, "returnCode": code, "message": message})


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()
