"""Passwords are hashed with few rounds in tests: what is slow on purpose proves nothing here."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """The hasher of the house with a thousandth of its rounds."""

    iterations = 1_000
