"""What people prove themselves with besides a password: codes of an app, recovery codes, passkeys."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyotp
from django.contrib.auth.models import User
from django.utils.crypto import salted_hmac

from amends.store.database import writing
from amends.store.models import OneTimePassword, Passkey, RecoveryCode
from amends.store.seal import seal, unseal

_PURPOSE: Final = "one-time password"
_STEP: Final = 30
_EARLY_OR_LATE: Final = (0, -1, 1)
"""A phone's clock may be half a minute off."""
_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has. `app`: an authenticator app that was confirmed; `codes`: recovery codes that were not used yet."""

    app: bool
    passkeys: int
    codes: int

    @property
    def second(self) -> bool:
        """Whether a password alone is not enough."""
        return self.app or self.passkeys > 0


def factors_of(user: User) -> Factors:
    """Will tell what a person can prove themselves with."""
    app = OneTimePassword.objects.filter(user=user, confirmed_at__isnull=False).exists()
    codes = RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()
    return Factors(app, Passkey.objects.filter(user=user).count(), codes)


def begin_app(user: User, now: datetime) -> None:
    """Will draw a new secret that counts once a code of it was given; one that was confirmed stays."""
    with writing():
        if OneTimePassword.objects.filter(user=user, confirmed_at__isnull=False).exists():
            return
        kept = {"secret": seal(pyotp.random_base32(), _bound(user)), "made_at": now, "last_step": -1}
        OneTimePassword.objects.update_or_create(user=user, defaults=kept)


def app_address(user: User, issuer: str) -> tuple[str, str] | None:
    """Will give the secret that waits to be confirmed, and its address for the app; None where none waits."""
    row = OneTimePassword.objects.filter(user=user, confirmed_at__isnull=True).first()
    if row is None:
        return None
    secret = unseal(row.secret, _bound(user))
    return secret, pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=issuer)


def confirm_app(user: User, code: str, now: datetime) -> bool:
    """Will make the waiting secret count where the code is one of its own; that code serves no second time."""
    with writing():
        if not _takes(user, code, now, confirmed=False):
            return False
        OneTimePassword.objects.filter(user=user).update(confirmed_at=now)
        return True


def take_code(user: User, code: str, now: datetime) -> bool:
    """Will take a code of the app, each once: a code that was seen in passing opens nothing."""
    with writing():
        return _takes(user, code, now, confirmed=True)


def _takes(user: User, code: str, now: datetime, *, confirmed: bool) -> bool:
    row = OneTimePassword.objects.filter(user=user, confirmed_at__isnull=not confirmed).first()
    if row is None:
        return False
    app, given = pyotp.TOTP(unseal(row.secret, _bound(user))), "".join(code.split())
    here = int(now.timestamp()) // _STEP
    for step in (here + shift for shift in _EARLY_OR_LATE):
        if hmac.compare_digest(app.at(step * _STEP).encode(), given.encode()):
            fresh = OneTimePassword.objects.filter(pk=row.pk, last_step__lt=step)
            return fresh.update(last_step=step) == 1
    return False


def remove_app(user: User) -> None:
    """Will forget a person's authenticator app."""
    OneTimePassword.objects.filter(user=user).delete()


def new_codes(user: User) -> Sequence[str]:
    """Will draw ten recovery codes in place of those there were; this is the only time they can be read."""
    codes = ["-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3)) for _ in range(_CODES)]
    with writing():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=_digest(code)) for code in codes])
    return codes


def use_recovery_code(user: User, code: str, now: datetime) -> bool:
    """Will take a recovery code, once."""
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at__isnull=True)
    return unused.update(used_at=now) == 1


def reset_factors(user: User) -> None:
    """Will forget everything but the password: for one who lost their phone and their codes."""
    with writing():
        remove_app(user)
        Passkey.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter in _LETTERS)
    return salted_hmac("amends.recovery", plain, algorithm="sha256").hexdigest()


def _bound(user: User) -> str:
    return f"{_PURPOSE} of {user.pk}"
