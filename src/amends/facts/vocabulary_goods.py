"""Facts about the goods' state, the defect, and the evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from amends.facts.codes import GRADES
from amends.facts.rulebook import Says
from amends.facts.situation import Situation
from amends.facts.vocabulary_fact import Fact, count, yes_no

HARM: Final = ("used", "washed", "damaged", "incomplete", "swapped")
"""States that make goods of any category no longer as they were; tags, seals and activation depend on the category."""
_STATES: Final = {
    "opened": ("The packaging was opened.", "包装已拆封。"),
    "tags_removed": ("Tags were removed.", "吊牌已摘。"),
    "seal_broken": ("A seal was broken.", "封条已破。"),
    "activated": ("The device was activated.", "已激活。"),
    "used": ("Used beyond trying.", "已使用（超出合理试用）。"),
    "washed": ("Washed.", "已洗涤。"),
    "damaged": ("Damaged.", "有损坏。"),
    "incomplete": ("Parts or accessories are missing.", "配件不全。"),
    "swapped": ("Not the goods that were sold.", "被调包。"),
}


def _intact(situation: Situation) -> bool | None:
    goods, inspection = situation.case.goods, situation.case.inspection
    grade = inspection.grade if inspection else None
    states = [getattr(goods, name) for name in HARM]
    if any(states) or grade in ("C", "D"):
        return False
    return True if grade in ("A", "B") or None not in states else None


def _grade(situation: Situation) -> str | None:
    inspection = situation.case.inspection
    return inspection.grade if inspection else None


def _state(name: str) -> Callable[[Situation], bool | None]:
    return lambda situation: getattr(situation.case.goods, name)


def _given(kind: str | None) -> Callable[[Situation], int]:
    """How many pieces of one kind (None: any) the buyer gave."""
    return lambda s: sum([item.by == "buyer" and kind in (None, item.kind) for item in s.case.evidence])


GOODS_FACTS: Final = (
    *[yes_no(f"goods_{name}", en, zh, _state(name)) for name, (en, zh) in _STATES.items()],
    yes_no("goods_intact", "Not used, washed, damaged, incomplete or swapped, and not graded C or D; true once graded A or B, or all five are known to be absent.", "未使用、未洗涤、无损坏、不缺件、未调包且验货非 C、D 级；验为 A、B 级或五项均确认没有时为真。", _intact),
    Fact("inspection_grade", "code", Says("The warehouse's grade: A as new, B opened but resaleable, C worn or incomplete, D not resaleable, wrong or swapped.", "验货等级：A 全新，B 已拆可再售，C 有磨损或不完整，D 不可再售、错货或调包。"), _grade, None, GRADES, "grade"),
    yes_no("defect_confirmed", "The alleged defect was confirmed (or, if false, refuted).", "所称问题已核实（为假则已排除）。", lambda s: s.case.defect.confirmed),
    yes_no("defect_visible", "The defect can be seen on arrival.", "问题为外观可见。", lambda s: s.case.defect.visible),
    yes_no("defect_minor", "The defect is minor.", "问题轻微。", lambda s: s.case.defect.minor),
    Fact("defect_share", "number", Says("The part of the goods affected.", "受影响商品的占比。"), lambda s: None if s.case.defect.share is None else s.case.defect.share * 100, "percent"),
    count("repairs_failed", "repairs", "Repairs that failed.", "修理失败次数。", lambda s: s.case.defect.repairs_failed),
    count("evidence_photos", "photos", "Photos that the buyer gave.", "买家提供的照片数。", _given("photo")),
    count("evidence_videos", "videos", "Videos that the buyer gave.", "买家提供的视频数。", _given("video")),
    count("evidence_reports", "reports", "Test reports that the buyer gave.", "买家提供的检测报告数。", _given("report")),
    count("evidence_total", "pieces", "Pieces of evidence of any kind that the buyer gave.", "买家提供的凭证总数。", _given(None)),
)  # fmt: skip
