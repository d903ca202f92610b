"""What a merchant's own corrections may do for the reading of reasons: learnt from older ones, tried on newer ones, beside the base rate.

`python -m bench.bench_own_words`. The public texts lie in AMENDS_SHARED (or `shared` beside the checkout) and are not part of the
project; without them nothing is measured, and it is said so. Two stand-ins for a shop that put right every reading: the labelled samples
of reviews, dialogues and remarks (several reasons may be right there; the first counts), and questions of banking77 about charges made
twice or not recognised, with as many others drawn among the rest as *other*. The order in which they came is drawn, five times.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from rich.console import Console
from rich.table import Table

from amends.facts.own_words import Correction
from amends.learn.reading.own import hold_out, proposals
from amends.learn.reading.read import read
from bench.bench_reading import HERE, UNRECOGNISED, dialogues, digest, of, remarks, reviews_texts, shared, table_of

DRAWS = 5
AT = datetime(2026, 1, 1, tzinfo=UTC)
console = Console(width=150)
Rows = list[tuple[str, str]]


def labelled() -> Rows:
    """The samples of public texts with their first label, those that name no reason left out."""
    folder = shared()
    assert folder
    texts = {digest(text): text for text in (*reviews_texts(folder), *dialogues(folder), *remarks(folder))}
    lines = (HERE / "bench/reading_labels.tsv").read_text(encoding="utf-8").splitlines()
    told = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(texts[key], labels.split(",")[0]) for _, key, labels in told if key in texts and labels != "unclear"]


def banking(draw: Random) -> Rows:
    """Questions about charges, and as many about something else."""
    folder = shared()
    assert folder
    mine: Rows = []
    rest: Rows = []
    for one in table_of(folder / "text-en-support/banking77.csv.gz"):
        reason = "duplicate_charge" if one["category"] == "transaction_charged_twice" else "unrecognised_charge"
        ours = one["category"] in {*UNRECOGNISED, "transaction_charged_twice"}
        (mine if ours else rest).append((one["text"], reason if ours else "other"))
    return mine + draw.sample(rest, len(mine))


def corrections(rows: Rows, draw: Random) -> list[Correction]:
    """The rows as a shop would have come by them, in an order that is drawn."""
    order = list(rows)
    draw.shuffle(order)
    return [
        Correction(place, text, read(text).reason, reason, AT + timedelta(hours=place))
        for place, (text, reason) in enumerate(order)
    ]


def measured(name: str, draws: list[list[Correction]], table: Table) -> None:
    """A row: the sums over the draws."""
    told = [one for one in map(hold_out, draws) if one is not None]
    tested = sum(one.tested for one in told)
    table.add_row(
        name, f"{len(draws[0])}", f"{sum(one.words for one in told) / len(told):.0f}",
        of(sum(one.base for one in told), tested), of(sum(one.before for one in told), tested),
        of(sum(one.after for one in told), tested), of(sum(one.wrong_before for one in told), tested),
        of(sum(one.wrong_after for one in told), tested),
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    if shared() is None:
        console.print("The public texts are not here: nothing is measured.")
        return
    table = Table(title=f"Words learnt from the older two thirds, tried on the newer third; {DRAWS} orders drawn")
    for column in (
        "corrections",
        "all",
        "words",
        "base rate",
        "right before",
        "right after",
        "wrong before",
        "wrong after",
    ):
        table.add_column(column)
    sets = {"public samples": lambda draw: labelled(), "banking77, charges and others": banking}
    for name, rows in sets.items():
        measured(name, [corrections(rows(Random(place)), Random(place)) for place in range(DRAWS)], table)
    console.print(table)
    for one in proposals(corrections(banking(Random(0)), Random(0)))[:12]:
        console.print(
            f"  {one.word.written} → {one.word.reason} {one.was} → {one.word.weight}: taken {one.taken}, corrected {one.corrected}"
        )


if __name__ == "__main__":
    main()
