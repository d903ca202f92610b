"""The house made ready on a database: its tables, the sample shops, the first person."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from amends.cli.tools import Started
from amends.desk.decide_waiting import decide_waiting
from amends.desk.house import House
from amends.desk.import_cases import import_cases
from amends.wiring.django_start import start_django
from amends.wiring.house import live_house
from amends.wiring.policies import take_in_files
from amends.wiring.portal import tell_sample_orders, to_try


def build_house(data: Path, url: str | None) -> House:
    """The house on the database at `url` (None: SQLite in `data`), its tables brought up to date."""
    start_django(data, url)
    from amends.store.ready import migrate

    migrate()
    take_in_files(data)
    return live_house()


def prepare(data: Path, url: str | None, demo: bool, tell: Callable[[str], None]) -> Started:
    """Make everything ready to be served; with `demo`, an empty database gets the sample shops and their policies."""
    house = build_house(data, url)
    from amends.store.people import ensure_demo_user, open_demo_merchants
    from amends.store.ready import counts
    from amends.store.restores import held_since

    person = ensure_demo_user(data)
    if demo and counts() == (0, 0):
        tell("Making the sample shops ...")
        open_demo_merchants()
        _import_samples(house, data)
        _copy_sample_policies(data / "policies")
        take_in_files(data)
        tell_sample_orders(house.now())
    decide_waiting(house)
    cases, shops = counts()
    return Started(cases, shops, data, person.name, person.password, to_try() if demo else None, held_since())


def _copy_sample_policies(folder: Path) -> None:
    """Put the example policies into a data folder that has no policies yet."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    for example in resources.files("amends.decide.policy").joinpath("examples").iterdir():
        (folder / example.name).write_text(example.read_text(encoding="utf-8"), encoding="utf-8")


def _import_samples(house: House, data: Path) -> None:
    from amends.intake.import_file import form_named, translate_file
    from amends.intake.samples.make import sample_exports

    folder = data / "samples"
    folder.mkdir(exist_ok=True)
    for export in sample_exports(house.now()):
        path = folder / export.file
        path.write_bytes(export.content)
        import_cases(translate_file(path, form_named(house.forms, export.form), export.shop), export.shop, house.cases)


def new_password(data: Path, url: str | None, name: str) -> str:
    """A new random password for a person, who is made where there is none."""
    build_house(data, url)
    from amends.store.people import new_password as draw
    from amends.store.people import set_password

    word = draw()
    set_password(name, word)
    return word
