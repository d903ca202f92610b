"""`amends metrics`: every metric with its base, taken apart if asked for, and the facts behind them as files."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Final, NoReturn

import orjson
import typer
from rich.console import Console
from rich.table import Table as RichTable

from amends.cli.places import places
from amends.cli.tools import Tools
from amends.desk.metrics import MetricDesk
from amends.facts.metric_columns import Table
from amends.learn.metrics.ask import Question, UnableToAsk
from amends.learn.metrics.board import parts, shown
from amends.learn.metrics.catalogue import BY_CODE, BY_DIMENSION, METRICS
from amends.learn.metrics.metric import Metric
from amends.learn.metrics.rows import day_of
from amends.learn.metrics.sheet import metric_table, sheet
from amends.learn.metrics.trend import Value

metrics_app = typer.Typer(
    help="Metrics with formula and base, and the facts they are counted on.", no_args_is_help=True
)
_TABLES: Final[tuple[Table, ...]] = ("cases", "sales")
_Days = Annotated[int, typer.Option(help="How many days, today the last.", min=1, max=1830)]
_Shop = Annotated[str, typer.Option(help="Only this shop.")]
_Currency = Annotated[str, typer.Option(help="The currency that amounts are added up in.")]
_Lang = Annotated[str, typer.Option(help="zh or en.")]


@metrics_app.command()
def show(
    context: typer.Context,
    metric: Annotated[str, typer.Argument(help="One metric, by its code; without it, all of them.")] = "",
    by: Annotated[str, typer.Option(help="Take it apart: shop, platform, sku, reason, carrier ...")] = "",
    days: _Days = 30,
    shop: _Shop = "",
    currency: _Currency = "CNY",
    lang: _Lang = "en",
) -> None:
    """Bring the facts in step and show metrics: a table on a terminal, JSON lines in a pipe."""
    desk = _desk(context)
    if metric and metric not in BY_CODE:
        _stop(f"metric: {metric!r} is not one of {', '.join(BY_CODE)}")
    if by and (by not in BY_DIMENSION or not metric):
        _stop(f"--by: name a metric, and one of {', '.join(BY_DIMENSION)}")
    question, before = _question(desk, days, shop, currency)
    wanted = [BY_CODE[metric]] if metric else list(METRICS)
    if by:
        found = [(one.name or "-", one.now, wanted[0]) for one in parts(desk.facts, wanted[0], by, question, before)]
    else:
        found = [(one.metric.code, one.now, one.metric) for one in shown(desk.facts, wanted, question, before)]
    _print(found, by or "metric", lang, currency)


def _print(found: list[tuple[str, Value, Metric]], head: str, lang: str, currency: str) -> None:
    if not sys.stdout.isatty():
        for name, value, metric in found:
            line = {head: name, "value": value.ratio, "numerator": value.top, "base": value.bottom, "unit": metric.unit}
            line |= {"currency": currency} if metric.in_money else {}
            sys.stdout.buffer.write(orjson.dumps(line | {"enough": value.bottom >= metric.least}) + b"\n")
        return
    table = RichTable(head, "value", "numerator / base", "formula" if head == "metric" else "")
    for name, value, metric in found:
        formula = (metric.formula.zh if lang == "zh" else metric.formula.en) if head == "metric" else ""
        small = "" if value.bottom >= metric.least else " (small base)"
        table.add_row(name, _written(value, metric, currency), f"{value.top:,} / {value.bottom:,}{small}", formula)
    Console().print(table)


def _written(value: Value, metric: Metric, currency: str) -> str:
    ratio = value.ratio
    if ratio is None:
        return "-"
    if metric.unit == "share":
        return f"{ratio:.2%}"
    if metric.unit == "score":
        return f"{ratio:.2f}"
    return f"{ratio / 3600:.2f} h" if metric.unit == "seconds" else f"{ratio:,.0f} minor {currency}"


@metrics_app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write: .parquet, .csv or .xlsx.")],
    table: Annotated[
        str, typer.Option(help="For .parquet and .csv: cases or sales; else the metrics themselves.")
    ] = "",
    days: _Days = 30,
    shop: _Shop = "",
    currency: _Currency = "CNY",
    lang: _Lang = "en",
) -> None:
    """Write the metrics (.csv, .xlsx), or the facts themselves, one row a case or a sale, for a warehouse (.parquet, .csv)."""
    form = file.suffix.removeprefix(".").casefold()
    if form not in ("parquet", "csv", "xlsx"):
        _stop(f"{file}: the name ends in .parquet, .csv or .xlsx")
    table = table or ("cases" if form == "parquet" else "")
    if table and (table not in _TABLES or form == "xlsx"):
        _stop(f"--table: {table!r} cannot be written here; use cases or sales, with .parquet or .csv")
    desk = _desk(context)
    try:
        if table:
            many = desk.facts.write("cases" if table == "cases" else "sales", str(file.absolute()), form)
        else:
            question, before = _question(desk, days, shop, currency)
            found = shown(desk.facts, METRICS, question, before)
            header = (_day(question.first), _day(question.last), currency)
            told = sheet(metric_table(found, header, "zh" if lang == "zh" else "en"), form)
            many = len(found)
            file.write_bytes(told)
    except OSError as fault:
        _stop(f"{file}: {fault.strerror or fault}; give the path of a file that may be written")
    print(f"{file}: {many} rows")


@metrics_app.command()
def sync(context: typer.Context) -> None:
    """Bring the facts in step now, and say how many rows were written and how long it took."""
    tools: Tools = context.obj
    where = places()
    done = tools.metrics(where.data, where.database_url)[0].run()
    if done.held:
        print("another process is at it; nothing was done here", file=sys.stderr)
        raise typer.Exit(1)
    print(f"{done.cases} cases, {done.orders} orders in {done.seconds:.2f} s")


def _desk(context: typer.Context) -> MetricDesk:
    """What answers, its facts in step; where the runner is at it already, as far as it got."""
    tools: Tools = context.obj
    where = places()
    bring, desk = tools.metrics(where.data, where.database_url)
    bring.run()
    return desk


def _question(desk: MetricDesk, days: int, shop: str, currency: str) -> tuple[Question, Question]:
    today = day_of(desk.now(), "CN")
    only = {"shop": shop} if shop else {}
    if len(currency) != 3 or not currency.isalpha():
        _stop(f"--currency: {currency!r} is no currency; use for example CNY or EUR")
    try:
        now = Question(today - days + 1, today, None, only, currency.upper(), today)
    except UnableToAsk as fault:
        _stop(str(fault))
    return now, Question(now.first - days, now.first - 1, None, only, now.currency)


def _day(number: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + number)


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(2)
