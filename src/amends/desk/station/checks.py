"""What an inspection must say before it is taken: counts that add up, numbers that were sold, photos where the finding costs the buyer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from amends.desk.cases.faults import UnableToWork, bad_value
from amends.desk.station.desk import StationDesk
from amends.facts.case import Case
from amends.facts.codes import GRADES
from amends.facts.sheet import LineFound, Sheet, miscounted, misplaced, rubric_of
from amends.facts.sold import lines_of, numbers_of, packed_numbers, strangers
from amends.facts.work import CaseState

MOST_PIECES: Final = 10_000


def sold_numbers(desk: StationDesk, state: CaseState, field: str) -> dict[str, tuple[str, ...]]:
    """The serials or lots that were sold, by line: from the order, else from the names of its packing files."""
    lines = lines_of(state.case)
    packed = packed_numbers([one.name for one in desk.goods.of_case(state.number)], field)
    return {key: numbers_of(one, field) or packed for key, one in lines.items()}


def strange_numbers(desk: StationDesk, state: CaseState, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """The serials and lots on the sheet that were not sold, by line."""
    serials, lots = sold_numbers(desk, state, "serials"), sold_numbers(desk, state, "lots")
    found = {}
    for one in sheet.lines:
        odd = (*strangers(one.serials, serials.get(one.line, ())), *strangers(one.lots, lots.get(one.line, ())))
        if odd:
            found[one.line] = odd
    return found


def check_sheet(desk: StationDesk, state: CaseState, case: Case, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """Raise `UnableToWork` where the sheet cannot be right; the numbers on it that were not sold, by line."""
    asked = {item.line.id: item.quantity for item in case.request.lines}
    if stray := misplaced(sheet, asked):
        raise bad_value("lines", f"{stray[0]} is no line of this request", f"{stray[0]} 不在本次申请的商品中")
    for one in sheet.lines:
        _check_line(one)
    check_counts(asked, sheet)
    odd = strange_numbers(desk, state, sheet)
    for one in sheet.lines:
        if len(odd.get(one.line, ())) > one.wrong and not one.note.strip():
            number = odd[one.line][0]
            raise bad_value(
                f"serial-{one.line}",
                f"{number} was not sold with this order; count that piece as wrong, or write a note that explains it",
                f"序列号 {number} 与售出商品不符；请将该件计为“错发 / 调包”，或填写备注说明",
            )
    return odd


def check_counts(asked: Mapping[str, int], sheet: Sheet) -> None:
    """Raise `UnableToWork` where the pieces of a line are not those that were announced, and nobody says why."""
    wrong = miscounted(asked, sheet)
    if wrong and not sheet.why.strip():
        line, announced, counted = wrong[0]
        raise bad_value(
            f"count-{line}",
            f"{counted} pieces counted, {announced} announced; count again, or say why they differ",
            f"清点 {counted} 件，应为 {announced} 件；请重新清点或说明原因",
        )


def _check_line(one: LineFound) -> None:
    if one.grade not in GRADES:
        raise bad_value(f"grade-{one.line}", "one of A, B, C, D", "等级须为 A、B、C 或 D")
    if min(one.good, one.defective, one.missing, one.wrong) < 0 or one.counted > MOST_PIECES:
        raise bad_value(f"count-{one.line}", f"whole numbers from 0 to {MOST_PIECES}", f"请填写 0–{MOST_PIECES} 的整数")
    if one.percent is not None and not 0 <= one.percent <= 100:
        raise bad_value(f"percent-{one.line}", "from 0 to 100", "请填写 0–100")
    if one.grade in ("C", "D") and not one.defective and not one.wrong and not one.missing:
        raise bad_value(
            f"count-{one.line}",
            f"graded {one.grade}, but every piece is counted as good; count the worn ones as defective",
            f"等级为 {one.grade}，但全部计为良品；请将有问题的件数计为“不良”",
        )


def check_photos(desk: StationDesk, state: CaseState, case: Case, sheet: Sheet, fresh: Sequence[object]) -> None:
    """Raise `UnableToWork` where a finding that counts against the buyer is shown by no photo."""
    if fresh or _has_own_photos(desk, state):
        return
    found = {one.line: one for one in sheet.lines}
    for item in case.request.lines:
        one = found.get(item.line.id)
        if one is None:
            continue
        costs = bool(one.missing or one.wrong)
        if costs or (one.defective and rubric_of(desk.rubrics, item).needs_photo(one.grade, one.states)):
            raise UnableToWork(
                "bad_value",
                "a photo has to show this finding: it may cost the buyer money",
                "此项检查结果会影响买家退款，须拍照留证",
                "files",
            )


def _has_own_photos(desk: StationDesk, state: CaseState) -> bool:
    """Whether the desk has put a photo or a video on the case."""
    return any(
        one.by_kind == "person" and one.kind in ("photo", "video") for one in desk.evidence.shelf.of_case(state.number)
    )
