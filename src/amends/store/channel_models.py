"""The tables of connected shops: connections, what was heard of, what was read, and what is done on platforms.

A connection's row is claimed under a lease by whoever polls it, as steps of money are. What platforms told is kept as it came
(`SnapshotRow`), so that it can be shown later what was known when something was decided.
"""

from typing import ClassVar

from django.db import models

from amends.store.case_models import CaseRow, Shop


class ConnectionRow(models.Model):
    """A shop's connection to its platform. `state`: draft, on, paused. `plain`: settings that are no secret; `sealed`: the others.

    `may_act`, `may_pay`: the two switches before anything is changed over there; both off: it is only read. `push_name`: the part of our
    address that it pushes to, which nobody can guess. `acts_from`: cases asked for before it are never acted on by the house alone.
    `read_until`: up to when everything that changed was read; `cursor` and `window_until`: of a window that is being read.
    `again_at`: not to be called before (it asked us to wait, or it failed too often). `faults`: failures in a row.
    """

    shop = models.OneToOneField(Shop, on_delete=models.PROTECT, related_name="connection")
    channel = models.CharField(max_length=20)
    url = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default="draft")
    plain = models.JSONField(default=dict)
    sealed = models.TextField(default="", blank=True)
    may_act = models.BooleanField(default=False)
    may_pay = models.BooleanField(default=False)
    push_name = models.CharField(max_length=48, unique=True)
    account = models.CharField(max_length=160, default="", blank=True)
    keys_until = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    acts_from = models.DateTimeField(null=True)
    read_until = models.DateTimeField(null=True)
    cursor = models.CharField(max_length=500, default="", blank=True)
    window_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, db_index=True)
    lease = models.CharField(max_length=120, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)
    reconciled_at = models.DateTimeField(null=True)
    faults = models.IntegerField(default=0)
    fault_why = models.CharField(max_length=12, default="", blank=True)
    fault_says = models.CharField(max_length=500, default="", blank=True)
    again_at = models.DateTimeField(null=True)
    calls_left = models.IntegerField(null=True)


class PushRow(models.Model):
    """A message that a platform pushed, by its sender's id: the same one again changes nothing. `state`: heard, refused."""

    connection = models.ForeignKey(ConnectionRow, on_delete=models.CASCADE, related_name="pushes")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=80, default="", blank=True)
    what = models.CharField(max_length=8)
    number = models.CharField(max_length=120, default="", blank=True)
    state = models.CharField(max_length=8, default="heard")
    reason = models.CharField(max_length=300, default="", blank=True)
    at = models.DateTimeField(db_index=True)
    body = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["connection", "name"], name="one_push_a_name")]


class HintRow(models.Model):
    """Something that is to be read again. `heard`: how often it was heard of (`heard_at` the last time); gone only if it was not heard of
    again while it was read."""

    connection = models.ForeignKey(ConnectionRow, on_delete=models.CASCADE, related_name="hints")
    what = models.CharField(max_length=8)
    number = models.CharField(max_length=120)
    heard = models.IntegerField(default=1)
    first_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    tries = models.IntegerField(default=0)
    lease = models.CharField(max_length=120, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "what", "number"], name="one_hint_a_thing")
        ]


class SnapshotRow(models.Model):
    """What a platform told of a case or an order, as it came. Never changed, never deleted; the same thing told again is kept once."""

    connection = models.ForeignKey(ConnectionRow, on_delete=models.PROTECT, related_name="snapshots")
    what = models.CharField(max_length=8)
    number = models.CharField(max_length=120)
    version = models.CharField(max_length=80, default="", blank=True)
    status = models.CharField(max_length=80, default="", blank=True)
    updated_at = models.DateTimeField()
    read_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    raw = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "what", "number", "sha256"], name="one_snapshot_a_telling")
        ]
        indexes: ClassVar = [
            models.Index(fields=["connection", "what", "number", "updated_at"], name="snapshot_of_thing")
        ]


class PlatformCaseRow(models.Model):
    """How a case stands on its platform, as it was last read there.

    Of two tellings the one with the later `updated_at` counts; of the same instant, the higher `version`, then the final one, then the
    one that was asked for later (`read_at`), then the higher `sha256` (of its snapshot): a total order, whatever order they arrive in.
    """

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="platform")
    connection = models.ForeignKey(ConnectionRow, on_delete=models.PROTECT, related_name="cases")
    version = models.CharField(max_length=80, default="", blank=True)
    status = models.CharField(max_length=80)
    standing = models.CharField(max_length=24, default="", blank=True)
    deadline = models.DateTimeField(null=True)
    final = models.BooleanField(default=False)
    by_itself = models.CharField(max_length=40, default="", blank=True)
    updated_at = models.DateTimeField()
    read_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, default="", blank=True)
    drift_zh = models.CharField(max_length=300, default="", blank=True)
    drift_en = models.CharField(max_length=300, default="", blank=True)
    drift_at = models.DateTimeField(null=True)


class PlatformTalkRow(models.Model):
    """When the conversation over there about a case is read next, and when something new was last said in it."""

    case = models.OneToOneField(CaseRow, on_delete=models.CASCADE, primary_key=True, related_name="talk_there")
    due_at = models.DateTimeField(db_index=True)
    news_at = models.DateTimeField()


class PlatformSaidRow(models.Model):
    """Something that was said over there and is a message here, once. `name`: the platform's number of it."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="said_there")
    name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="one_said_a_name")]


class PlatformOrderRow(models.Model):
    """Which telling of an order was taken in last; of two, that counts which would of a case's."""

    connection = models.ForeignKey(ConnectionRow, on_delete=models.CASCADE, related_name="orders")
    number = models.CharField(max_length=120)
    updated_at = models.DateTimeField()
    read_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["connection", "number"], name="one_telling_an_order")]


class ToldRefundRow(models.Model):
    """Money that a platform says has gone back. `state`: waiting (on its way, or the order's money is not known here, or a step of ours of
    this amount is under way), ours (a step of ours moved it), booked (by other hands, in the book)."""

    connection = models.ForeignKey(ConnectionRow, on_delete=models.PROTECT, related_name="refunds")
    reference = models.CharField(max_length=160)
    order_no = models.CharField(max_length=120)
    case_no = models.CharField(max_length=120, default="", blank=True)
    key = models.CharField(max_length=80, default="", blank=True)
    payment = models.CharField(max_length=80, default="", blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    moved = models.BooleanField(default=True)
    moved_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    step_key = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "reference"], name="one_told_refund_a_reference")
        ]
        indexes: ClassVar = [
            models.Index(fields=["order_no", "state"], name="told_refund_of_order"),
            models.Index(fields=["connection", "case_no"], name="told_refund_of_case"),
        ]


class DeedRow(models.Model):
    """A deed for a platform (`amends.facts.deeds.Deed`), written before it is done and never deleted.

    `state`: see `amends.facts.deed_work.DeedState`. `proof`: SHA-256 of files that go with it.
    `told`: the state that the case's log tells of.
    """

    connection = models.ForeignKey(ConnectionRow, on_delete=models.PROTECT, related_name="deeds")
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, related_name="deeds")
    key = models.CharField(max_length=40, unique=True)
    action = models.CharField(max_length=20)
    deed = models.JSONField()
    proof = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="wanted")
    told = models.CharField(max_length=10, default="", blank=True)
    may_send = models.BooleanField(default=True)
    sends = models.IntegerField(default=0)
    asks = models.IntegerField(default=0)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    lease = models.CharField(max_length=120, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=160, default="", blank=True)
    code = models.CharField(max_length=80, default="", blank=True)
    message = models.CharField(max_length=500, default="", blank=True)
    alarm = models.CharField(max_length=300, default="", blank=True)


class RefusalWordRow(models.Model):
    """Which reason of the platform's own list goes with one of ours: as a person last chose it for this connection."""

    connection = models.ForeignKey(ConnectionRow, on_delete=models.CASCADE, related_name="refusal_words")
    ours = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    text = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["connection", "ours"], name="one_word_a_reason")]


class BackfillRow(models.Model):
    """A stretch of time that is read from `since` up to `until`, in windows; `done_to`: how far it is.

    `kind`: history (a person asked for it), gap (a window that could not be read when it was due), nightly (the last days once more).
    `state`: running, checking (a nightly one that compares), done, stopped. `missed`: changes that reading and pushes had not brought.
    `due_at`: not gone on with before, after `tries` failures in a row.
    """

    connection = models.ForeignKey(ConnectionRow, on_delete=models.CASCADE, related_name="backfills")
    since = models.DateTimeField()
    until = models.DateTimeField()
    done_to = models.DateTimeField()
    cursor = models.CharField(max_length=500, default="", blank=True)
    cases = models.IntegerField(default=0)
    orders = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    missed = models.IntegerField(default=0)
    kind = models.CharField(max_length=8, default="history")
    due_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    fault = models.CharField(max_length=300, default="", blank=True)
    state = models.CharField(max_length=8, default="running")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class ChannelAlarmRow(models.Model):
    """What a person must see of a connection: an unknown status, a drift, keys that run out. The same again is counted, not repeated."""

    connection = models.ForeignKey(ConnectionRow, on_delete=models.CASCADE, related_name="alarms")
    code = models.CharField(max_length=40)
    number = models.CharField(max_length=120, default="", blank=True)
    zh = models.CharField(max_length=400)
    en = models.CharField(max_length=400)
    count = models.IntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    seen_by = models.CharField(max_length=150, default="", blank=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["connection", "code", "number"], condition=models.Q(seen_at=None), name="one_open_alarm_a_thing"
            )
        ]
