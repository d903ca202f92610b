"""What the runner does after every round of steps: the inbox, the cases, what waits for a decision, the daily run, the truths."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from pathlib import Path

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.run import CaseRounds
from amends.desk.channels.deeds import DeedRounds
from amends.desk.decide_again import DecideAgain
from amends.desk.flags.rounds import FlagRounds
from amends.desk.reconcile import DailyRun
from amends.desk.take_notice import NoticeDesk
from amends.desk.tracking.rounds import TrackingRounds
from amends.prove.watch import EVERY, TruthWatch
from amends.wiring.api import LOOPBACK, webhook_look
from amends.wiring.beside import Beside
from amends.wiring.cases import case_desk
from amends.wiring.channel_desk import talk_there
from amends.wiring.channel_rounds import ChannelRounds
from amends.wiring.clock import now
from amends.wiring.collecting import collect_rounds
from amends.wiring.disputes import dispute_desk, dispute_rounds, settings_of
from amends.wiring.dossiers import dossier_desk, dossier_rounds
from amends.wiring.flags import flag_desk
from amends.wiring.follow import follow_looks
from amends.wiring.freight import freight_desk, freight_looks, terms_of
from amends.wiring.house import live_house, money_desk
from amends.wiring.mail import mailbox_desk
from amends.wiring.metrics import metric_sync
from amends.wiring.pictures import picture_desk
from amends.wiring.platform_ways import deed_hands, own_speech
from amends.wiring.portal import evidence_desk
from amends.wiring.prevention import prevention_desk
from amends.wiring.rehearsal import rehearsal_rounds
from amends.wiring.reports import report_rounds
from amends.wiring.sms import sms_inbox, sms_rounds
from amends.wiring.statements import reconcile_desk
from amends.wiring.talk import letter_rounds, team_rounds
from amends.wiring.tracking import networks_of, tracking_desk
from amends.wiring.vault import vault_desk, vault_rounds
from amends.wiring.ways import Ways


def rounds(ways: Ways, data: Path, private: Collection[str] = LOOPBACK) -> Callable[[], None]:
    """One look at each, over the database that Django was made ready for. One that fails is logged and stops no other.

    Webhooks and deeds go out beside, and connected shops are read beside: whoever is slow keeps nobody's money waiting. `private`: hosts
    inside that may be sent to. `data`: the folder with the files of evidence.
    """
    from django.db import close_old_connections

    from amends.store.inbox_book import DatabaseInbox
    from amends.store.truth_reader import DatabaseLedger

    house = live_house()
    cases = case_desk(house, money_desk(house, ways))
    evidence = evidence_desk(cases, data)
    contested = dispute_desk(cases, evidence, ways, settings_of(data))
    disputes, networks = dispute_rounds(contested), networks_of(data)
    parcels = TrackingRounds(following := tracking_desk(cases, networks))
    looks: dict[str, Callable[[], object]] = {
        "the inbox": NoticeDesk(DatabaseInbox(), ways.telling, now).catch_up,
        "the deeds": deed_hands(data).look,
        "what came of the deeds": DeedRounds(cases).look,
        **collect_rounds(ways, cases),
        "the cases": CaseRounds(cases).look,
        "what waits for a decision": decide_again().look,
        "the statements": DailyRun(reconcile_desk()).look,
        "the connected shops": ChannelRounds(own_speech()).look,
        **_talk(cases, private),
        "the mailboxes": Beside(mailbox_desk(cases, evidence).look, "the mailboxes").look,
        "the pictures": Beside(picture_desk(cases, evidence).look, "the pictures").look,
        "the parcels": parcels.look,
        **freight_looks(freight_desk(cases, following, evidence, terms_of(data)), evidence, networks),
        "the carriers": Beside(parcels.talk, "the carriers").look,
        "the disputes": disputes.look,
        "what is done about disputes": Beside(disputes.talk, "what is done about disputes").look,
        "the webhooks": Beside(webhook_look(private)).look,
        **vault_rounds(evidence, data),
        "the dossiers": dossier_rounds(dossier_desk(vault_desk(evidence, data), following, data, contested)),
        **counted_looks(data),
        **follow_looks(cases),
        "the flags": Beside(FlagRounds(flag_desk(cases)).look, "the flags").look,
        **rehearsal_rounds(house, data),
        "the truths": TruthWatch(DatabaseLedger(logs_of=2 * EVERY), now).look,
    }

    def look() -> None:
        for name, one in looks.items():
            try:
                one()
            except Exception:
                logging.getLogger("amends.runner").exception("%s could not be looked at", name)
        close_old_connections()

    return look


def _talk(cases: CaseDesk, private: Collection[str]) -> dict[str, Callable[[], object]]:
    """What is said to buyers and to the team, and what buyers say, but for mail that comes in."""
    return {
        "what is said on platforms": Beside(talk_there(cases, own_speech()).look, "what is said on platforms").look,
        "the letters": Beside(letter_rounds(cases).look, "the letters").look,
        "what became of text messages": Beside(sms_inbox(cases).look, "what became of text messages").look,
        "the text messages": Beside(sms_rounds(cases).look, "the text messages").look,
        "the team's chats": Beside(team_rounds(cases, private).look, "the team's chats").look,
    }


def counted_looks(data: Path) -> dict[str, Callable[[], object]]:
    """What is done with the facts for metrics: they are kept in step, reports of them are sent, causes are looked for."""
    return {
        "the facts for metrics": Beside(metric_sync(data).look, "the facts for metrics").look,
        "the reports": Beside(report_rounds(data).look, "the reports").look,
        "what can be prevented": Beside(prevention_desk(data).run, "what can be prevented").look,
    }


def decide_again() -> DecideAgain:
    """Decides again what waits after a policy was changed, over the database that Django was made ready for."""
    from amends.store.decision_book import DatabaseDecisionBook
    from amends.store.policy_book import POLICIES, change_count

    return DecideAgain(DatabaseDecisionBook(), live_house, lambda: change_count(POLICIES))
