"""The one place that builds and joins everything. Explicit tuples; nothing happens on import."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import Any, Final

from amends.cli import main
from amends.cli.tools import Started, Tools, UnableToStart
from amends.desk.api.tokens import TokenDesk
from amends.desk.decide_waiting import decide_waiting
from amends.desk.house import House
from amends.desk.import_cases import import_cases
from amends.desk.metrics import MetricDesk
from amends.desk.reconcile import ReconcileDesk
from amends.desk.take_notice import NoticeDesk
from amends.facts.audit_trail import AuditFinding, AuditProgress, KeptDigest
from amends.facts.dispute_settings import UnableToReadDisputeSettings
from amends.facts.freight_terms import UnableToReadFreight
from amends.facts.rubrics import UnableToReadRubrics
from amends.facts.rulebook import Pack
from amends.facts.truths import Checked
from amends.learn.case_table import CaseSource
from amends.learn.metrics.sync import MetricSync
from amends.prove.truths import check_truths
from amends.wiring.api import api_desk, private_hosts
from amends.wiring.cases import case_desk, order_desk
from amends.wiring.channel_desk import connect_desk, push_desk
from amends.wiring.clock import now
from amends.wiring.demo_money import aim_webhooks, capture_payments, demo_ways, kept_ways, write_addresses
from amends.wiring.disputes import alert_desk, dispute_desk
from amends.wiring.disputes import settings_of as dispute_settings
from amends.wiring.django_start import keep_address, start_django
from amends.wiring.dossiers import dossier_desk
from amends.wiring.freight import freight_desk, terms_of
from amends.wiring.house import FORMS, live_house, load_rulebooks, money_desk
from amends.wiring.mail import mailbox_desk
from amends.wiring.metrics import metric_desk, metric_sync
from amends.wiring.networks import UnableToReadNetworks
from amends.wiring.people import add_person, people_desk
from amends.wiring.pictures import picture_desk
from amends.wiring.policies import load_policy, take_in_files
from amends.wiring.portal import evidence_desk, portal_desk, tell_sample_orders, to_try
from amends.wiring.processes import fakes, platforms, running, wait
from amends.wiring.settings import settings_desk
from amends.wiring.statements import STATEMENTS, reconcile_desk
from amends.wiring.station import rubrics_of, station_desk
from amends.wiring.talk import talk_desk
from amends.wiring.tracking import networks_of, tracking_desk
from amends.wiring.vault import vault_desk, verifier
from amends.wiring.ways import UnableToReadWays, Ways, read_ways
from amends.wiring.working import work

__all__ = ["FORMS", "TOOLS", "Catalogue", "load_policy", "load_rulebooks", "run"]
_UNREADABLE: Final = (UnableToReadNetworks, UnableToReadDisputeSettings, UnableToReadFreight, UnableToReadRubrics)


def notice_desk(ways: Ways) -> NoticeDesk:
    """The verbs of the inbox on the database that Django was made ready for."""
    from amends.store.inbox_book import DatabaseInbox

    return NoticeDesk(DatabaseInbox(), ways.telling, now)


class Catalogue:
    """Every rule for the pages that list them (`RuleCatalogue`)."""

    def packs(self) -> tuple[Pack, ...]:
        """All packs in the order in which they speak."""
        return load_rulebooks().all


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
    return Started(cases, shops, data, person.name, person.password, to_try() if demo else None)


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


def _application(data: Path, url: str | None, ways: str) -> Any:
    """The pages as a WSGI application, in the server's own worker process."""
    start_django(data, url)
    from amends.store.case_export import DatabaseCaseSource
    from amends.store.case_reader import DatabaseCaseReader
    from amends.web.front import Front, install
    from amends.web.wsgi import application

    found = read_ways(ways)
    house = live_house()
    money = money_desk(house, found)
    cases, orders = case_desk(house, money), order_desk()
    evidence = evidence_desk(cases, data)
    disputes = dispute_desk(cases, evidence, found, dispute_settings(data))
    parcels = tracking_desk(cases, networks_of(data))
    vault = vault_desk(evidence, data)
    install(
        Front(
            DatabaseCaseReader(),
            DatabaseCaseSource(now),
            Catalogue(),
            money,
            notice_desk(found),
            reconcile_desk(),
            settings_desk(house),
            cases,
            orders,
            people_desk(),
            evidence,
            vault,
            portal_desk(cases, orders, evidence),
            api_desk(private_hosts(data)),
            mailbox_desk(cases, evidence),
            picture_desk(cases, evidence),
            connect_desk(),
            push_desk(),
            parcels,
            disputes,
            alert_desk(disputes),
            freight_desk(cases, parcels, evidence, terms_of(data)),
            dossier_desk(vault, parcels, data),
            talk_desk(cases, private_hosts(data)),
            metric_desk(data),
            station_desk(evidence, data),
            now,
        )
    )
    return application()


def serve(data: Path, url: str | None, port: int, demo: bool, workers: int = 1) -> None:
    """Serve the pages on this machine until Ctrl-C, with a runner beside; with `demo`, over fake gateways."""
    kept = kept_ways(data)
    keep_address(data, port)
    with ExitStack() as around:
        if kept is None and demo:
            running_fakes = around.enter_context(fakes(data / "demo-gateways"))
            capture_payments(running_fakes)
            aim_webhooks(running_fakes, port)
            write_addresses(running_fakes, data / "demo-gateways")
            kept = demo_ways(running_fakes)
        ways = kept or ""
        _checked_ways(ways, data)
        around.enter_context(running(data, url, ways))
        _serve_pages(functools.partial(_application, data, url, ways), port, workers)


def _checked_ways(text: str, data: Path) -> None:
    try:
        read_ways(text)
    except UnableToReadWays as fault:
        raise UnableToStart(f"{data / 'gateways.yaml'}: {fault}") from fault
    try:
        for read in (networks_of, dispute_settings, terms_of, rubrics_of):
            read(data)
    except _UNREADABLE as fault:
        raise UnableToStart(str(fault)) from fault


def _serve_pages(build: Callable[[], Any], port: int, workers: int) -> None:
    from amends.web.serve import UnableToServe
    from amends.web.serve import serve as serve_pages

    try:
        serve_pages(build, "127.0.0.1", port, workers)
    except UnableToServe as fault:
        raise UnableToStart(str(fault)) from fault


def doctor(data: Path, url: str | None) -> tuple[Checked, ...]:
    """Every truth about the money in this database, looked at now."""
    build_house(data, url)
    from amends.store.truth_reader import DatabaseLedger

    return check_truths(DatabaseLedger(), now())


def cases(data: Path, url: str | None) -> CaseSource:
    """The cases of this database, to be written out."""
    build_house(data, url)
    from amends.store.case_export import DatabaseCaseSource

    return DatabaseCaseSource(now)


def reconcile(data: Path, url: str | None) -> ReconcileDesk:
    """The verbs of reconciling on this database."""
    build_house(data, url)
    return reconcile_desk()


def tokens(data: Path, url: str | None) -> TokenDesk:
    """The verbs on tokens of the API on this database."""
    build_house(data, url)
    return api_desk().tokens


def audit(data: Path, url: str | None, expected: frozenset[str]) -> Iterator[AuditFinding | AuditProgress]:
    """Everything that is sealed on this database and in this folder, looked through."""
    build_house(data, url)
    yield from verifier(data, expected).look()


def last_digest(data: Path, url: str | None) -> KeptDigest | None:
    """The newest digest over all logs."""
    build_house(data, url)
    from amends.store.digest_book import DatabaseDigests

    return DatabaseDigests().last()


def metrics(data: Path, url: str | None) -> tuple[MetricSync, MetricDesk]:
    """What brings the facts for metrics in step on this database, and what answers from them."""
    build_house(data, url)
    return metric_sync(data), metric_desk(data)


def new_password(data: Path, url: str | None, name: str) -> str:
    """A new random password for a person, who is made where there is none."""
    build_house(data, url)
    from amends.store.people import new_password as draw
    from amends.store.people import set_password

    word = draw()
    set_password(name, word)
    return word


TOOLS: Final = Tools(
    load_rulebooks,
    load_policy,
    build_house,
    prepare,
    serve,
    new_password,
    add_person,
    fakes,
    platforms,
    wait,
    doctor,
    work,
    cases,
    reconcile,
    tokens,
    audit,
    last_digest,
    metrics,
    STATEMENTS,
)


def run() -> None:
    """The `amends` command."""
    main.run(TOOLS)
