"""`amends export`: cases written into a file, as a table to be read by people and read in again, or as case files; and the history."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from amends.cli.places import places
from amends.cli.rehearse import write_history
from amends.cli.tools import Tools
from amends.facts.listed import VIEWS, ListQuery
from amends.learn.case_table import FORMS, MOST, write_table

_EVERY = "all"
_HISTORY = "history"


def export(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="The file to write: .csv, .xlsx or .jsonl; or the word history, with --parquet.")
    ],
    view: Annotated[str, typer.Option(help="A view of the work list, or all.")] = _EVERY,
    shop: Annotated[str, typer.Option(help="Only cases of this shop.")] = "",
    lang: Annotated[str, typer.Option(help="Language of headers and codes: zh or en.")] = "en",
    template: Annotated[
        bool, typer.Option(help="Write the header alone, to be filled and imported as a table.")
    ] = False,
    parquet: Annotated[Path | None, typer.Option(help="With history: the folder to write.")] = None,
) -> None:
    """Write cases into a file. A table is read in again by `amends import --as table`.

    `amends export history --parquet DIR` writes the whole case history instead, one row a case, parted by month, with nothing
    in it that a buyer wrote or is called by; `amends policy rehearse` reads it.
    """
    if parquet is not None or str(file) == _HISTORY:
        if parquet is None or str(file) != _HISTORY:
            _stop("the history is written by: amends export history --parquet DIR")
        write_history(context.obj, parquet)
        return
    form = file.suffix.removeprefix(".").casefold()
    if form not in FORMS:
        _stop(f"{file}: the name ends in .csv, .xlsx or .jsonl")
    if view != _EVERY and view not in VIEWS:
        _stop(f"--view: {view!r} is not one of all, {', '.join(VIEWS)}")
    tools: Tools = context.obj
    where = places()
    source = tools.cases(where.data, where.database_url)
    views = () if template else ("open", "closed") if view == _EVERY else (view,)
    found = chain.from_iterable(source.whole(ListQuery(view=one, shop=shop), None, MOST) for one in views)
    try:
        with file.open("wb") as out:
            many = write_table(found, form, "zh" if lang == "zh" else "en", out)
    except OSError as fault:
        _stop(f"{file}: {fault.strerror}; give the path of a file that may be written")
    print(f"{file}: {many} cases")
    if many >= MOST:
        print(f"a file holds at most {MOST:,} cases of a view; use --view and --shop for the rest", file=sys.stderr)


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(2)
