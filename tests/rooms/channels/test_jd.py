"""京东 by its gateway."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.channels.jd.channel import Jd
from amends.facts.channels import UnableToTalk
from amends.facts.imported import CaseMade
from amends.facts.platforms import ToldCase
from amends.facts.read_case import read_case
from amends.fakes.jd import FakeJd
from tests.rooms.channels.talking import access_to, deed, golden, json_answer, lately, scripted, seal, served

JD = Jd()
ACCESS = access_to("jd", FakeJd().config())
SERVICE, CANCEL = "724578811", "ra-7001"


def service(**changes: Any) -> ToldCase:
    listed = golden("jd_services.json")
    listed["jingdong_asc_query_list_responce"]["pageResult"]["data"][0] |= changes
    found, _ = scripted(JD.one(ACCESS, SERVICE, seal()), json_answer(listed), json_answer(golden("jd_money.json")))
    assert found is not None
    return found


def cancel(**changes: Any) -> ToldCase:
    listed = golden("jd_cancels.json")
    listed["jingdong_pop_afs_soa_refundapply_queryPageList_responce"]["queryResult"]["result"][0] |= changes
    found, _ = scripted(JD.one(ACCESS, CANCEL, seal()), json_answer(listed))
    assert found is not None
    return found


def case_of(found: ToldCase) -> dict[str, Any]:
    assert isinstance(found.made, CaseMade)
    assert read_case(found.made.case).ignored == ()
    return found.made.case


def everything(fake: FakeJd) -> list[str]:
    window, numbers = lately(), []
    while True:
        page = served(JD.changed(ACCESS, window, seal()), fake)
        numbers += [told.number for told in page.cases]
        if not page.cursor:
            return numbers
        window = replace(window, cursor=page.cursor)


def test_a_whole_service_and_its_money() -> None:
    found = service()
    assert case_of(found) == {
        "case": SERVICE,
        "shop": {"channel": "jd", "name": "云上小店"},
        "market": "CN",
        "order": {
            "id": "109113048299",
            "currency": "CNY",
            "lines": [
                {"id": "59156590170", "sku": "59156590170", "title": "满印短款羽绒服", "quantity": 1, "paid": "1419.50"}
            ],
            "payments": [{"id": "platform", "method": "platform", "captured": "1419.50"}],
        },
        "shipments": [{"id": "s1"}],
        "request": {
            "kind": "return_refund",
            "reason": "changed_mind",
            "requested_at": "2026-11-26T11:37:48+08:00",
            "agreed_at": "2026-11-26T11:38:14+08:00",
            "message": "买错了",
        },
        "return_parcel": {"waybill": "JDY000240428005"},
        "buyer": {"name": "jd_fake"},
        "platform": {"status": "完成"},
    }
    assert [(paid.reference, paid.amount, paid.moved) for paid in found.refunds] == [("456", 140_025, True)]
    assert found.refunds[0].at == datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


def test_a_whole_refund_of_a_cancelled_order() -> None:
    found = cancel()
    case = case_of(found)
    assert (case["request"]["kind"], case["request"]["amount"]) == ("cancel", "1419.50")
    assert case["order"]["lines"] == [{"id": "l1", "title": "整单", "paid": "1419.50"}]
    assert (found.number, found.status, found.standing) == (CANCEL, "refund/3", "succeeded")
    assert [paid.amount for paid in found.refunds] == [141_950]
    assert isinstance(found.made, CaseMade)
    assert [remark.code for remark in found.made.remarks] == ["whole_order"]


@pytest.mark.parametrize(
    ("changes", "status", "standing"),
    [
        ({"serviceStatus": 10005}, "10005", "returning"),
        ({"serviceStatus": 10005, "expressCode": ""}, "10005/not_sent", "awaiting_return"),
        ({"serviceStatus": 10007}, "10007", "returning"),
        ({"serviceStatus": 10007, "customerExpect": 20}, "10007/ship", "awaiting_replacement"),
        ({"serviceStatus": 10041}, "10041", "stepped_in"),
        ({"serviceStatus": 13000}, "13000", None),
    ],
)
def test_where_a_service_stands(changes: dict[str, Any], status: str, standing: str | None) -> None:
    found = service(**changes)
    assert (found.status, found.standing) == (status, standing)
    assert bool(found.alarms) == (standing is None)


@pytest.mark.parametrize(
    ("status", "standing", "paid"),
    [
        (0, "requested", 0),
        (1, "stepped_in", 0),
        (2, "refused", 0),
        (9, "succeeded", 1),
        (11, "closed", 0),
        (16, None, 0),
    ],
)
def test_where_a_cancelled_orders_refund_stands(status: int, standing: str | None, paid: int) -> None:
    found = cancel(status=status)
    assert (found.standing, len(found.refunds)) == (standing, paid)
    assert found.by_itself == ("closed_by_platform" if status == 9 else "")


@pytest.mark.parametrize(
    "changes", [{"status": 14}, {"sameOrderServiceBill": {"serviceId": 1}}, {"refoundAmount": "?"}]
)
def test_a_refund_that_failed_or_is_another_services_is_not_told(changes: dict[str, Any]) -> None:
    money = golden("jd_money.json")
    money["jingdong_asc_serviceAndRefund_view_responce"]["pageResult"]["data"][1] |= changes
    services = json_answer(golden("jd_services.json"))
    found, _ = scripted(JD.one(ACCESS, SERVICE, seal()), services, json_answer(money))
    assert found is not None
    assert found.refunds == ()


def test_a_service_whose_money_is_not_told_is_told_without() -> None:
    refusal = {"error_response": {"code": "61", "zh_desc": "参数值不合法", "en_desc": ""}}
    services = json_answer(golden("jd_services.json"))
    found, _ = scripted(JD.one(ACCESS, SERVICE, seal()), services, json_answer(refusal))
    assert found is not None
    assert case_of(found)["request"]["reason"] == "other"
    assert found.refunds == ()


def test_a_kind_nobody_knows_alarms() -> None:
    found = service(customerExpect=90, expressCode="")
    assert case_of(found)["request"]["kind"] == "refund_only"
    assert "90" in found.alarms[0].en


def test_services_and_cancelled_orders_are_both_told_once_whenever_reviewed() -> None:
    fake = FakeJd()
    order = fake.sell(shipped=False, delivered=False).number
    service_number = fake.ask(fake.sell().number, "exchange").number
    waiting, reviewed = fake.ask(order, "cancel", amount=100).number, fake.ask(order, "cancel", amount=100).number
    fake.seller(reviewed, "refuse")
    assert sorted(everything(fake)) == sorted([service_number, f"ra-{waiting}", f"ra-{reviewed}"])
    fake.end()


def test_a_cancelled_order_that_is_reviewed_later_is_told_again() -> None:
    fake = FakeJd()
    case = fake.ask(fake.sell().number, "cancel")
    fake.force(case.number, "refused", asked_at=case.asked_at - 20 * 86_400)
    assert everything(fake) == [f"ra-{case.number}"]
    fake.end()


@pytest.mark.parametrize(("code", "why"), [("2", "throttled"), ("12", "keys"), ("66", "down"), ("61", "refused")])
def test_an_error_says_why(code: str, why: str) -> None:
    answer = json_answer({"error_response": {"code": code, "zh_desc": "…", "en_desc": "…"}})
    with pytest.raises(UnableToTalk) as found:
        scripted(JD.probe(ACCESS, seal()), answer)
    assert found.value.why == why


def test_the_token_that_the_gateway_repeats_is_not_passed_on() -> None:
    fake = FakeJd()
    wrong = access_to("jd", {**fake.config(), "access_token": "expired-token-0001"})
    with pytest.raises(UnableToTalk) as found:
        served(JD.probe(wrong, seal()), fake)
    assert found.value.why == "keys"
    assert "expired-token-0001" not in str(found.value)
    fake.end()


def test_no_success_is_no_empty_list() -> None:
    answer = {"jingdong_asc_query_list_responce": {"code": "0", "pageResult": {"success": False, "msg": "no right"}}}
    with pytest.raises(UnableToTalk) as found:
        scripted(JD.changed(ACCESS, lately(), seal()), json_answer(answer))
    assert (found.value.why, str(found.value)) == ("refused", "no right")
    with pytest.raises(UnableToTalk):
        scripted(JD.changed(ACCESS, lately(), seal()), json_answer({"jingdong_asc_query_list_responce": {"code": "0"}}))


def test_a_token_of_another_shop_is_noticed() -> None:
    fake = FakeJd()
    other = access_to("jd", {**fake.config(), "vender_id": "1"})
    assert served(JD.probe(other, seal()), fake).lacks
    assert not served(JD.probe(ACCESS, seal()), fake).lacks
    fake.end()


def test_everything_is_done_by_a_person_and_read_back() -> None:
    fake = FakeJd()
    case = fake.ask(fake.sell().number, "return_refund")
    given = deed("agree_return", case.number)
    assert served(JD.act(ACCESS, given, seal()), fake).outcome == "person"
    fake.seller(case.number, "agree_return")
    assert served(JD.act(ACCESS, given, seal()), fake).outcome == "done"
    assert served(JD.act(ACCESS, replace(given, case="1"), seal()), fake).outcome == "failed"
    fake.end()
