"""The fake Alipay's bills of a day: a zip of GBK tables, values padded with tabs, remarks behind ``#`` before and after."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from amends.basics.money import Minor, write_minor
from amends.fakes.china import china_clock
from amends.fakes.ledger import Payment, Refund

BUSINESS: Final = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
ACCOUNT: Final = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,"
    "交易渠道,业务类型,备注"
)
_BUYER: Final = "**明(138******00)"
Back = tuple[Refund, Payment]


def business_bill(account: str, day: str, payments: Sequence[Payment], refunds: Sequence[Back]) -> bytes:
    """The zip of 业务明细 (``trade``): a summary first, then the rows; refunds are below nothing."""
    rows = [_business(one, one.at, "交易", one.amount, "", fee(one.amount)) for one in payments]
    rows += [_business(paid, one.at, "退款", -one.amount, one.key or one.id, 0) for one, paid in refunds]
    taken, given = sum([one.amount for one in payments]), sum([one.amount for one, _ in refunds])
    foot = [
        f"#交易合计：{len(payments)}笔，商家实收共{_yuan(taken)}元，商家优惠共0.00元",
        f"#退款合计：{len(refunds)}笔，商家实收退款共-{_yuan(given)}元，商家优惠退款共0.00元",
    ]
    summary = ["门店编号,门店名称,交易订单总笔数,退款订单总笔数", f"合计\t,\t,{len(payments)},{len(refunds)}"]
    head = f"{account}_{day.replace('-', '')}_业务明细"
    return _zip(
        {
            f"{head}(汇总).csv": _table("业务明细(汇总)", account, day, summary, []),
            f"{head}.csv": _table("业务明细", account, day, [BUSINESS, *rows], foot),
        }
    )


def account_bill(account: str, day: str, payments: Sequence[Payment], refunds: Sequence[Back]) -> bytes:
    """The zip of 账务明细 (``signcustomer``): what came into and went out of the account, with its balance."""
    moves = [(one.at, one, one.amount, "交易付款", one.id) for one in payments]
    moves += [(one.at, paid, -one.amount, "交易退款", one.key or one.id) for one, paid in refunds]
    balance, rows = 0, []
    for index, (at, paid, amount, kind, note) in enumerate(sorted(moves, key=lambda move: move[0]), 1):
        balance += amount
        came, went = (_yuan(amount), "") if amount > 0 else ("", _yuan(amount))
        flow = f"{day.replace('-', '')}{index:012}"
        numbers = f"{flow}\t,{paid.id}\t,{paid.detail.get('out_trade_no', '')}\t"
        rows.append(
            f"{numbers},商品,{china_clock(at)},{_BUYER}\t,{came},{went},{_yuan(balance)},支付宝,{kind},{note}\t"
        )
    head = f"{account}_{day.replace('-', '')}_账务明细"
    return _zip({f"{head}.csv": _table("账务明细", account, day, [ACCOUNT, *rows], [])})


def fee(amount: Minor) -> Minor:
    """What Alipay keeps of a payment: 0.60 %, to the fen. It stays kept when money goes back."""
    return (amount * 6 + 500) // 1000


def _business(paid: Payment, at: int, kind: str, amount: Minor, number: str, kept: Minor) -> str:
    when = china_clock(at)
    zeros = "0.00,0.00,0.00,0.00,0.00"
    return (
        f"{paid.id}\t,{paid.detail.get('out_trade_no', '')}\t,{kind}\t,商品,{when},{when},\t,\t,\t,\t,{_BUYER}\t,"
        f"{_yuan(amount)},{_yuan(amount)},{zeros},,0.00\t,0.00,{number}\t,{_yuan(-kept)},0.00,"
    )


def _table(title: str, account: str, day: str, lines: Sequence[str], foot: Sequence[str]) -> bytes:
    year, month, date = day.split("-")
    when = f"{year}年{month}月{date}日"
    rule = "-" * 40
    head = [
        f"#支付宝{title}查询",
        f"#账号：[{account}]",
        f"#起始日期：[{when} 00:00:00]   终止日期：[{when} 23:59:59]",
        f"#{rule}{title}列表{rule}",
    ]
    return ("\r\n".join([*head, *lines, f"#{rule}{title}列表结束{rule}", *foot]) + "\r\n").encode("gbk")


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in members.items():
            box.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


def _yuan(amount: Minor) -> str:
    return write_minor(amount, 2)
