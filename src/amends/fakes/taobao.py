"""Stand-ins for TOP, the gateway of 淘宝 and 天猫: signed forms in, one root key out, refusals with the platform's codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from amends.fakes.calls import Call, Reply, Route, json_reply
from amends.fakes.china import china_clock
from amends.fakes.ledger import UnableToMove
from amends.fakes.market import Asked, UnableToDo
from amends.fakes.platform import PlatformFake
from amends.fakes.taobao_forms import SECRET, Form, UnableToServe, paged, read_form, seconds, signature
from amends.fakes.taobao_shapes import chosen, exchange_row, refund_row, version_of

_LARGEST_PROOF: Final = 130_000


class FakeTaobao(PlatformFake):
    """The fake of 淘宝. Refunds may be agreed to with the sub-account's session only; large sums want a code by SMS."""

    name: ClassVar[str] = "taobao"
    user_type: ClassVar[str] = "C"
    cap: ClassVar[int] = 600_000
    swaps: ClassVar[bool] = False

    def config(self) -> dict[str, Any]:
        """What a shop is connected with, so that it may act."""
        return {
            "app_key": "12345678",
            "app_secret": SECRET,
            "session": "fake-session-main",
            "operator_session": "fake-session-sub",
            "mode": "act",
        }

    def routes(self) -> list[Route]:
        """One address for all methods."""
        return [("POST", "/router/rest", self._called)]

    def error_reply(self, status: int, headers: Mapping[str, str] | None = None, message: str = "a fault") -> Reply:
        """Throttled: an answer like any other, with the seconds in its words. A fault: a page that is no JSON."""
        if status == 429:
            seconds = (headers or {}).get("Retry-After", "1")
            fault = UnableToServe(
                7,
                "App Call Limited",
                "accesscontrol.limited-by-app-api-access-count",
                f"This ban will last for {seconds} more seconds",
            )
            return json_reply(200, {"error_response": fault.told})
        return Reply(status, b"<html>gateway fault</html>", {"Content-Type": "text/html"})

    # Methods, by their names.

    def methods(self) -> dict[str, Callable[[Call, Form], dict[str, Any]]]:
        """What answers which method."""
        return {
            "taobao.user.seller.get": lambda call, form: {
                "user": {"user_id": 2_200_000_001, "nick": f"{self.name} 测试店", "type": self.user_type}
            },
            "taobao.refunds.receive.get": self._refunds,
            "taobao.refund.get": self._refund,
            "taobao.refund.refusereason.get": lambda call, form: {
                "reasons": {"reason": [{"reason_id": 118, "reason_text": "已经影响商品完好", "reason_tips": ""}]}
            },
            "taobao.refund.refuse": self._refuse,
            "taobao.rp.returngoods.agree": self._agree_return,
            "taobao.rp.refunds.agree": self._agree,
            "taobao.refund.messages.get": self._messages,
            "taobao.refund.message.add": self._say,
        }

    def _called(self, call: Call) -> Reply:
        form, files = read_form(call)
        try:
            self._checked(form)
            work = self.methods().get(form.get("method", ""))
            if work is None:
                raise UnableToServe(22, "Invalid Method")
            content = work(call, {**form, **{f"file:{name}": str(size) for name, size in files.items()}})
        except UnableToServe as fault:
            return json_reply(200, {"error_response": fault.told})
        except UnableToDo as fault:
            sub = (
                "isv.refund-not-exist" if fault.why == "missing" else "isv.invalid-permission:refund_status is invalid"
            )
            words = "退款单不存在" if fault.why == "missing" else "当前退款状态不能操作"
            told = UnableToServe(15, "Remote service error", sub, words).told
            return json_reply(200, {"error_response": told})
        root = form["method"].removeprefix("taobao.").replace(".", "_") + "_response"
        refund = str(content.pop("_refund", "")) or None
        return json_reply(200, {root: {**content, "request_id": "fake"}}, refund=refund)

    def _checked(self, form: Form) -> None:
        config = self.config()
        if form.get("app_key") != config["app_key"]:
            raise UnableToServe(29, "Invalid App Key")
        if form.get("sign") != signature(form):
            raise UnableToServe(25, "Invalid Signature")
        if form.get("session") not in (config["session"], config["operator_session"]):
            raise UnableToServe(27, "Invalid Session", "invalid-sessionkey", "session过期或者失效")
        if abs(seconds(form.get("timestamp", "")) - self.now()) > 600:
            raise UnableToServe(31, "Invalid Timestamp")

    def _mine(self, form: Form, name: str = "refund_id") -> Asked:
        case = self.market.case(form.get(name, ""))
        if (name == "dispute_id") != (self.swaps and case.kind == "exchange"):
            raise UnableToDo("missing", "another kind of case")
        return case

    def _refunds(self, call: Call, form: Form) -> dict[str, Any]:
        cases = [case for case in self._changed(form) if not (self.swaps and case.kind == "exchange")]
        page, more = paged(cases, form)
        rows = [chosen(refund_row(case, self.market.order(case.order)), form["fields"]) for case in page]
        return {"refunds": {"refund": rows}, "has_next": more}

    def _changed(self, form: Form, start: str = "start_modified", end: str = "end_modified") -> list[Asked]:
        return self.market.changed(seconds(form.get(start, "")), seconds(form.get(end, "")) + 1)

    def _refund(self, call: Call, form: Form) -> dict[str, Any]:
        case = self._mine(form)
        return {"refund": chosen(refund_row(case, self.market.order(case.order)), form["fields"])}

    def _refuse(self, call: Call, form: Form) -> dict[str, Any]:
        case = self._at(form)
        size = int(form.get("file:refuse_proof", "0"))
        if size > _LARGEST_PROOF or (self.swaps and not size):
            raise UnableToServe(15, "Remote service error", "isv.invalid-parameter:refuse_proof", "拒绝退款凭证无效")
        if not form.get("refuse_reason_id") or len(form.get("refuse_message", "")) < 2:
            raise UnableToServe(40, "Missing required arguments", "isv.missing-parameter", "缺少拒绝原因")
        self.seller(case.number, "refuse")
        return {"is_success": True, "refund": {"refund_id": case.number, "status": "SELLER_REFUSE_BUYER"}}

    def _agree_return(self, call: Call, form: Form) -> dict[str, Any]:
        case = self._at(form) if self.swaps else self._mine(form)
        self.seller(case.number, "agree_return")
        return {"is_success": True}

    def _at(self, form: Form) -> Asked:
        case = self._mine(form)
        if form.get("refund_version") != str(version_of(case)):
            raise UnableToServe(15, "Remote service error", "isv.refund-version-error", "退款版本号不一致")
        return case

    def _agree(self, call: Call, form: Form) -> dict[str, Any]:
        if form.get("session") != self.config()["operator_session"]:
            raise UnableToServe(15, "Remote service error", "isv.sub-account-only", "只允许子账号操作")
        results = [self._agreed(call, info.split("|"), form) for info in form.get("refund_infos", "").split(",")]
        every = all(row["succ"] for row in results)
        refund = next((row.pop("_refund") for row in results if "_refund" in row), "")
        code = "OP_SUCC" if every else "OP_FAILURE_UE"
        return {
            "results": {"refund_mapping_result": results},
            "succ": every,
            "msg_code": code,
            "message": "",
            "_refund": refund,
        }

    def _agreed(self, call: Call, info: list[str], form: Form) -> dict[str, Any]:
        case = self.market.case(info[0])
        said = {"refund_id": case.number, "succ": False}
        if len(info) != 3 + self.swaps or info[2] != str(version_of(case)):
            return {**said, "message": "退款版本号不一致"}
        if int(info[1]) != case.amount or case.amount > self.cap:
            return {**said, "message": "退款金额不符或超出限额"}
        if self.swaps and not case.detail.get("reviewed"):
            return {**said, "message": "退款未审核"}
        if case.detail.get("wants_code") and form.get("code") != case.detail["wants_code"]:
            return {**said, "message": "已向卖家手机发送短信验证码"}
        try:
            refund = self.pay_back(call, case, case.amount, "")
            self.seller(case.number, "agree_refund")
        except UnableToMove as fault:
            return {**said, "message": str(fault)}
        return {"refund_id": case.number, "succ": True, "message": "操作成功", "_refund": refund.id}

    def writes(self, case: Asked, words: str, role: str = "1") -> dict[str, Any]:
        """Somebody writes on a refund: the buyer (1), the seller (2) or the platform's people (3)."""
        said = {"id": len(case.said) + 1, "content": words, "owner_role": role, "created": china_clock(self.now())}
        case.said.append(said)
        return said

    def _messages(self, call: Call, form: Form) -> dict[str, Any]:
        case = self._mine(form)
        return {"refund_messages": {"refund_message": list(case.said)}, "total_results": len(case.said)}

    def _say(self, call: Call, form: Form) -> dict[str, Any]:
        case = self._mine(form)
        if len(form.get("content", "").encode()) > 400:
            raise UnableToServe(41, "Invalid arguments", "isv.invalid-parameter:content", "留言不能超过400字节")
        said = self.writes(case, form["content"], "2")
        case.deeds.append({"what": "message", "at": self.now()})
        self.market.save(case)
        return {"refund_message": {"id": said["id"]}}


class FakeTmall(FakeTaobao):
    """The fake of 天猫: refunds are reviewed before they are agreed to, and exchanges have methods of their own."""

    name: ClassVar[str] = "tmall"
    user_type: ClassVar[str] = "B"
    cap: ClassVar[int] = 1_000_000
    swaps: ClassVar[bool] = True

    def methods(self) -> dict[str, Callable[[Call, Form], dict[str, Any]]]:
        """Those of 淘宝 and these."""
        return {
            **super().methods(),
            "taobao.rp.refund.review": self._review,
            "tmall.exchange.receive.get": self._exchanges,
            "tmall.exchange.get": self._exchange,
            "tmall.exchange.refusereason.get": lambda call, form: {
                "result": {"results": {"reason": [{"reason_id": 7, "reason_text": "缺货", "reason_tips": ""}]}}
            },
            "tmall.exchange.agree": lambda call, form: self._swap(form, "agree_return"),
            "tmall.exchange.refuse": lambda call, form: self._swap(form, "refuse"),
            "tmall.exchange.consigngoods": self._consign,
        }

    def _review(self, call: Call, form: Form) -> dict[str, Any]:
        case = self._at(form)
        case.detail["reviewed"] = form.get("result") == "true"
        self.market.save(case)
        return {"is_success": True}

    def _exchanges(self, call: Call, form: Form) -> dict[str, Any]:
        found = self._changed(form, "start_gmt_modified_time", "end_gmt_modifed_time")
        page, more = paged([case for case in found if case.kind == "exchange"], form)
        rows = [chosen(exchange_row(case, self.market.order(case.order)), form["fields"]) for case in page]
        return {"results": {"exchange": rows}, "has_next": more, "page_results": len(rows)}

    def _exchange(self, call: Call, form: Form) -> dict[str, Any]:
        case = self._mine(form, "dispute_id")
        row = chosen(exchange_row(case, self.market.order(case.order)), form["fields"])
        return {"result": {"success": True, "exchange": row}}

    def _swap(self, form: Form, what: str, **values: Any) -> dict[str, Any]:
        case = self._mine(form, "dispute_id")
        self.seller(case.number, what, **values)
        return {"result": {"success": True, "message": ""}}

    def _consign(self, call: Call, form: Form) -> dict[str, Any]:
        waybill, carrier = form.get("logistics_no", ""), form.get("logistics_company_name", "")
        return self._swap(form, "ship_replacement", replacement_waybill=waybill, replacement_carrier=carrier)
