"""The part of the stand-in for 快递100 that sends couriers: offers, bookings that one number makes once for 48 hours, and their pushes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from amends.fakes.calls import Call, Reply, Told, UnableToUnderstand, json_reply

SAME_FOR: Final = 48 * 3600
"""How long one number of the merchant's is answered with its first booking, in seconds."""
PRICES: Final = {"yuantong": 8.3, "jtexpress": 7.5, "yunda": 7.9, "shunfeng": 13, "zhongtong": None}
"""Yuan for the first kilogram; None: no courier goes there."""
AT_ONCE: Final = frozenset({"yuantong", "jtexpress", "shunfeng"})
"""Carriers whose number is in the answer; the others' comes with a push."""
STATES: Final = {
    "booked": 0, "accepted": 1, "cancelled_by_us": 9, "picked_up": 10, "pickup_failed": 11, "settled": 15, "cancelled": 99,
    "reweighed": 155, "failed": 610,
}  # fmt: skip


@dataclass(slots=True)
class CourierOrder:
    """A courier that was booked. `third`: the merchant's number. `day`: the word for the day, as it was asked for."""

    task: str
    order: str
    third: str
    carrier: str
    url: str
    at: int
    number: str
    told_number: str
    price: float
    day: str
    window: str
    sender: str
    cargo: str
    state: int = 0
    courier: str = ""
    freight: float = 0


class CourierDesk:
    """Bookings of couriers. `let_in` refuses a call whose signature does not fit; `keep` writes an order down."""

    def __init__(
        self, orders: dict[str, CourierOrder], now: Callable[[], int], keep: Callable[[CourierOrder], None]
    ) -> None:
        self.orders = orders
        self._now, self._keep = now, keep

    def answer(self, call: Call, method: str, param: dict[str, Any], new_id: Callable[[str], str]) -> Reply:
        """What one method answers."""
        if "refuse" in call.faults:
            return refused("500", "账户余额不足，请充值后再下单")
        if method == "batchPrice":
            return self._prices(param)
        if method == "bOrder":
            return self._book(param, new_id)
        found = self._found(param)
        if found is None:
            return refused("500", "订单不存在")
        if method == "detail":
            return good(shown(found))
        if method == "cancel":
            return self._cancel(found)
        raise UnableToUnderstand(f"method: {method!r} is none of batchPrice, bOrder, detail, cancel")

    def _found(self, param: dict[str, Any]) -> CourierOrder | None:
        task, third = str(param.get("taskId", "")), str(param.get("thirdOrderId", ""))
        return self.orders.get(task) or next(
            (one for one in self.orders.values() if third and one.third == third), None
        )

    def _prices(self, param: dict[str, Any]) -> Reply:
        grams = max(1000, round(float(str(param.get("weight", "1"))) * 1000))
        more = -(-(grams - 1000) // 1000) * 2
        listed = [(str(one), PRICES.get(str(one))) for one in param.get("kuaidiComList", ())]
        return good(
            [
                {"kuaidiCom": one, "price": None if price is None else price + more, "serviceType": "标准快递"}
                for one, price in listed
            ]
        )

    def _book(self, param: dict[str, Any], new_id: Callable[[str], str]) -> Reply:
        third = str(param.get("thirdOrderId", ""))
        first = next((one for one in self.orders.values() if third and one.third == third), None)
        if first is not None and self._now() - first.at < SAME_FOR:
            return good(shown(first, briefly=True))
        wanted = ("kuaidicom", "recManName", "recManMobile", "recManPrintAddr", "sendManName", "sendManMobile")
        missing = [name for name in (*wanted, "sendManPrintAddr", "callBackUrl") if not param.get(name)]
        if missing:
            return refused("400", f"参数错误：{missing[0]} 不能为空")
        if len(third) > 32 or len(str(param["callBackUrl"]).encode()) > 200:
            return refused("400", "参数错误：超长")
        carrier = str(param["kuaidicom"])
        price = PRICES.get(carrier)
        if price is None:
            return refused("500", "该区域暂不支持下单")
        number = f"KD{int(new_id('')[:12], 16) % 10**12:012d}"
        made = CourierOrder(
            new_id("T"), new_id("O")[:16], third, carrier, str(param["callBackUrl"]), self._now(), number,
            number if carrier in AT_ONCE else "", price, str(param.get("dayType", "")),
            f"{param.get('pickupStartTime', '')}-{param.get('pickupEndTime', '')}", str(param["sendManName"]),
            str(param.get("cargo", "")),
        )  # fmt: skip
        self._keep(made)
        return good(shown(made, briefly=True))

    def _cancel(self, order: CourierOrder) -> Reply:
        if order.state in (STATES["cancelled_by_us"], STATES["cancelled"], STATES["failed"]):
            return refused("500", "订单已取消，请勿重复操作")
        if order.state in (STATES["picked_up"], STATES["settled"]):
            return refused("500", "订单已揽收，无法取消")
        order.state = STATES["cancelled_by_us"]
        self._keep(order)
        return good({})

    def told(self, order: CourierOrder, name: str) -> Told:
        """A push about an order, to the address that came with its booking."""
        data = {**shown(order), "status": str(order.state)}
        content = {
            "kuaidicom": order.carrier,
            "kuaidinum": order.told_number,
            "status": "200",
            "message": "success",
            "data": data,
        }
        return Told(name, "order", content, order.url)


def shown(order: CourierOrder, *, briefly: bool = False) -> dict[str, Any]:
    """An order as answers show it."""
    brief = {"taskId": order.task, "orderId": order.order, "kuaidinum": order.told_number}
    if briefly:
        return brief
    courier = {"courierName": order.courier, "courierMobile": "13800000000"} if order.courier else {}
    freight = {"freight": str(order.freight), "weight": "1.2"} if order.freight else {}
    return {**brief, "status": order.state, **courier, **freight}


def refused(code: str, message: str) -> Reply:
    """A refusal, which comes with HTTP 200."""
    return json_reply(200, {"result": False, "returnCode": code, "message": message})


def good(data: Any) -> Reply:
    """An answer."""
    return json_reply(200, {"result": True, "returnCode": "200", "message": "成功", "data": data})


def kept(content: dict[str, Any]) -> CourierOrder:
    """An order that was written down."""
    return CourierOrder(**content)


def plain(order: CourierOrder) -> dict[str, Any]:
    """An order as it is written down."""
    return asdict(order)


def read_param(call: Call) -> dict[str, Any]:
    """The ``param`` of a form."""
    found = json.loads(call.form().get("param", "{}"))
    return found if isinstance(found, dict) else {}
