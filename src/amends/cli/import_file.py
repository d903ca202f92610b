"""`amends import`: cases out of a file that a platform exported, each once, with a word on every row."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from amends.cli.places import places
from amends.cli.tools import Tools
from amends.desk.decide_waiting import decide_waiting
from amends.desk.house import House
from amends.desk.import_cases import ImportReport, RowReport, import_cases
from amends.facts.codes import CATEGORIES, CHANNELS
from amends.facts.imported import ShopSetting
from amends.facts.people import MAIN
from amends.facts.words import Language
from amends.intake.import_file import UnableToImport, form_named, translate_file
from amends.intake.look import UnableToReadFile

_CHANNEL_OF = {
    "douyin-aftersales": "douyin",
    "taobao-refunds": "taobao",
    "shopify-orders": "shopify",
    "table": "direct",
    "cases": "direct",
}
_MOST_ROWS = 50


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file as the platform exported it: CSV, XLSX or case files.")],
    form: Annotated[
        str, typer.Option("--as", help="douyin-aftersales, taobao-refunds, shopify-orders, table or cases.")
    ],
    shop: Annotated[str | None, typer.Option(help="The shop's name. Default: the form's name.")] = None,
    channel: Annotated[
        str | None, typer.Option(help="The shop's platform where the form fits several, e.g. tmall.")
    ] = None,
    market: Annotated[str, typer.Option(help="The buyers' market where the file does not say.")] = "CN",
    currency: Annotated[str, typer.Option(help="The shop's currency where the file does not say.")] = "CNY",
    category: Annotated[str | None, typer.Option(help="The category of everything in the shop, if it is one.")] = None,
    merchant: Annotated[str, typer.Option(help="Whose the shop is, if it is new.")] = MAIN,
    lang: Annotated[str, typer.Option(help="Language of the report: zh or en.")] = "en",
) -> None:
    """Import after-sales cases and decide them. Importing the same file again changes nothing."""
    tools: Tools = context.obj
    setting = replace(_setting(form, shop, channel, market, currency, category), merchant=merchant)
    where = places()
    house: House = tools.house(where.data, where.database_url)
    try:
        opened = translate_file(file, form_named(house.forms, form), setting)
        with _progress() as progress:
            task = progress.add_task("rows", total=opened.total)
            report = import_cases(
                opened,
                setting,
                house.cases,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
    except UnableToReadFile as fault:
        _stop(fault.remark.zh if lang == "zh" else fault.remark.en)
    except UnableToImport as fault:
        _stop(str(fault))
    except OSError as fault:
        _stop(f"{file}: {fault.strerror}; give the path of the exported file")
    waited = decide_waiting(house)
    _tell(report, waited.decided, "zh" if lang == "zh" else "en")


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(2)


def _setting(
    form: str, shop: str | None, channel: str | None, market: str, currency: str, category: str | None
) -> ShopSetting:
    chosen = channel or _CHANNEL_OF.get(form, "direct")
    if chosen not in CHANNELS:
        _stop(f"--channel: {chosen!r} is not one of {', '.join(sorted(CHANNELS))}")
    if category is not None and category not in CATEGORIES:
        _stop(f"--category: {category!r} is not one of {', '.join(sorted(CATEGORIES))}")
    return ShopSetting(shop or form, chosen, market, currency, category)


def _progress() -> Progress:
    columns = (TextColumn("{task.completed:,} {task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


_WORDS = {
    "new": ("new", "新增"),
    "changed": ("changed", "更新"),
    "unchanged": ("unchanged", "未变"),
    "older": ("older than what is known", "早于已有记录"),
    "not_taken": ("not taken", "未导入"),
    "nothing_to_decide": ("nothing to decide", "无需处理"),
}


def _tell(report: ImportReport, decided: int, lang: Language) -> None:
    out = Console(highlight=False, soft_wrap=True)
    index = 1 if lang == "zh" else 0
    counts = ", ".join(f"{count} {_WORDS[name][index]}" for name, count in report.counts.items())
    heads = (
        f"{report.file} ({report.form}): {report.rows} rows, {report.cases} cases; {counts or 'no rows'}; {decided} decided",
        f"{report.file}（{report.form}）：{report.rows} 行，{report.cases} 个售后单；{counts or '没有数据行'}；已判定 {decided}",
    )
    out.print(heads[index], markup=False)
    for row in report.told[:_MOST_ROWS]:
        _tell_row(out, row, lang)
    rest = len(report.told) + report.untold - _MOST_ROWS
    if rest > 0:
        out.print((f"... and {rest} more rows with remarks", f"……另有 {rest} 行有说明")[index])


def _tell_row(out: Console, row: RowReport, lang: Language) -> None:
    numbers = "-".join(dict.fromkeys((str(row.numbers[0]), str(row.numbers[-1])))) if row.numbers else "?"
    place = f"第 {numbers} 行" if lang == "zh" else f"row {numbers}"
    state = _WORDS[row.outcome][1 if lang == "zh" else 0]
    for remark in row.remarks:
        text = remark.zh if lang == "zh" else remark.en
        out.print(f"  {place} [{state}] {text}", markup=False)
