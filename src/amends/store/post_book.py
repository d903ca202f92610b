"""The mails that leave, in the database. A mail whose text may have gone out is never handed to another worker."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from amends.facts.outgoing import Bounce, Claim, Letter, PostState, PostView, Sender
from amends.facts.people import Merchants
from amends.store.database import writing
from amends.store.models import MessageRow, PostRow, WinBackRow
from amends.store.post_consent import agrees
from amends.store.post_gather import PURPOSE, URGENT, WIN_BACK, address_of, gather
from amends.store.seal import seal, unseal
from amends.store.sms_phones import phone_of_case, wants_none

_OF_MESSAGE = {"ready": "sending", "sending": "sending", "dropped": "kept"}


class DatabasePosts:
    """Implements `amends.desk.talk.ports.Posts` for mail; what is read and settled by a person is the same for every way."""

    way = "mail"

    def gather(self, sender: Sender, now: datetime, *, quiet: bool, most: int) -> int:
        """Will make mails of what waits."""
        return gather(sender, now, quiet=quiet, most=most)

    def claim(self, shops: Sequence[str], now: datetime, until: datetime, still: Collection[str] = ()) -> Claim | None:
        """Will take the next mail that is due."""
        due = PostRow.objects.filter(
            _free(now), state="ready", next_at__lte=now, case__shop__name__in=shops, way=self.way
        )
        if still:
            urgent = MessageRow.objects.filter(post=OuterRef("pk"), event__in=URGENT)
            due = due.filter(Q(house=False) | ~Q(case__shop__name__in=list(still)) | Exists(urgent))
        row = due.select_related("case__shop__sender", "case__shop__sms").order_by("next_at", "pk").first()
        if row is None:
            return None
        lease = secrets.token_hex(16)
        with writing():
            mine = PostRow.objects.filter(_free(now), pk=row.pk, state="ready", lease=row.lease).update(
                lease=lease, lease_until=until, tries=F("tries") + 1
            )
        return (
            Claim(row.pk, lease, row.tries + 1, row.begun_at, row.case.shop.name, letter_of(row, now))
            if mine
            else self.claim(shops, now, until, still)
        )

    def point(self, claim: Claim, now: datetime, until: datetime) -> bool:
        """Will note that its text goes out now."""
        with writing():
            mine = PostRow.objects.filter(pk=claim.number, lease=claim.lease, state="ready")
            return bool(mine.update(state="sending", lease_until=until))

    def settle(self, claim: Claim, state: str, code: str, told: str, now: datetime, next_at: datetime | None) -> bool:
        """Will write how the try ended; a late answer still settles what counted as lost."""
        with writing():
            row = PostRow.objects.select_for_update().filter(pk=claim.number, lease=claim.lease).first()
            if row is None or row.state not in ("ready", "sending", "unsure"):
                return False
            put(row, state, code, told, now, next_at)
        return True

    def lost(self, now: datetime, most: int) -> int:
        """Will have mails whose worker died in the middle count as unsure."""
        with writing():
            rows = list(PostRow.objects.filter(state="sending", lease_until__lte=now).order_by("pk")[:most])
            for row in rows:
                put(row, "unsure", "lost", row.told, now, None)
        return len(rows)

    def untold(self, most: int) -> Sequence[PostView]:
        """Will give troubled mails of which their case was not told."""
        rows = _seen(PostRow.objects.filter(state__in=("failed", "unsure"), case_told=False))
        return [view_of(row) for row in rows.order_by("pk")[:most]]

    def mark_told(self, number: int) -> bool:
        """Will note that the case was told."""
        with writing():
            return bool(PostRow.objects.filter(pk=number, case_told=False).update(case_told=True))

    def bounced(self, bounce: Bounce, now: datetime) -> bool:
        """Will mark a mail that came back; one that is only late is told so."""
        with writing():
            row = PostRow.objects.select_for_update().filter(name=bounce.name).first()
            if row is None:
                return False
            told = f"{bounce.status} {bounce.told}".strip()
            if bounce.final and row.state in ("sent", "sending", "unsure"):
                put(row, "failed", "bounced", told, now, None)
            else:
                PostRow.objects.filter(pk=row.pk).update(told=told[:300])
        return True

    def arrived(self, names: Sequence[str], now: datetime) -> None:
        """Will settle mails of which nobody knew, for they were answered."""
        with writing():
            for row in PostRow.objects.select_for_update().filter(name__in=list(names), state="unsure"):
                put(row, "sent", "", "answered", now, None)

    def get(self, number: int) -> PostView | None:
        """Will give one."""
        row = _seen(PostRow.objects.filter(pk=number)).first()
        return None if row is None else view_of(row)

    def listed(self, merchants: Merchants, state: str, before: int, most: int, way: str = "") -> Sequence[PostView]:
        """Will give mails and texts, the newest first."""
        rows = _within(merchants)
        rows = rows.filter(way=way) if way else rows
        rows = rows.filter(state__in=("ready", "sending") if state == "ready" else (state,)) if state else rows
        rows = rows.filter(pk__lt=before) if before else rows
        return [view_of(row) for row in _seen(rows).order_by("-pk")[:most]]

    def counts(self, merchants: Merchants) -> Mapping[tuple[str, str], int]:
        """Will count them by way and state."""
        found = _within(merchants).order_by().values_list("way", "state").annotate(many=Count("pk"))
        return {(str(way), str(state)): int(many) for way, state, many in found}

    def again(self, number: int, now: datetime) -> bool:
        """Will have one sent again, under the same id."""
        with writing():
            row = PostRow.objects.select_for_update().filter(pk=number, state__in=("failed", "unsure")).first()
            told = json.loads(unseal(row.sealed, PURPOSE)) if row else {}
            known = "" if row is None else address_of(row.case_id) if row.way == "mail" else phone_of_case(row.case_id)
            told["to"] = known or told.get("to", "")
            if row is None or not told["to"]:
                return False
            row.sealed, row.tries, row.begun_at = seal(json.dumps(told, ensure_ascii=False), PURPOSE), 0, now
            row.case_told = False
            put(row, "ready", "", "", now, now)
        return True

    def why_not_again(self, number: int) -> Literal["", "stopped", "no_consent"]:
        """Will tell why one may not be sent again by anybody."""
        row = PostRow.objects.select_related("case__shop").filter(pk=number).first()
        if row is None:
            return ""
        if row.way == "sms":
            to = phone_of_case(row.case_id) or str(json.loads(unseal(row.sealed, PURPOSE))["to"])
            return "stopped" if wants_none(row.case.shop.merchant, to) else ""
        about = WinBackRow.objects.filter(case_id=row.case_id, case__messages__post=row, case__messages__event=WIN_BACK)
        key = about.values_list("key", flat=True).first()
        return "no_consent" if key and not agrees(row.case.shop.merchant, key) else ""

    def say(self, number: int, state: str, now: datetime) -> bool:
        """Will settle a troubled one by a person's word."""
        with writing():
            row = PostRow.objects.select_for_update().filter(pk=number, state__in=("failed", "unsure")).first()
            if row is None:
                return False
            row.lease = ""
            put(row, state, "", row.told, now, None)
        return True

    def address_of(self, case: int) -> str:
        """Will give the buyer's mail address."""
        return address_of(case)

    def all_well(self, case: int) -> bool:
        """Whether no mail of a case is in trouble."""
        return not PostRow.objects.filter(case_id=case, state__in=("failed", "unsure")).exists()


def put(row: PostRow, state: str, code: str, told: str, now: datetime, next_at: datetime | None) -> None:
    """Will put a mail and the messages in it into a state.

    What is settled is nobody's any more, but for what is unsure: its worker may yet tell.
    """
    row.state, row.code, row.told, row.next_at = state, code, told[:300], next_at
    row.lease = row.lease if state == "unsure" else ""
    row.lease_until = None
    row.sent_at = now if state == "sent" else row.sent_at
    row.save()
    MessageRow.objects.filter(post=row).update(state=_OF_MESSAGE.get(state, state))


def _free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)


def _within(merchants: Merchants) -> QuerySet[PostRow]:
    rows = PostRow.objects.all()
    return rows if merchants is None else rows.filter(case__shop__merchant__in=sorted(merchants))


def _seen(rows: QuerySet[PostRow]) -> QuerySet[PostRow]:
    return rows.select_related("case__shop")


def letter_of(row: PostRow, now: datetime) -> Letter:
    """Will give what a mail or a text message says, as it leaves at an instant."""
    told, shop = json.loads(unseal(row.sealed, PURPOSE)), row.case.shop
    if row.way == "sms":
        return Letter(
            row.name,
            shop.name,
            "",
            told["to"],
            "",
            told["text"],
            now,
            (),
            row.house,
            template=told["template"],
            values=told["values"],
        )
    sender = shop.sender
    named = sender.name or shop.name
    return Letter(
        row.name, named, sender.address, told["to"], told["subject"], told["text"], now, tuple(row.answers), row.house
    )


def view_of(row: PostRow) -> PostView:
    """Will give a mail as people see it."""
    told = json.loads(unseal(row.sealed, PURPOSE))
    state: PostState = row.state  # type: ignore[assignment]
    case = row.case
    return PostView(
        row.pk, case.pk, case.key, case.shop.name, case.shop.merchant, told["to"], told["subject"], told["text"],
        state, row.code, row.told, row.tries, row.made_at, row.next_at, row.sent_at, row.way,
    )  # fmt: skip
