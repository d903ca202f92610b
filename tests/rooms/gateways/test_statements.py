"""Statements of gateways: read to the minor unit, their own totals checked, broken rows kept, traps avoided."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amends.facts.statements import Statement, UnableToTakeStatement
from amends.fakes import alipay_bill, wechat_pay_bill
from amends.fakes.ledger import Payment, Refund
from amends.intake.statements import open_statement, statement_form
from amends.wiring.statements import STATEMENTS


def read(tmp_path: Path, form: str, content: str | bytes) -> Statement:
    path = tmp_path / "statement.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_statement(path, statement_form(STATEMENTS, form)).statement


def refunds(statement: Statement) -> list[tuple[str, int]]:
    return [(line.reference, line.amount) for line in statement.lines if line.kind == "refund"]


AT = int(datetime(2026, 11, 20, 2, 0, tzinfo=UTC).timestamp())


def moved() -> tuple[list[Payment], list[tuple[Refund, Payment]]]:
    paid = Payment("pay_1", 26_800, "CNY", AT, detail={"out_trade_no": "T1"})
    back = Refund("ref_1", "am" + "0" * 30, "pay_1", 8_901, "CNY", "succeeded", AT + 60)
    return [paid], [(back, paid)]


STRIPE_HEAD = (
    "balance_transaction_id,created_utc,created,currency,gross,net,fee,reporting_category,source_id,description,"
    "charge_id,payment_intent_id,refund_metadata[amends_key]\n"
)
STRIPE = (
    STRIPE_HEAD
    + "txn_1,2026-11-20 10:00:00,2026-11-20 10:00:00,eur,90.00,87.10,2.90,charge,ch_1,,ch_1,pi_O1,\n"
    + "txn_2,2026-11-21 10:00:00,2026-11-21 10:00:00,eur,-12.34,-12.34,0.00,refund,re_1,,ch_1,pi_O1,amkey\n"
    + "txn_3,2026-11-22 10:00:00,2026-11-22 10:00:00,jpy,-1234,-1234,0,refund,re_2,,ch_2,pi_O2,\n"
    + "txn_4,2026-11-22 11:00:00,2026-11-22 11:00:00,eur,12.34,12.34,0.00,refund_failure,re_1,,ch_1,pi_O1,amkey\n"
)


def test_stripes_itemised_balance(tmp_path: Path) -> None:
    found = read(tmp_path, "stripe", STRIPE)
    assert not found.broken
    assert refunds(found) == [("re_1", 1234), ("re_2", 1234), ("re_1", 1234)]
    first, second, failed = [line for line in found.lines if line.kind == "refund"]
    assert (first.key, first.payments, first.currency) == ("amkey", ("pi_O1", "ch_1"), "EUR")
    assert (second.currency, failed.state) == ("JPY", "failed")
    assert found.since == datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("txn_9,2026-11-20 10:00:00,,eur,-5.00,-4.00,0.00,refund,re_9,,ch_1,pi_O1,", "net"),
        ("txn_9,2026-11-20 10:00:00,,eur,five,5.00,0.00,refund,re_9,,ch_1,pi_O1,", "gross"),
        ("txn_9,2026-11-20 10:00:00,,eur,-5.001,-5.001,0.00,refund,re_9,,ch_1,pi_O1,", "gross"),
        ("txn_9,2026-11-20 10:00:00,,eur,-5.00,-5.00,0.00,refund,,,ch_1,pi_O1,", "source_id"),
        ("txn_9,2026-11-20 10:00:00,,zzz,-5.00,-5.00,0.00,refund,re_9,,ch_1,pi_O1,", "gross"),
        ("txn_9,2026-11-20 10:00:00,eur,-5.00", "cells"),
    ],
)
def test_a_broken_row_is_kept_with_its_reason_and_the_others_are_read(tmp_path: Path, row: str, column: str) -> None:
    found = read(tmp_path, "stripe", STRIPE + row + "\n")
    assert len(found.lines) == 4
    [broken] = found.broken
    assert broken.number == 6
    assert broken.cells[0] == "txn_9"
    assert column in broken.wrong.en
    assert broken.wrong.zh


def test_stripes_payments_list_tells_what_went_back_so_far(tmp_path: Path) -> None:
    head = "id,Description,Created (UTC),Amount,Amount Refunded,Currency,Status,PaymentIntent ID\n"
    found = read(tmp_path, "stripe", head + 'ch_1,x,2026-11-20 10:00,"1,090.00",20.50,eur,Paid,pi_O1\n')
    [line] = found.lines
    assert (line.kind, line.amount, line.payments) == ("refunded_total", 2050, ("pi_O1", "ch_1"))


def test_alipays_archive_with_the_summary_first(tmp_path: Path) -> None:
    found = read(tmp_path, "alipay", alipay_bill.business_bill("2088", "2026-11-20", *moved()))
    assert refunds(found) == [("am" + "0" * 30, 8_901)]
    assert {total.name: total.stated for total in found.totals} == {
        "合计笔数": 2, "交易合计笔数": 1, "交易合计商家实收": 26_800, "退款合计笔数": 1, "退款合计商家实收": -8_901
    }  # fmt: skip
    assert found.since
    assert found.until
    assert (found.until - found.since).days == 1


def unpacked(content: bytes, folder: Path) -> str:
    archive = folder / "bill.zip"
    archive.write_bytes(content)
    with zipfile.ZipFile(archive) as box:
        return box.read(next(name for name in box.namelist() if "汇总" not in name)).decode("gbk")


def test_totals_that_disagree_refuse_the_file_with_the_difference(tmp_path: Path) -> None:
    text = unpacked(alipay_bill.business_bill("2088", "2026-11-20", *moved()), tmp_path)
    with pytest.raises(UnableToTakeStatement, match=r"-8902 .* -8901: \+1") as caught:
        read(tmp_path, "alipay", text.replace("退款共-89.01", "退款共-89.02").encode("gbk"))
    assert "相差 +1" in caught.value.says.zh
    without = "\r\n".join([line for line in text.splitlines() if ",退款\t" not in line])
    with pytest.raises(UnableToTakeStatement, match="2 as 合计笔数, its rows come to 1: -1"):
        read(tmp_path, "alipay", without.encode("gbk"))


def test_wechats_bill_and_its_totals(tmp_path: Path) -> None:
    content = wechat_pay_bill.bill("1900000001", *moved())
    found = read(tmp_path, "wechat", content)
    [line] = [one for one in found.lines if one.kind == "refund"]
    assert (line.key, line.reference, line.amount, line.payments) == ("am" + "0" * 30, "ref_1", 8_901, ("pay_1", "T1"))
    assert all(total.stated == total.found for total in found.totals)
    assert len(found.totals) == 6
    with pytest.raises(UnableToTakeStatement, match="退款总金额"):
        read(tmp_path, "wechat", content.replace(b"`89.01,`0.00,`ORIGINAL", b"`89.00,`0.00,`ORIGINAL"))
    cut = content.decode("utf-8-sig").split("总交易单数")[0]
    with pytest.raises(UnableToTakeStatement, match="总交易单数"):
        read(tmp_path, "wechat", cut)


def test_a_comma_in_a_wechat_name_does_not_move_the_columns(tmp_path: Path) -> None:
    text = wechat_pay_bill.bill("1900000001", *moved()).decode()
    assert "`,`,`1." in text
    found = read(tmp_path, "wechat", text.replace("`,`,`1.", "`lamp, brass,`,`1."))
    assert not found.broken
    assert len(found.lines) == 2


def test_an_alipay_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    text = unpacked(alipay_bill.business_bill("2088", "2026-11-20", *moved()), tmp_path)
    for end in ("#交易合计", ",退款\t"):
        with pytest.raises(UnableToTakeStatement):
            read(tmp_path, "alipay", text[: text.index(end)].encode("gbk"))


def test_a_broken_row_explains_a_total_that_is_short(tmp_path: Path) -> None:
    content = wechat_pay_bill.bill("1900000001", *moved()).replace(b"`ORIGINAL,`SUCCESS", b"`ORIGINAL,`WHO_KNOWS")
    found = read(tmp_path, "wechat", content)
    [broken] = found.broken
    assert "WHO_KNOWS" in broken.wrong.en
    assert [total.name for total in found.totals if total.stated != total.found] == [
        "退款总金额",
        "申请退款总金额",
        "手续费总金额",
    ]


@pytest.mark.parametrize(
    ("stands", "changed", "total"),
    [
        ("`268.00,`0.00,`\r\n", "`268.01,`0.00,`\r\n", "订单总金额"),
        ("`0.00,`89.01,`\r\n", "`0.00,`89.02,`\r\n", "申请退款总金额"),
        ("`-0.53000,`0.60%", "`-0.53001,`0.60%", "手续费总金额"),
    ],
)
def test_every_total_of_wechats_bill_is_checked(tmp_path: Path, stands: str, changed: str, total: str) -> None:
    content = wechat_pay_bill.bill("1900000001", *moved()).decode()
    assert content.count(stands) == 1
    with pytest.raises(UnableToTakeStatement, match=f"as {total}"):
        read(tmp_path, "wechat", content.replace(stands, changed))


def test_a_row_that_is_gone_is_noticed_even_beside_one_that_cannot_be_read(tmp_path: Path) -> None:
    text = unpacked(alipay_bill.business_bill("2088", "2026-11-20", *moved()), tmp_path)
    broken = text.replace(",-89.01,-89.01,", ",five,-89.01,")
    assert len(read(tmp_path, "alipay", broken.encode("gbk")).broken) == 1
    gone = "\r\n".join([line for line in broken.splitlines() if ",交易\t" not in line])
    with pytest.raises(UnableToTakeStatement, match="2 as 合计笔数, its rows come to 1: -1"):
        read(tmp_path, "alipay", gone.encode("gbk"))
    swallowing = text.replace(",交易\t,商品,", ',交易\t,"商品,')
    assert swallowing != text
    with pytest.raises(UnableToTakeStatement):
        read(tmp_path, "alipay", swallowing.encode("gbk"))


def test_a_file_that_was_cut_before_its_totals_is_refused(tmp_path: Path) -> None:
    text = unpacked(alipay_bill.business_bill("2088", "2026-11-20", *moved()), tmp_path)
    with pytest.raises(UnableToTakeStatement, match="cut off"):
        read(tmp_path, "alipay", text.split("#交易合计")[0].encode("gbk"))
    with pytest.raises(UnableToTakeStatement, match="cut off"):
        read(tmp_path, "jd", jd(BOUGHT, spent="x", aside="x", count=1).replace("共：", "约："))


def test_a_form_is_known_by_its_gateways_name_too() -> None:
    assert statement_form(STATEMENTS, "wechat_pay") is statement_form(STATEMENTS, "wechat")


PAYPAL = (
    codecs.BOM_UTF8.decode()
    + '"Date","Time","TimeZone","Type","Status","Currency","Gross","Fee","Net","Transaction ID","Reference Txn ID"\n'
    + '"2026-11-20","10:00:00","UTC","Express Checkout Payment","Completed","EUR","90.00","-2.90","87.10","9AB",""\n'
    + '"11/21/2026","10:00:00","UTC","Payment Refund","Completed","EUR","-1,012.30","0.00","-1,012.30","8CD","9AB"\n'
)


def test_paypals_activity(tmp_path: Path) -> None:
    found = read(tmp_path, "paypal", PAYPAL)
    assert not found.broken
    assert refunds(found) == [("8CD", 101_230)]
    assert found.lines[1].payments == ("9AB",)
    assert found.lines[1].at is None
    [broken] = read(tmp_path, "paypal", PAYPAL.replace('"87.10"', '"87.11"')).broken
    assert "Net" in broken.wrong.en


def jd(*rows: str, spent: str, aside: str, count: int) -> str:
    head = f"导出信息：\n共：{count}笔记录\n收入：0笔，0.00元\n支出：{spent}\n不计收支：{aside}\n\n"
    names = "交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注\n"
    return "\ufeff\ufeff" + head + names + "\n".join(rows) + "\n"


BOUGHT = "2026-11-20 10:00:00\t,店,毛衣等,100.00(已退款40.00),卡,交易成功,支出,网购,7\t,1\t, ,"
GONE = "2026-11-20 11:00:00\t,店,外套,60.00(已全额退款),卡,交易成功,不计收支,网购,7\t,1\t, ,"
BACK = "2026-11-21 10:00:00\t,店,退款-毛衣,40.00,卡,退款成功,不计收支,网购,7\t,1\t, ,"
ALL_BACK = "2026-11-21 11:00:00\t,店,退款-外套,60.00,卡,退款成功,不计收支,网购,7\t,1\t, ,"


def test_jds_bill_tells_a_refund_twice_and_it_counts_once(tmp_path: Path) -> None:
    text = jd(BOUGHT, GONE, BACK, ALL_BACK, spent="1笔(含1笔部分退款)，60.00元", aside="3笔，100.00元", count=4)
    found = read(tmp_path, "jd", text)
    assert not found.broken
    assert [amount for _, amount in refunds(found)] == [4_000, 6_000]
    with pytest.raises(UnableToTakeStatement, match="支出金额"):
        read(tmp_path, "jd", text.replace("支出：1笔(含1笔部分退款)，60.00元", "支出：1笔(含1笔部分退款)，100.00元"))


@pytest.mark.parametrize("form", [form.name for form in STATEMENTS])
@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken", b"\xff\xfe\x00\x01", b'a,"never closed\n' * 3]
)
def test_what_is_no_statement_is_refused_in_both_languages(tmp_path: Path, form: str, content: bytes) -> None:
    with pytest.raises(UnableToTakeStatement) as caught:
        read(tmp_path, form, content)
    assert caught.value.says.zh != caught.value.says.en


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.intake.statements.BIGGEST", 10_000)
    path = tmp_path / "big.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("a.csv", b"0" * 1_000_000)
    with pytest.raises(UnableToTakeStatement, match="larger than"):
        open_statement(path, statement_form(STATEMENTS, "alipay"))


def samples(shared: Path, names: Sequence[str]) -> Path:
    found = shared / "data" / "platform-samples" / Path(*names)
    if not found.is_file():
        pytest.skip(f"needs the sample {found.name} of the shared folder")
    return found


def test_the_sample_bill_of_jd_agrees_with_its_own_head(shared: Path) -> None:
    path = samples(shared, ["cn-consumer-bills", "example-jd-records.csv"])
    found = open_statement(path, statement_form(STATEMENTS, "jd")).statement
    assert not found.broken
    assert {total.name: total.found for total in found.totals if "金额" in total.name} == {
        "收入金额": 0, "支出金额": 164_843, "不计收支金额": 109_759
    }  # fmt: skip
    assert sum([amount for _, amount in refunds(found)]) == 109_759


def test_the_sample_bill_of_alipay_agrees_with_its_own_foot(shared: Path) -> None:
    path = samples(shared, ["transcribed", "alipay_merchant_business_detail.gbk.csv"])
    found = open_statement(path, statement_form(STATEMENTS, "alipay")).statement
    assert refunds(found) == [("REF20260605001", 2)]
    assert {total.name: total.found for total in found.totals} == {
        "合计笔数": 3,
        "交易合计笔数": 3,
        "交易合计商家实收": 993,
    }


def test_the_sample_bill_of_wechat_agrees_with_its_own_foot(shared: Path) -> None:
    path = samples(shared, ["transcribed", "wechatpay_merchant_trade_bill_2018.csv"])
    found = open_statement(path, statement_form(STATEMENTS, "wechat")).statement
    assert not found.broken
    assert {total.name: total.found for total in found.totals} == {
        "总交易单数": 7, "总交易额": 7, "总退款金额": 0, "手续费总金额": 0
    }  # fmt: skip
