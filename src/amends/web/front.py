"""What the pages are handed: whom they ask, and what time it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from amends.desk.api.desk import ApiDesk
from amends.desk.cases.desk import CaseDesk
from amends.desk.channels.connect import ConnectDesk
from amends.desk.channels.take_push import PushDesk
from amends.desk.disputes.alerts import AlertDesk
from amends.desk.disputes.desk import DisputeDesk
from amends.desk.dossiers.desk import DossierDesk
from amends.desk.evidence import EvidenceDesk
from amends.desk.flags.desk import FlagDesk
from amends.desk.follow.desk import FollowDesk
from amends.desk.follow.win_back import WinBackDesk
from amends.desk.forecast import ForecastDesk
from amends.desk.freight.booking_desk import BookingDesk
from amends.desk.freight.desk import FreightDesk
from amends.desk.guards.desk import GuardDesk
from amends.desk.guards.scores import ScoreDesk
from amends.desk.knowledge.desk import KnowledgeDesk
from amends.desk.mail.boxes import MailboxDesk
from amends.desk.metrics import MetricDesk
from amends.desk.money_desk import MoneyDesk
from amends.desk.orders import OrderDesk
from amends.desk.people import PeopleDesk
from amends.desk.pictures import PictureDesk
from amends.desk.portal.desk import PortalDesk
from amends.desk.practice.desk import PracticeDesk
from amends.desk.prevention.desk import PreventionDesk
from amends.desk.reading import ReadingDesk
from amends.desk.reconcile import ReconcileDesk
from amends.desk.rehearsal.desk import RehearsalDesk
from amends.desk.reports.desk import ReportDesk
from amends.desk.reviews.desk import ReviewDesk
from amends.desk.settings.desk import SettingsDesk
from amends.desk.station.desk import StationDesk
from amends.desk.take_notice import NoticeDesk
from amends.desk.talk.desk import TalkDesk
from amends.desk.tracking.desk import TrackingDesk
from amends.desk.vault.desk import VaultDesk
from amends.learn.case_table import CaseSource
from amends.learn.rule_catalogue import RuleCatalogue
from amends.learn.worklist import CaseReader


@dataclass(frozen=True, slots=True)
class Front:
    """The ports that the pages read through. `now` gives the present instant, with its offset."""

    cases: CaseReader
    source: CaseSource
    rules: RuleCatalogue
    money: MoneyDesk
    notices: NoticeDesk
    statements: ReconcileDesk
    settings: SettingsDesk
    desk: CaseDesk
    orders: OrderDesk
    people: PeopleDesk
    evidence: EvidenceDesk
    vault: VaultDesk
    portal: PortalDesk
    practice: PracticeDesk
    rehearsals: RehearsalDesk
    api: ApiDesk
    reading: ReadingDesk
    mail: MailboxDesk
    pictures: PictureDesk
    connect: ConnectDesk
    pushes: PushDesk
    tracking: TrackingDesk
    disputes: DisputeDesk
    alerts: AlertDesk
    freight: FreightDesk
    bookings: BookingDesk
    dossiers: DossierDesk
    talk: TalkDesk
    metrics: MetricDesk
    reports: ReportDesk
    station: StationDesk
    guards: GuardDesk
    scores: ScoreDesk
    prevention: PreventionDesk
    forecast: ForecastDesk
    follow: FollowDesk
    knowledge: KnowledgeDesk
    flags: FlagDesk
    reviews: ReviewDesk
    win_back: WinBackDesk
    now: Callable[[], datetime]


_installed: dict[str, Front] = {}


def install(front: Front) -> None:
    """Will give this process its front; asked for once, after Django was made ready."""
    _installed["front"] = front


def front() -> Front:
    """Will give the front that the process was given."""
    return _installed["front"]
