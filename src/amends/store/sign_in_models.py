"""How people sign in: passkeys, one-time passwords, recovery codes, sessions, invitations, and wrong tries."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from amends.store.people_models import Merchant


class Passkey(models.Model):
    """A public key that a person's device made. `credential`: its id, base64url. `sign_count` as the device last told it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=80)
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class OneTimePassword(models.Model):
    """A person's authenticator app. `secret` is sealed; `last_step` is the last half-minute whose code was used: none serves twice."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="one_time_password")
    secret = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=-1)


class RecoveryCode(models.Model):
    """A code for the day the phone is lost: kept as a digest, good once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "digest"], name="one_recovery_code_once")]


class SessionNote(models.Model):
    """Where a session runs, so that its owner can tell it and end it. `key` is the session's own."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="session_notes")
    key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=200, default="")
    place = models.CharField(max_length=64, default="")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class Invitation(models.Model):
    """A seat offered by a link. The link's token is kept as a digest; `state` is open, used or withdrawn."""

    digest = models.CharField(max_length=64, unique=True)
    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=10)
    note = models.CharField(max_length=120, default="")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    used_by = models.CharField(max_length=150, default="")


class Tries(models.Model):
    """How often something was tried in vain; shared by every worker. `name` is a digest of who tried what."""

    name = models.CharField(max_length=80, unique=True)
    count = models.IntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)
