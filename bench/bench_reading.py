"""How often the reading of reasons is right: on sentences of our own, on a sample of public texts, and beside a plain linear model.

`python -m bench.bench_reading [--own]`. The public texts lie in AMENDS_SHARED (or `shared` beside the checkout) and are not part of the
project; where they are not there, or with `--own`, only the own sentences are measured, and it is said so. No figure without its base rate:
what is right by always giving the commonest answer.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from amends.facts.codes import REASON_FAULTS
from amends.learn.reading.read import read
from bench.linear import Grams, Linear, characters, word_pairs

HERE = Path(__file__).resolve().parents[1]
OWN = HERE / "tests/rooms/learn/reading"
NONE = "unclear"
GOODS = ("衣服", "平板", "洗发水", "水果", "手机", "计算机", "热水器")
UNRECOGNISED = {
    "card_payment_not_recognised",
    "direct_debit_payment_not_recognised",
    "cash_withdrawal_not_recognised",
}
Rows = Sequence[tuple[str, str]]
console = Console(width=150)


def shared() -> Path | None:
    """The folder of public texts; None where it is not there."""
    given = os.environ.get("AMENDS_SHARED")
    places = [Path(given)] if given else [one / "shared" for one in HERE.parents]
    return next((one / "data" for one in places if (one / "data" / "text-zh-reviews").is_dir()), None)


def answer(text: str) -> str:
    """What the house's reader says, `unclear` where it gives no reason."""
    return read(text).reason or NONE


def of(part: int, whole: int) -> str:
    """A share, with its counts."""
    return f"{100 * part / whole:.1f} % ({part} of {whole})" if whole else "-"


def base(answers: Iterable[str]) -> str:
    """What is right by always giving the commonest answer."""
    counted = Counter(answers)
    return of(max(counted.values()), sum(counted.values()))


def own() -> None:
    """Measure the sentences of our own: whole, by half, by reason and by how sure the reader was."""
    table = Table(title="Sentences of our own (the hand that wrote the lists knew them: an upper bound)")
    for name in ("sentences", "right", "base rate", "right where it answers", "µs a text"):
        table.add_column(name)
    weak, bands = [], defaultdict(list)
    for tongue in ("zh", "en"):
        lines = (OWN / f"own_{tongue}.tsv").read_text(encoding="utf-8").splitlines()
        rows = [(text, reason) for reason, text in (line.split("\t") for line in lines)]
        began = perf_counter()
        told = [(answer(text), reason) for text, reason in rows]
        took = (perf_counter() - began) / len(rows) * 1e6
        spoke = [one for one in told if one[0] != NONE]
        table.add_row(
            tongue, of(sum(a == b for a, b in told), len(told)), base(reason for _, reason in rows),
            of(sum(a == b for a, b in spoke), len(spoke)), f"{took:.0f}",
        )  # fmt: skip
        weak += by_reason(tongue, told)
        for text, reason in rows:
            bands[min(read(text).confidence // 10 * 10, 80)].append(answer(text) == reason)
    console.print(table)
    console.print("Reasons not always read rightly:", "; ".join(weak) or "none")
    for band, right in sorted(bands.items()):
        console.print(f"  confidence {band} and more: right {of(sum(right), len(right))}")


def by_reason(tongue: str, told: Rows) -> list[str]:
    """The reasons that are missed or wrongly given, with how often."""
    found = []
    for reason in sorted({right for _, right in told}):
        mine = [got for got, right in told if right == reason]
        wrongly = sum(got == reason != right for got, right in told)
        if mine.count(reason) < len(mine) or wrongly:
            found.append(f"{tongue} {reason} {mine.count(reason)} of {len(mine)}, wrongly given {wrongly}")
    return found


def sampled(folder: Path) -> None:
    """Measure a sample of public texts that a person of this project labelled before the reader had seen them."""
    texts = {digest(text): text for text in (*reviews_texts(folder), *dialogues(folder), *remarks(folder))}
    lines = (HERE / "bench/reading_labels.tsv").read_text(encoding="utf-8").splitlines()
    sets: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for name, key, labels in (line.split("\t") for line in lines if not line.startswith("#")):
        if key in texts:
            sets[name].append((answer(texts[key]), labels.split(",")))
    table = Table(
        title="Public texts, labelled by a person of this project before they were read (several reasons may be right)"
    )
    for column in ("set", "right", "base rate: always unclear", "best constant", "answers", "right where it answers"):
        table.add_column(column)
    for name, rows in sets.items():
        spoke = [one for one in rows if one[0] != NONE]
        constant = max(sum(code in labels for _, labels in rows) for code in {*REASON_FAULTS, NONE})
        table.add_row(
            name, of(sum(got in labels for got, labels in rows), len(rows)),
            of(sum(NONE in labels for _, labels in rows), len(rows)), of(constant, len(rows)),
            of(len(spoke), len(rows)), of(sum(got in labels for got, labels in spoke), len(spoke)),
        )  # fmt: skip
    console.print(table)


def alarms(folder: Path) -> None:
    """Measure how often a fault of the shop is read into reviews that gave good stars, and into bad ones."""
    counted: dict[str, Counter[str]] = {"0": Counter(), "1": Counter()}
    for kind, stars, text in review_rows(folder):
        if kind in GOODS:
            reason = answer(text)
            counted[stars]["fault" if REASON_FAULTS.get(reason) in ("seller", "carrier") else "none"] += 1
    good, bad = counted["1"], counted["0"]
    console.print(
        f"A fault of shop or carrier is read into {of(bad['fault'], bad.total())} of bad reviews of goods and into "
        f"{of(good['fault'], good.total())} of good ones (stars, not truth)"
    )


def banking(folder: Path) -> None:
    """Measure our reader on the intents that are reasons of ours, and the linear model on all."""
    rows = [
        (one["text"], one["category"], one["split"]) for one in table_of(folder / "text-en-support/banking77.csv.gz")
    ]
    for reason, intents in (("duplicate_charge", {"transaction_charged_twice"}), ("unrecognised_charge", UNRECOGNISED)):
        mine = [answer(text) == reason for text, intent, _ in rows if intent in intents]
        others = [answer(text) == reason for text, intent, _ in rows if intent not in intents]
        found = sum(mine)
        console.print(
            f"banking77, {reason}: found {of(found, len(mine))}; of all that were given it {of(found, found + sum(others))} rightly "
            f"(base rate {of(len(mine), len(rows))})"
        )
    train = [(text, intent) for text, intent, split in rows if split == "train"]
    test = [(text, intent) for text, intent, split in rows if split == "test"]
    linear("banking77, 77 intents, its own split", train, test, word_pairs, 12, "0.8792")


def reviews(folder: Path) -> None:
    """Measure the linear model on Chinese reviews, split by the text without blanks so that copies stay on one side."""
    rows = list(review_rows(folder))
    tested = [int(digest("".join(text.split())), 16) % 5 == 0 for _, _, text in rows]
    for name, place, floor, rounds in (("good or bad", 1, "0.9351", 4), ("category of ten", 0, "0.8989", 4)):
        known = [(one[2], one[place]) for one, test in zip(rows, tested, strict=True) if not test]
        asked = [(one[2], one[place]) for one, test in zip(rows, tested, strict=True) if test]
        linear(f"Chinese reviews, {name}", known, asked, characters, rounds, floor)


def linear(name: str, train: Rows, test: Rows, grams: Grams, rounds: int, floor: str) -> None:
    """Train and measure the linear model, beside the floor that the set's README states (logistic regression, other split)."""
    began = perf_counter()
    model = Linear(grams, sorted({label for _, label in train}))
    model.train(train, rounds)
    right = sum(model.of(text) == label for text, label in test)
    console.print(
        f"linear model, {name}: {of(right, len(test))}; stated floor {floor}; base rate {base(label for _, label in test)}; "
        f"{perf_counter() - began:.0f} s"
    )


def table_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a packed table."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def review_rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Chinese reviews as (category, 1 for good or 0 for bad, text)."""
    for one in table_of(folder / "text-zh-reviews/online_shopping_10_cats.csv.gz"):
        yield one["cat"], one["label"], one["review"]


def reviews_texts(folder: Path) -> Iterator[str]:
    """The texts of the reviews."""
    for _, _, text in review_rows(folder):
        yield text.strip()


def dialogues(folder: Path) -> Iterator[str]:
    """What the customer said in each dialogue, in one text."""
    with gzip.open(folder / "dialog-zh/csds_jddc_key_turns.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield " ".join([one["text"] for one in json.loads(line)["key_turns"] if one["role"] == "user"])


def remarks(folder: Path) -> Iterator[str]:
    """Remarks of a marketplace's customers."""
    for one in table_of(folder / "text-en-support/shopzilla_remarks.csv.gz"):
        yield one["Customer Remarks"].strip()


def digest(text: str) -> str:
    """By what a text is named in the list of labels."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main() -> None:
    """Print every table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--own", action="store_true", help="only the sentences of our own")
    asked = given.parse_args()
    own()
    folder = shared()
    if folder is None or asked.own:
        console.print("SKIPPED: the public texts (AMENDS_SHARED names their folder); only our own sentences were read.")
        return
    for measure in (sampled, alarms, banking, reviews):
        measure(folder)


if __name__ == "__main__":
    main()
