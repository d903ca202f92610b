"""`amends doctor` and `amends reconcile` as a finance person runs them."""

from __future__ import annotations

import json
from pathlib import Path

from amends.prove.truths import TRUTHS
from tests.journeys.command import amends

HEAD = "balance_transaction_id,created_utc,currency,gross,net,fee,reporting_category,source_id,charge_id,payment_intent_id\n"
ROW = "txn_1,2026-11-20 10:00:00,eur,-12.34,-12.34,0.00,refund,re_1,ch_1,pi_1\n"


def test_a_new_house_keeps_every_truth(tmp_path: Path) -> None:
    ran = amends("doctor", data=tmp_path)
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0, ran.err
    assert len(told) == len(TRUTHS)
    assert all(one["holds"] and one["says"]["zh"] for one in told)


def test_a_statement_is_compared_and_what_differs_is_settled_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "balance.csv"
    file.write_text(HEAD + ROW)
    first = amends("reconcile", str(file), "--as", "stripe", data=tmp_path)
    assert first.code == 1
    assert "1 new lines" in first.err
    [told] = [json.loads(line) for line in first.out.splitlines()]
    assert (told["kind"], told["theirs"], told["currency"]) == ("unknown_payment", "12.34", "EUR")
    again = amends("reconcile", str(file), "--as", "stripe", "--lang", "zh", data=tmp_path)
    assert "此前已导入" in again.err
    assert len(again.out.splitlines()) == 1
    done = amends("reconcile", "--settle", str(told["number"]), "--note", "another shop's", data=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert amends("reconcile", data=tmp_path).code == 0


def test_bad_input_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "balance.csv"
    file.write_text("what,ever\n1,2\n")
    for words, part in (
        ([str(file), "--as", "stripe"], "no stripe statement"),
        ([str(file), "--as", "nobank"], "use one of stripe"),
        ([str(file)], "--as is needed"),
        ([str(tmp_path / "none.csv"), "--as", "jd"], "No such file"),
        (["--settle", "7", "--note", "x"], "no open difference 7"),
    ):
        ran = amends("reconcile", *words, data=tmp_path)
        assert ran.code == 2, words
        assert part in ran.err
        assert len(ran.err.splitlines()) == 1
        assert ran.out == ""
