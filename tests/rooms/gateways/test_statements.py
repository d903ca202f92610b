"""Statements of every vendor: what their rows say, that they must add up, and that nothing is counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.facts.statement import Statement, StatementReader, UnableToReadStatement
from amends.fakes.alipay_bill import account_bill, business_bill
from amends.fakes.ledger import Payment, Refund
from amends.fakes.wechat_pay_bill import bill
from amends.gateways.statements.alipay import read_alipay
from amends.gateways.statements.jd import read_jd
from amends.gateways.statements.paypal import read_paypal
from amends.gateways.statements.stripe import read_stripe
from amends.gateways.statements.wechat_pay import read_wechat_pay
from amends.intake.statement_files import open_statement

AT = 1_795_600_000
PAID = [Payment(f"42000{n}", 1_000 * n, "CNY", AT + n, detail={"out_trade_no": f"ORDER{n}"}) for n in (1, 2, 3)]
BACK = [
    (Refund("rf1", "am" + "1" * 30, PAID[1].id, 500, "CNY", "succeeded", AT + 60), PAID[1]),
    (Refund("rf2", "", PAID[2].id, 3_000, "CNY", "succeeded", AT + 90), PAID[2]),
]
BALANCE = (
    "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,charge_id,payment_intent_id,"
    "refund_metadata[amends_key]\n"
)
PAYMENTS = "id,Created (UTC),Amount,Amount Refunded,Currency,Fee,Status,Captured,PaymentIntent ID\n"
PAYPAL = "Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Reference Txn ID,Custom Number\n"
JD = """导出信息：
日期区间：2024-12-01 至 2024-12-31
共：{count}笔记录
收入：0笔，0.00元
支出：1笔(含1笔部分退款)，{spent}元
不计收支：1笔，{neither}元

交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注
2024-12-28 13:27:56\t,店,外套  等多件,131.77(已退款89.84),卡,交易成功,支出,服饰,100\t,9\t, ,
"""
JD_BACK = "2024-12-28 13:28:32\t,店,退款-外套,{amount},卡,退款成功,不计收支,网购,100\t,9\t, ,\n"


def read(reader: StatementReader, folder: Path, content: str | bytes) -> Statement:
    path = folder / "statement.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return reader(open_statement(path).sheets)


def told(statement: Statement) -> list[tuple[str, str, int]]:
    return [(line.kind, line.tells, line.amount) for line in statement.lines]


def refused(statement: Statement) -> list[tuple[int, str]]:
    return [(row.number, row.says.en) for row in statement.refused]


def test_wechats_bill_gives_payments_refunds_and_fees(tmp_path: Path) -> None:
    found = read(read_wechat_pay, tmp_path, bill("1900", PAID, BACK))
    assert told(found) == [("payment", "move", n) for n in (1_000, 2_000, 3_000)] + [
        ("refund", "move", 500),
        ("refund", "move", 3_000),
    ]
    line = found.lines[3]
    assert (line.our_key, line.reference) == ("am" + "1" * 30, "rf1")
    assert (line.payment_reference, line.other_reference, line.fee) == ("420002", "ORDER2", -3)
    assert int(line.at.timestamp()) == AT + 60
    assert all(total.told == total.found for total in found.totals)
    assert len(found.totals) == 6


def test_a_wechat_refund_on_its_way_is_pending(tmp_path: Path) -> None:
    refund = Refund("rf3", "", PAID[0].id, 1, "CNY", "pending", AT)
    found = read(read_wechat_pay, tmp_path, bill("1900", [], [(refund, PAID[0])]))
    assert told(found) == [("refund", "pending", 1)]


def test_commas_in_a_wechat_name_do_not_move_the_columns(tmp_path: Path) -> None:
    content = bill("1900", PAID[:1], []).decode()
    assert "`,`,`0.06000" in content
    found = read(read_wechat_pay, tmp_path, content.replace("`,`,`0.06000", "`灯,罩,`,`0.06000"))
    assert told(found) == [("payment", "move", 1_000)]
    assert found.lines[0].raw["商品名称"] == "灯,罩,"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [("`60.00,`35.00", "`60.01,`35.00", "60.01 - 60.00 = 0.01"), ("`5,`60.00", "`6,`60.00", "6 - 5 = 1")],
)
def test_wechat_totals_that_are_off_by_a_fen_or_a_row_are_refused_with_the_difference(
    tmp_path: Path, old: str, new: str, shown: str
) -> None:
    content = bill("1900", PAID, BACK).decode()
    assert old in content
    with pytest.raises(UnableToReadStatement, match=shown.replace(".", r"\.")):
        read(read_wechat_pay, tmp_path, content.replace(old, new))


def test_a_wechat_bill_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    whole = bill("1900", PAID, BACK).decode()
    with pytest.raises(UnableToReadStatement, match="cut off"):
        read(read_wechat_pay, tmp_path, whole[: whole.index("总交易单数")])


def test_a_broken_row_is_kept_with_its_reason_and_the_others_are_taken(tmp_path: Path) -> None:
    content = bill("1900", PAID, BACK).decode().replace("`5.00,`0.00,`ORIGINAL", "`five,`0.00,`ORIGINAL")
    found = read(read_wechat_pay, tmp_path, content)
    assert len(found.lines) == 4
    [(number, reason)] = refused(found)
    assert number == 5
    assert "'five' is no amount" in reason
    assert found.refused[0].raw["微信退款单号"] == "rf1"


def test_alipays_zip_gives_the_details_whatever_file_comes_first(tmp_path: Path) -> None:
    found = read(read_alipay, tmp_path, business_bill("2088", "2026-11-25", PAID, BACK))
    assert told(found) == [("payment", "move", n) for n in (1_000, 2_000, 3_000)] + [
        ("refund", "move", 500),
        ("refund", "move", 3_000),
    ]
    line = found.lines[3]
    assert (line.our_key, line.payment_reference, line.other_reference) == ("am" + "1" * 30, "420002", "ORDER2")
    assert found.lines[0].fee == 6
    assert (found.since.isoformat(), found.until.isoformat()) == (
        "2026-11-25T00:00:00+08:00",
        "2026-11-25T23:59:59+08:00",
    )


def _alipay(change: tuple[str, str]) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(business_bill("2088", "2026-11-25", PAID, BACK))) as box:
        text = box.read(box.namelist()[1]).decode("gbk")
    assert change[0] in text
    return text.replace(*change).encode("gbk")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (("实收退款共-35.00元", "实收退款共-35.01元"), r"-35\.01 - -35\.00 = -0\.01"),
        (("交易合计：3笔", "交易合计：4笔"), "6 - 5 = 1"),
        (("业务明细列表结束", ""), "cut off"),
        (("#交易合计", "#"), "5 = "),
    ],
)
def test_an_alipay_statement_that_does_not_add_up_is_refused(
    tmp_path: Path, change: tuple[str, str], match: str
) -> None:
    with pytest.raises(UnableToReadStatement, match=match):
        read(read_alipay, tmp_path, _alipay(change))


def test_alipays_account_details_are_not_taken_for_the_business_details(tmp_path: Path) -> None:
    with pytest.raises(UnableToReadStatement, match="no alipay statement"):
        read(read_alipay, tmp_path, account_bill("2088", "2026-11-25", PAID, BACK))


def test_stripes_balance_report_tells_refunds_failures_and_disputes(tmp_path: Path) -> None:
    key = "am" + "2" * 30
    found = read(
        read_stripe,
        tmp_path,
        BALANCE
        + "txn_1,2026-11-25 10:00:00,eur,90.00,1.50,88.50,charge,ch_1,ch_1,pi_1,\n"
        + f"txn_2,2026-11-25 11:00:00,eur,-30.00,0.00,-30.00,refund,re_1,ch_1,pi_1,{key}\n"
        + f"txn_3,2026-11-26 11:00:00,eur,30.00,0.00,30.00,refund_failure,re_1,ch_1,pi_1,{key}\n"
        + "txn_4,2026-11-26 12:00:00,jpy,-500,15,-515,dispute,dp_1,ch_2,pi_2,\n"
        + "txn_5,2026-11-26 12:00:00,eur,-10.00,0.00,-10.00,payout,po_1,,,\n"
        + "txn_6,2026-11-26 12:00:00,eur,-10.00,0.00,-9.00,payout,po_2,,,\n",
    )
    assert told(found) == [
        ("payment", "move", 9_000),
        ("refund", "move", 3_000),
        ("refund", "move", -3_000),
        ("chargeback", "move", 500),
        ("other", "move", -1_000),
    ]
    assert found.lines[1].our_key == key
    assert (found.lines[1].payment_reference, found.lines[1].other_reference) == ("pi_1", "ch_1")
    assert refused(found) == [(7, "gross less fee is not net")]
    assert (found.since.isoformat(), found.until.isoformat()) == (
        "2026-11-25T00:00:00+00:00",
        "2026-11-27T00:00:00+00:00",
    )


def test_stripes_payments_export_tells_what_went_back_so_far(tmp_path: Path) -> None:
    found = read(
        read_stripe,
        tmp_path,
        PAYMENTS
        + 'ch_1,2026-11-25 10:00:00,"1,090.00",30.00,eur,1.50,Paid,true,pi_1\n'
        + "ch_2,2026-11-25 10:00:00,90.00,0.00,eur,0.00,Failed,false,pi_2\n"
        + "ch_3,2026-11-25 10:00:00,90.00,95.00,eur,0.00,Paid,true,pi_3\n",
    )
    assert told(found) == [("payment", "move", 109_000), ("refund", "total", 3_000), ("other", "move", 9_000)]
    assert not found.itemised
    assert refused(found) == [(4, "Amount Refunded is above Amount")]


def test_a_row_that_stands_twice_in_a_file_is_taken_once(tmp_path: Path) -> None:
    row = "txn_1,2026-11-25 10:00:00,eur,90.00,1.50,88.50,charge,ch_1,ch_1,pi_1,\n"
    found = read(read_stripe, tmp_path, BALANCE + row + row)
    assert len(found.lines) == 1
    assert refused(found) == [(3, "the same row stands in the file twice")]


def test_paypals_activity_tells_refunds_and_reversals(tmp_path: Path) -> None:
    found = read(
        read_paypal,
        tmp_path,
        "\ufeff"
        + PAYPAL
        + '11/25/2026,10:00:00,PST,Express Checkout Payment,Completed,USD,"1,000.00",-3.00,997.00,T1,,\n'
        + "11/25/2026,11:00:00,PST,Payment Refund,Completed,USD,-20.00,0.00,-20.00,T2,T1,am7\n"
        + "11/25/2026,11:00:00,PST,Payment Refund,Pending,USD,-2.00,0.00,-2.00,T3,T1,\n"
        + "11/25/2026,12:00:00,PST,Chargeback,Completed,USD,-10.00,0.00,-10.00,T4,T1,\n"
        + "11/25/2026,12:00:00,PST,Chargeback Fee,Completed,USD,-15.00,0.00,-15.00,T5,T1,\n"
        + "11/25/2026,12:00:00,PST,Account Hold for Open Authorization,Completed,USD,-15.00,0.00,-15.00,T6,T1,\n"
        + "11/25/2026,12:00:00,XYZ,Payment Refund,Completed,USD,-1.00,0.00,-1.00,T7,T1,\n",
    )
    assert told(found) == [
        ("payment", "move", 100_000),
        ("refund", "move", 2_000),
        ("refund", "pending", 200),
        ("chargeback", "move", 1_000),
        ("fee", "move", 1_500),
        ("other", "move", -1_500),
    ]
    assert (found.lines[1].our_key, found.lines[1].payment_reference) == ("am7", "T1")
    assert found.lines[0].at.isoformat() == "2026-11-25T10:00:00-08:00"
    assert refused(found) == [(8, "TimeZone 'XYZ' is not known; PST or GMT+08:00")]


def test_a_day_above_twelve_shows_that_paypals_days_come_first(tmp_path: Path) -> None:
    row = "{},10:00:00,GMT+08:00,Payment Refund,Completed,USD,-1.00,0.00,-1.00,{},T0,\n"
    found = read(read_paypal, tmp_path, PAYPAL + row.format("02/11/2026", "T1") + row.format("25/11/2026", "T2"))
    assert [line.at.isoformat() for line in found.lines] == ["2026-11-02T10:00:00+08:00", "2026-11-25T10:00:00+08:00"]


def test_a_jd_refund_inside_the_amount_and_in_its_own_row_is_counted_once(tmp_path: Path) -> None:
    content = JD.format(count=2, spent="41.93", neither="89.84") + JD_BACK.format(amount="89.84")
    found = read(read_jd, tmp_path, content)
    assert told(found) == [("payment", "move", 13_177), ("refund", "move", 8_984)]


@pytest.mark.parametrize("row", ["", JD_BACK.format(amount="9.84")])
def test_a_jd_refund_whose_row_is_not_in_the_file_is_known_by_the_amount(tmp_path: Path, row: str) -> None:
    content = JD.format(count=2 if row else 1, spent="41.93", neither="9.84" if row else "0.00") + row
    found = read(read_jd, tmp_path, content)
    assert [(line.tells, line.amount) for line in found.lines if line.kind == "refund"] == [("total", 8_984)]


def test_a_jd_bill_that_does_not_add_up_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToReadStatement, match=r"41\.94 - 41\.93 = 0\.01"):
        read(read_jd, tmp_path, JD.format(count=1, spent="41.94", neither="0.00"))


@pytest.mark.parametrize("reader", [read_alipay, read_jd, read_paypal, read_stripe, read_wechat_pay])
@pytest.mark.parametrize("content", ["a,b\n1,2\n", "\n\n", 'x,"\n', b"PK\x03\x04broken", b"\0\1\2", b"", b"<html>"])
def test_a_file_of_another_kind_is_refused_in_both_languages(
    tmp_path: Path, reader: StatementReader, content: str | bytes
) -> None:
    with pytest.raises(UnableToReadStatement) as fault:
        read(reader, tmp_path, content)
    assert fault.value.says.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in fault.value.says.zh)


def test_the_shared_jd_bill_agrees_with_its_head(shared: Path) -> None:
    path = shared / "data/platform-samples/cn-consumer-bills/example-jd-records.csv"
    found = read_jd(open_statement(path).sheets)
    assert [(total.name, total.found) for total in found.totals] == [
        ("共", 26), ("收入", 0), ("支出", 164_843), ("不计收支", 109_759),
    ]  # fmt: skip
    assert sum(line.amount for line in found.lines if line.kind == "refund") == 109_759
    assert found.refused == ()


def test_the_shared_merchant_bills_are_read(shared: Path) -> None:
    folder = shared / "data/platform-samples/transcribed"
    for name in ("utf8", "gbk"):
        found = read_alipay(open_statement(folder / f"alipay_merchant_business_detail.{name}.csv").sheets)
        assert told(found) == [("payment", "move", 1), ("payment", "move", 990), ("refund", "move", 2)]
    old = read_wechat_pay(open_statement(folder / "wechatpay_merchant_trade_bill_2018.csv").sheets)
    assert [line.amount for line in old.lines] == [1] * 7
    with pytest.raises(UnableToReadStatement, match="cut off"):
        read_wechat_pay(open_statement(folder / "wechatpay_merchant_trade_bill_27col_header.csv").sheets)
