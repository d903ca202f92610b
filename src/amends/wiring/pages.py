"""The pages and the API as one application, with every desk joined to the database, in the server's own worker process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amends.desk.take_notice import NoticeDesk
from amends.facts.rulebook import Pack
from amends.web.front import Front, install
from amends.wiring.api import api_desk, private_hosts
from amends.wiring.cases import case_desk, order_desk
from amends.wiring.channel_desk import connect_desk, push_desk
from amends.wiring.clock import now
from amends.wiring.disputes import alert_desk, dispute_desk
from amends.wiring.disputes import settings_of as dispute_settings
from amends.wiring.django_start import start_django
from amends.wiring.dossiers import dossier_desk
from amends.wiring.flags import flag_desk
from amends.wiring.follow import follow_desk, win_back_desk
from amends.wiring.forecast import forecast_desk
from amends.wiring.freight import booking_desk, freight_desk, terms_of
from amends.wiring.guards import guard_desk, score_desk
from amends.wiring.house import live_house, load_rulebooks, money_desk
from amends.wiring.knowledge import knowledge_desk
from amends.wiring.mail import mailbox_desk
from amends.wiring.metrics import metric_desk
from amends.wiring.people import people_desk
from amends.wiring.pictures import picture_desk
from amends.wiring.portal import evidence_desk, portal_desk
from amends.wiring.practice import practice_desk
from amends.wiring.prevention import prevention_desk
from amends.wiring.rehearsal import rehearsal_desk
from amends.wiring.reports import report_desk
from amends.wiring.reviews import review_desk
from amends.wiring.settings import settings_desk
from amends.wiring.statements import reconcile_desk
from amends.wiring.station import station_desk
from amends.wiring.talk import talk_desk
from amends.wiring.tracking import networks_of, tracking_desk
from amends.wiring.vault import vault_desk
from amends.wiring.ways import Ways, read_ways
from amends.wiring.words_learnt import reading_desk


def notice_desk(ways: Ways) -> NoticeDesk:
    """The verbs of the inbox on the database that Django was made ready for."""
    from amends.store.inbox_book import DatabaseInbox

    return NoticeDesk(DatabaseInbox(), ways.telling, now)


class Catalogue:
    """Every rule for the pages that list them (`RuleCatalogue`)."""

    def packs(self) -> tuple[Pack, ...]:
        """All packs in the order in which they speak."""
        return load_rulebooks().all


def application(data: Path, url: str | None, ways: str) -> Any:
    """The pages as a WSGI application, in the server's own worker process."""
    start_django(data, url)
    from amends.web.wsgi import application as pages

    _join(data, read_ways(ways))
    return pages()


# Every desk, handed to the pages.
def _join(data: Path, found: Ways) -> None:
    from amends.store.case_export import DatabaseCaseSource
    from amends.store.case_reader import DatabaseCaseReader

    house, orders = live_house(), order_desk()
    cases = case_desk(house, money := money_desk(house, found))
    evidence, parcels = evidence_desk(cases, data), tracking_desk(cases, networks_of(data))
    disputes, vault = dispute_desk(cases, evidence, found, dispute_settings(data)), vault_desk(evidence, data)
    carried = freight_desk(cases, parcels, evidence, terms_of(data))
    install(
        Front(
            cases=DatabaseCaseReader(),
            source=DatabaseCaseSource(now),
            rules=Catalogue(),
            money=money,
            notices=notice_desk(found),
            statements=reconcile_desk(),
            settings=settings_desk(house),
            desk=cases,
            orders=orders,
            people=people_desk(),
            evidence=evidence,
            vault=vault,
            portal=portal_desk(cases, orders, evidence),
            practice=practice_desk(house),
            rehearsals=rehearsal_desk(house, data),
            api=api_desk(private_hosts(data)),
            reading=reading_desk(),
            mail=mailbox_desk(cases, evidence),
            pictures=picture_desk(cases, evidence),
            connect=connect_desk(),
            pushes=push_desk(),
            tracking=parcels,
            disputes=disputes,
            alerts=alert_desk(disputes),
            freight=carried,
            bookings=booking_desk(carried, evidence),
            dossiers=dossier_desk(vault, parcels, data, disputes),
            talk=talk_desk(cases, private_hosts(data)),
            station=station_desk(evidence, data),
            guards=guard_desk(house),
            **_counted(data),
            follow=follow_desk(cases),
            flags=flag_desk(cases),
            reviews=review_desk(),
            win_back=win_back_desk(cases),
            knowledge=knowledge_desk(),
            now=now,
        )
    )


def _counted(data: Path) -> dict[str, Any]:
    """The desks over the facts for metrics."""
    return {
        "metrics": metric_desk(data),
        "reports": report_desk(data),
        "scores": score_desk(data),
        "prevention": prevention_desk(data),
        "forecast": forecast_desk(data),
    }
