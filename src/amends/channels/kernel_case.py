"""What platforms' cases have in common on their way into a case file: the reason in words, a status that nobody knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from amends.channels.reasons import reason_of
from amends.facts.fields import UnableToReadCase
from amends.facts.imported import CaseMade, Remark, RowRefused, State
from amends.facts.platforms import Standing, ToldCase
from amends.facts.read_case import read_case


def reason_told(*texts: str) -> tuple[str, tuple[Remark, ...]]:
    """The reason's code by the first of these texts that says more than `other`; one that no table knows is `other`, and told."""
    found = [code for words in texts if (code := reason_of(words))]
    if found:
        return next((code for code in found if code != "other"), "other"), ()
    shown = next((words for words in texts if words), "")[:40]
    if shown:
        zh, en = (
            f"退款原因「{shown}」归入「其他」，原文已保留",
            f"the reason {shown!r} is taken as `other`; the original is kept",
        )
        return "other", (Remark("reason_unknown", zh, en),)
    return "other", (Remark("reason_missing", "没有填写原因，归入「其他」", "no reason is given; taken as `other`"),)


def status_unknown(status: str) -> Remark:
    """The alarm for a status that is not among the known ones: the case is still told, as open, with no standing."""
    shown = status[:60]
    return Remark(
        "status_unknown",
        f"平台状态「{shown}」不在已知取值内；售后单照收，按处理中，请人工核对",
        f"the platform's status {shown!r} is not among the known ones; the case is taken in as open, a person must look",
    )


def case_made(
    key: str, case: dict[str, Any], state: State, as_of: str | None, remarks: tuple[Remark, ...]
) -> CaseMade | RowRefused:
    """The case, once its file can be read; what contradicts itself is refused with the field that does."""
    try:
        read_case(case)
    except UnableToReadCase as fault:
        shown = str(fault)[:200]
        return RowRefused(
            Remark("case_contradicts", f"平台给出的售后单自相矛盾：{shown}", f"the case as told cannot be: {shown}"),
            key,
        )
    return CaseMade(key, case, state, as_of, remarks)


def unreadable(number: str, status: str, standing: Standing | None, updated: datetime, why: str) -> ToldCase:
    """A case that is listed but will not be shown: told with an alarm, so that it is neither lost nor holds up the others."""
    remark = Remark(
        "case_unreadable",
        f"平台不给出这张售后单的详情：{why[:160]}",
        f"the platform lists this case but does not show it: {why[:160]}",
    )
    return ToldCase(number, RowRefused(remark, number), status, standing, updated, alarms=(remark,))
