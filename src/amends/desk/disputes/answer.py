"""Answering a dispute: exhibits and words chosen, what will be sent seen first, then submitted or accepted, once a round."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from amends.desk.cases.deeds import prove_there
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.cases.ports import HeldCase
from amends.desk.disputes.desk import DisputeDesk, hold
from amends.desk.disputes.into_case import appeal_until
from amends.desk.disputes.ports import HeldDispute
from amends.desk.disputes.weigh import evidence_of
from amends.facts.dispute_codes import NO_NEW_EVIDENCE, family_of
from amends.facts.disputes import KeptDispute
from amends.facts.people import Person
from amends.facts.vault import Custody, Made

TEXTS: Final[Mapping[str, int]] = {
    "letter": 20_000,
    "tracking": 60,
    "carrier": 60,
    "shipped_on": 20,
    "refund": 80,
    "refund_refusal": 2_000,
    "goods": 2_000,
    "policy": 4_000,
    "duplicate": 2_000,
}
"""What can be written, with the longest of each."""
MOST_EXHIBITS: Final = 20
UNDO: Final = timedelta(seconds=10)
"""How long an answer can be taken back before it leaves."""


def by_person(person: Person) -> str:
    """The person as a dispute's story names them."""
    return f"person:{person.name}" if person.kind == "person" else "amends"


def choose(
    desk: DisputeDesk,
    number: int,
    person: Person,
    exhibits: Sequence[str],
    texts: Mapping[str, str],
    *,
    compelling: bool,
) -> KeptDispute:
    """Choose files of the case's shelf and write the words; nothing leaves. Raises `UnableToWork`.

    `compelling`: the two payments of Compelling Evidence 3.0 go along, where there are such; what was compared is kept as a piece.
    """
    _check_texts(texts)
    if len(exhibits) > MOST_EXHIBITS:
        raise bad_value("exhibits", f"at most {MOST_EXHIBITS} files", f"最多选择 {MOST_EXHIBITS} 个文件")
    found = desk.book.get(number, person.merchants)
    finding = evidence_of(desk, found) if found and compelling else None
    with hold(desk, number, person) as (held, case):
        one = held.state
        there = {piece.sha256 for piece in desk.evidence.shelf.of_case(one.case)} if one.case else set()
        if unknown := [sha for sha in exhibits if sha not in there]:
            raise bad_value("exhibits", f"{unknown[0][:12]}…: not on this case's shelf", "所选文件不在该售后单的凭证中")
        chosen = list(dict.fromkeys(exhibits))
        earlier: list[dict[str, Any]] = []
        if finding is not None and finding.qualifies:
            earlier = [
                _earlier(one_of.payment.payment, one_of.payment.signs, finding.shared) for one_of in finding.pair
            ]
            if case is not None:
                chosen = list(dict.fromkeys([*chosen, _keep_comparison(desk, one, person, finding)]))
        kept = {name: texts[name].strip() for name in TEXTS if texts.get(name, "").strip()}
        held.put(exhibits=chosen, texts=kept, more={**one.more, "earlier": earlier})
        data = {"files": len(chosen), "earlier": [item["charge"] for item in earlier]}
        held.tell("chosen", by_person(person), desk.now(), data)
        return held.state


def _check_texts(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if name not in TEXTS:
            raise bad_value(name, f"one of {', '.join(TEXTS)}", "该字段不存在")
        if len(text) > TEXTS[name]:
            raise bad_value(name, f"at most {TEXTS[name]} letters", f"最多 {TEXTS[name]} 字")


_FIELDS: Final = {
    "ip": "customer_purchase_ip",
    "device": "customer_device_id",
    "fingerprint": "customer_device_fingerprint",
    "account": "customer_account_id",
    "address": "shipping_address",
}


def _earlier(payment: str, signs: Mapping[str, str], shared: Sequence[str]) -> dict[str, str]:
    return {"charge": payment, **{_FIELDS[name]: signs[name] for name in shared}}


def _keep_comparison(desk: DisputeDesk, one: KeptDispute, person: Person, finding: Any) -> str:
    """What was compared, as a file of the case: the payments, their days, what they share. Kept once, for its words are the same."""
    lines = [
        f"Compelling Evidence 3.0 · {one.forum} {one.reason} · {one.reference}",
        f"Payment / 争议付款: {one.payment}",
    ]
    for item in finding.pair:
        lines.append(
            f"Earlier payment / 以往付款: {item.payment.payment} · {item.payment.order} · {item.payment.at.date()} · {item.days} d"
        )
        if item.payment.goods:
            lines.append(f"  {item.payment.goods}")
    lines += [f"Same in all three / 三笔相同: {', '.join(finding.shared)}", ""]
    made = Made(f"ce3-{one.number}.txt", "document", "text/plain", "\n".join(lines).encode())
    with desk.evidence.shelf.making(made) as received:
        received.keep(one.case or 0, "person", person.name, desk.now(), "house")
        return received.pieces[0].sha256


def content_of(one: KeptDispute, *, kind: str = "submit") -> dict[str, Any]:
    """What an answer holds: files, words, payments; for an acceptance only the words."""
    return {
        "kind": kind,
        "exhibits": list(one.exhibits) if kind == "submit" else [],
        "texts": dict(one.texts),
        "earlier": list(one.more.get("earlier") or ()) if kind == "submit" else [],
        "forum": one.forum,
        "reason": one.reason,
        "family": family_of(one.forum, one.reason),
        "appeal": one.stage in ("pre_arbitration", "lost") and one.round > 0,
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """A sum over what will be sent: what a person saw is what goes."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def submit(desk: DisputeDesk, number: int, person: Person, digest: str, *, at_safe_time: bool = False) -> KeptDispute:
    """Have what was chosen sent, once: in a moment, or at the safe time before the deadline. Raises `UnableToWork`.

    Where the source takes nothing by calls, a person has given it there: that is written down, with a deed where the platform has one.
    """
    with hold(desk, number, person) as (held, case):
        one, now = held.state, desk.now()
        content = content_of(one)
        if not one.ours or one.sort == "alert":
            raise UnableToWork("not_possible", "it is not our turn to answer", "当前不在举证阶段")
        if digest_of(content) != digest:
            raise UnableToWork(
                "stale",
                "what is to be sent has changed since you looked at it; look again",
                "待提交内容已变化，请重新核对",
            )
        if not (one.exhibits or one.texts.get("letter")):
            raise bad_value("exhibits", "choose a file, or write a letter", "请至少选择一个文件或填写说明")
        if one.source in desk.doors:
            _want(desk, held, "submit", content, person, _leaves(desk, one, now, at_safe_time))
            return held.state
        _given_by_hand(desk, held, case, person)
        return held.state


def _leaves(desk: DisputeDesk, one: KeptDispute, now: datetime, at_safe_time: bool) -> datetime:
    safe = desk.answer_by(one)
    return max(now + UNDO, safe) if at_safe_time and safe else now + UNDO


def _want(
    desk: DisputeDesk, held: HeldDispute, kind: str, content: Mapping[str, Any], person: Person, after: datetime
) -> None:
    one = held.state
    facts = "\x1f".join([one.source, one.reference, str(one.round), kind, digest_of(content)])
    tried = len([fight for fight in held.fights() if fight.round == one.round])
    key = "di" + hashlib.sha256(f"{facts}\x1f{tried}".encode()).hexdigest()[:30]
    live = [fight for fight in held.fights() if fight.round == one.round and fight.state not in ("failed", "dropped")]
    if live:
        if live[0].kind != kind:
            raise UnableToWork(
                "not_possible", "another answer is under way; take it back first", "已有其他答复在处理中，请先撤回"
            )
        return
    held.want(kind, key, content, person.name, desk.now(), after)
    data = {"kind": kind, "files": len(content["exhibits"]), "digest": digest_of(content), "after": after.isoformat()}
    held.tell(f"{kind}_wanted", by_person(person), desk.now(), data)


def _given_by_hand(desk: DisputeDesk, held: HeldDispute, case: HeldCase | None, person: Person) -> None:
    one, now = held.state, desk.now()
    for sha256 in one.exhibits:
        desk.evidence.shelf.note(sha256, Custody("handed_out", actor(person), now, "", one.case, {"to": one.forum}))
    data = {"files": len(one.exhibits), "digest": digest_of(content_of(one))}
    held.move("submit", by_person(person), now, data)
    held.put(more={**one.more, "given": list(one.exhibits)})
    if case is not None and one.sort == "platform":
        prove_there(desk.cases, case, person, one.exhibits, one.texts.get("letter", ""))


def accept(desk: DisputeDesk, number: int, person: Person, why: str) -> KeptDispute:
    """Accept a dispute: it cannot be taken back once it left. The buyer's bank has the money then; nothing is refunded beside it."""
    with hold(desk, number, person) as (held, _):
        one, now = held.state, desk.now()
        if one.sort == "alert" or not one.open:
            raise UnableToWork("not_possible", "there is nothing to accept", "当前没有可接受的争议")
        if not why.strip():
            raise bad_value("why", "say why it is accepted", "请填写接受的原因")
        if one.source in desk.doors:
            held.put(texts={**one.texts, "letter": one.texts.get("letter", "") or why.strip()[:1000]})
            _want(desk, held, "accept", content_of(held.state, kind="accept"), person, now + UNDO)
            return held.state
        held.move("accept", by_person(person), now, {"why": why.strip()[:500]})
        held.put(ruling="lost", liability="merchant", result=-one.amount)
        return held.state


def take_back(desk: DisputeDesk, number: int, person: Person) -> KeptDispute:
    """Take back what waits to be sent. Raises `UnableToWork` where it went already."""
    with hold(desk, number, person) as (held, _):
        if not held.drop(desk.now()):
            raise UnableToWork("not_possible", "nothing waits that was not sent", "没有可撤回的内容：可能已发出")
        held.tell("taken_back", by_person(person), desk.now())
        return held.state


def appeal(desk: DisputeDesk, number: int, person: Person, why: str) -> KeptDispute:
    """Appeal a ruling in time; where nothing new may be brought forward, only with what was given before. Raises `UnableToWork`."""
    if not why.strip():
        raise bad_value("why", "say what the ruling overlooked", "请说明裁决忽略或误判了什么")
    with hold(desk, number, person) as (held, case):
        one, now = held.state, desk.now()
        until = appeal_until(one)
        if until is not None and now > until:
            raise UnableToWork(
                "not_possible", f"the time to appeal ended at {until.isoformat()}", "申诉期已过，不能再申诉"
            )
        if one.forum in NO_NEW_EVIDENCE and not set(one.exhibits) <= set(one.more.get("given") or ()):
            raise bad_value(
                "exhibits",
                "nothing new may be brought forward here: choose only what was given in time",
                "该平台申诉不得补充新证据：只能使用举证期内已提交的材料",
            )
        held.move("appeal", by_person(person), now, {"why": why.strip()[:500]})
        held.next_round()
        held.put(texts={**one.texts, "letter": why.strip()[:20_000]}, ruling="", result=None, due=None)
        if case is not None and one.sort == "platform":
            prove_there(desk.cases, case, person, one.exhibits, why.strip())
        return held.state
