"""The policies in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F

from amends.facts.kept_policies import (
    FROM_FILE,
    KeptPolicy,
    KeptVersion,
    LivePolicy,
    OpenCase,
    VersionState,
    text_sha256,
)
from amends.facts.people import MAIN
from amends.store.database import writing
from amends.store.models import CaseFile, CaseRow, ChangeCount, Merchant, PolicyRow, PolicyVersion, Shop

POLICIES = "policies"
_UNANSWERED = ("new", "awaiting_evidence")


class DatabasePolicies:
    """Implements `amends.desk.settings.ports.PolicyBook` on the database."""

    def policies(self, merchants: frozenset[str] | None) -> list[KeptPolicy]:
        """Will give the policies of these merchants, or of all."""
        rows = PolicyRow.objects.order_by("merchant", "name")
        if merchants is not None:
            rows = rows.filter(merchant__in=merchants)
        return [_policy(row) for row in rows]

    def policy(self, number: int) -> KeptPolicy | None:
        """Will give one policy, or None."""
        row = PolicyRow.objects.filter(pk=number).first()
        return _policy(row) if row else None

    def versions(self, number: int) -> list[KeptVersion]:
        """Will give all versions, newest first."""
        return [_version(row) for row in PolicyVersion.objects.filter(policy=number).order_by("-number")]

    def merchants(self) -> list[str]:
        """Will give every merchant that there is."""
        return list(Merchant.objects.order_by("name").values_list("name", flat=True))

    def begin(self, merchant: str, name: str, text: str, person: str, at: datetime) -> int | None:
        """Will make a policy with a first draft; None where there is one of that name."""
        try:
            with writing():
                row = PolicyRow.objects.create(merchant=merchant, name=name)
                _insert(row, 1, KeptVersion(1, text, "draft", person, at))
                return row.pk
        except IntegrityError:
            return None

    def add(
        self, number: int, version: KeptVersion, base: int, concerns: Callable[[str, str, str], bool] | None
    ) -> KeptVersion | None:
        """Will add a version; a live one retires the one before it and has open cases decided again."""
        with writing():
            row = PolicyRow.objects.select_for_update().get(pk=number)
            newest = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
            if newest != base:
                return None
            gone = ("live", "draft") if version.state == "live" else ("draft",)
            row.versions.filter(state__in=gone).update(state="retired")
            made = _insert(row, newest + 1, version)
            if concerns is not None:
                _decide_again(row.merchant, concerns)
                count_change(POLICIES)
            return made

    def open_cases(self, merchant: str, most: int) -> list[OpenCase]:
        """Will give the newest open cases of a merchant's shops."""
        found = (
            CaseFile.objects.filter(case__state="open", case__shop__merchant=merchant)
            .order_by("-case__asked_order", "-case_id")
            .values_list("case_id", "case__key", "case__shop__name", "case_json")[:most]
        )
        return [OpenCase(*one) for one in found]

    def take_in_file(self, name: str, text: str, shops: frozenset[str], at: datetime) -> bool:
        """Will keep the text of a policy file as a new live version, unless that very text is known; whether it was new.

        The policy is that of the merchant whose shops it names; of the main one where it names none that is known.
        """
        owner = Shop.objects.filter(name__in=shops).order_by("pk").values_list("merchant", flat=True).first()
        with writing():
            row, _ = PolicyRow.objects.get_or_create(merchant=owner or MAIN, name=name)
            if row.versions.filter(sha256=text_sha256(text)).exists():
                return False
            newest = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
            row.versions.filter(state__in=("live", "draft")).update(state="retired")
            _insert(row, newest + 1, KeptVersion(0, text, "live", FROM_FILE, at))
            count_change(POLICIES)
            return True


def live_policies() -> list[LivePolicy]:
    """Will give every live text, by merchant and name: the order in which they are asked."""
    rows = PolicyVersion.objects.filter(state="live").order_by("policy__merchant", "policy__name")
    return [LivePolicy(*one) for one in rows.values_list("policy__merchant", "policy__name", "text")]


def merchant_of(shop: str) -> str:
    """Will give whose a shop is; the merchant of what names none for a shop that is not there."""
    found = Shop.objects.filter(name=shop).values_list("merchant", flat=True).first()
    return MAIN if found is None else found


def count_change(name: str) -> None:
    """Will tell every process that something was changed; inside the transaction that changes it."""
    if not ChangeCount.objects.filter(name=name).update(count=F("count") + 1):
        ChangeCount.objects.create(name=name, count=1)


def change_count(name: str) -> int:
    """Will give how often something was changed."""
    return ChangeCount.objects.filter(name=name).values_list("count", flat=True).first() or 0


def _decide_again(merchant: str, concerns: Callable[[str, str, str], bool]) -> None:
    """Open cases that a policy speaks for and that nobody answered wait for a decision again."""
    cases = CaseRow.objects.filter(state="open", shop__merchant=merchant, decision_track__in=_UNANSWERED)
    kinds = cases.order_by().values_list("shop", "shop__name", "market", "shop__channel").distinct()
    for shop, name, market, channel in kinds:
        if concerns(name, market, channel):
            cases.filter(shop=shop, market=market).update(decided_at=None)


def _insert(row: PolicyRow, number: int, version: KeptVersion) -> KeptVersion:
    made = PolicyVersion.objects.create(
        policy=row,
        number=number,
        text=version.text,
        sha256=version.sha256,
        state=version.state,
        made_by=version.made_by,
        made_at=version.made_at,
        note=version.note[:500],
        accepted=version.accepted[:500],
    )
    return _version(made)


def _version(row: PolicyVersion) -> KeptVersion:
    states: dict[str, VersionState] = {"draft": "draft", "live": "live"}
    state = states.get(row.state, "retired")
    return KeptVersion(row.number, row.text, state, row.made_by, row.made_at, row.note, row.accepted)


def _policy(row: PolicyRow) -> KeptPolicy:
    versions = list(row.versions.order_by("-number"))
    live = next((_version(one) for one in versions if one.state == "live"), None)
    return KeptPolicy(row.pk, row.merchant, row.name, live, _version(versions[0]))
