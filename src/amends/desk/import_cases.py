"""Take in the cases of a file that a platform exported. Taking in the same file twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from amends.desk.ports import CaseBook
from amends.facts.fields import UnableToReadCase
from amends.facts.imported import (
    CaseMade,
    IncomingCase,
    IncomingRefusal,
    Remark,
    RowRefused,
    RowSource,
    ShopSetting,
    SourceRow,
)
from amends.facts.read_case import read_case
from amends.intake.import_file import Translated

RowOutcome = Literal["new", "changed", "unchanged", "older", "not_taken", "nothing_to_decide"]
Progress = Callable[[int, int | None], None]

_BATCH: Final = 200
_MOST_TOLD: Final = 2_000
_FAULTS: Final = {
    "missing": "缺失",
    "wrong_type": "类型不对",
    "unknown_value": "取值不在范围内",
    "bad_amount": "不是金额",
    "over_precise": "小数位过多",
    "negative_amount": "为负数",
    "bad_time": "不是时间",
    "no_offset": "时间缺少时区",
    "out_of_range": "超出范围",
    "too_many": "数量过多",
    "contradiction": "前后矛盾",
    "duplicate_id": "编号重复",
    "unknown_line": "没有这一行商品",
    "unknown_currency": "币种未知",
    "refund_above_paid": "退款超过实付",
}


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of the rows `numbers` (1 = first line of the file) and what there is to tell about them."""

    numbers: tuple[int, ...]
    key: str | None
    outcome: RowOutcome
    remarks: tuple[Remark, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """The whole import. `told` holds rows not taken or with remarks, up to a limit; `untold` counts the rest."""

    file: str
    sha256: str
    form: str
    shop: str
    rows: int = 0
    counts: Counter[RowOutcome] = field(default_factory=Counter)
    with_remarks: int = 0
    told: list[RowReport] = field(default_factory=list)
    untold: int = 0

    @property
    def cases(self) -> int:
        """Cases that are in the book after this import."""
        return sum(self.counts[outcome] for outcome in ("new", "changed", "unchanged", "older"))

    def add(self, row: RowReport) -> None:
        """Count a row, and keep what there is to tell."""
        self.rows += len(row.numbers)
        self.counts[row.outcome] += 1
        taken = row.outcome not in ("not_taken", "nothing_to_decide")
        self.with_remarks += bool(taken and row.remarks)
        if taken and not row.remarks:
            return
        if len(self.told) < _MOST_TOLD:
            self.told.append(row)
        else:
            self.untold += 1


def import_cases(
    opened: Translated,
    shop: ShopSetting,
    book: CaseBook,
    progress: Progress | None = None,
    on_row: Callable[[RowReport], None] | None = None,
) -> ImportReport:
    """Will put the cases of an opened file (`amends.intake.import_file.translate_file`) into `book`, 200 at a time.

    Every row gets a `RowReport`, handed to `on_row` in file order and summed up in the answer. `progress` is told how
    many rows are done and how many there are at most.
    """
    report = ImportReport(opened.file, opened.sha256, opened.form, shop.name)
    batch: list[IncomingCase | IncomingRefusal] = []

    def put() -> None:
        for row in _put(batch, shop, book):
            report.add(row)
            if on_row:
                on_row(row)
        batch.clear()
        if progress:
            progress(report.rows, opened.total)

    for rows, result in opened.results:
        batch.append(_incoming(opened, rows, result))
        if len(batch) >= _BATCH:
            put()
    put()
    return report


def _incoming(
    opened: Translated, rows: Sequence[SourceRow], result: CaseMade | RowRefused
) -> IncomingCase | IncomingRefusal:
    source = RowSource(opened.file, opened.sha256, tuple(row.number for row in rows), tuple(row.raw for row in rows))
    if isinstance(result, CaseMade):
        result = checked(result)
    return IncomingCase(result, source) if isinstance(result, CaseMade) else IncomingRefusal(result, source)


def checked(made: CaseMade) -> CaseMade | RowRefused:
    """The case if it is sound, with a remark on fields that nobody reads; else the refusal with the path at fault."""
    try:
        case = read_case(made.case)
    except UnableToReadCase as unable:
        what = _FAULTS.get(unable.code, "有误")
        zh, en = f"案例字段 {unable.path} {what}（{unable.message}）", str(unable)
        return RowRefused(Remark(f"case_{unable.code}", zh, en, unable.path), made.key)
    if not case.ignored:
        return made
    names = ", ".join(case.ignored[:8])
    remark = Remark("fields_ignored", f"未使用的字段：{names}", f"fields that nobody reads: {names}")
    return replace(made, remarks=(*made.remarks, remark))


def _put(batch: Sequence[IncomingCase | IncomingRefusal], shop: ShopSetting, book: CaseBook) -> Iterator[RowReport]:
    cases = [item for item in batch if isinstance(item, IncomingCase)]
    refusals = [item for item in batch if isinstance(item, IncomingRefusal)]
    outcomes = iter(book.put(shop, cases))
    if refusals:
        book.keep_refused(shop, refusals)
    for item in batch:
        if isinstance(item, IncomingCase):
            yield RowReport(item.source.numbers, item.made.key, next(outcomes), item.made.remarks)
        else:
            outcome: RowOutcome = "nothing_to_decide" if item.refused.nothing_to_decide else "not_taken"
            yield RowReport(item.source.numbers, item.refused.key, outcome, (item.refused.remark,))
