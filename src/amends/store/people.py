"""The people who may sign in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from amends.store.database import writing
from amends.store.members import ensure_merchant, give_role

CLEAR_WORD_FILE = "demo-password.txt"
DEMO_MERCHANTS = (("demo", "暖屿 Nordhus"), ("demo-client", "山野鲜集"))
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in. `password` is None where it is not known any more; then it can only be set anew."""

    name: str
    password: str | None
    is_new: bool


def ensure_demo_user(data: Path, name: str = "demo", helper: str = "demo-agent") -> SignIn:
    """Will make the demo user with a random password at the first start, and tell the same one at later starts.

    The demo user is a manager; `helper` is an agent with the same password, so that what needs two people can be tried.

    The database keeps the hash only. The clear word stands in `data/demo-password.txt`, readable by its owner alone:
    this is for the sample shops; a person who takes the file away is asked to set a password anew.
    """
    file = data / CLEAR_WORD_FILE
    there = User.objects.filter(username=name).first()
    if there is not None:
        known = file.read_text(encoding="ascii").strip() if file.is_file() else None
        return SignIn(name, known if known and there.check_password(known) else None, is_new=False)
    password = new_password()
    hashed = make_password(password)
    with writing():
        for person, role in ((name, "manager"), (helper, "agent")):
            User.objects.create(username=person, password=hashed)
            give_role(person, role)
        _keep(file, password)
    return SignIn(name, password, is_new=True)


def open_demo_merchants(name: str = "demo", helper: str = "demo-agent", agency: str = "demo-agency") -> None:
    """Will make the merchants of the sample shops, with the demo people at both, and an agency that runs them."""
    with writing():
        if not User.objects.filter(username=agency).exists():
            User.objects.create(username=agency, password=User.objects.get(username=name).password)
        for merchant, title in DEMO_MERCHANTS:
            ensure_merchant(merchant, title)
            for person, role in ((name, "manager"), (helper, "agent"), (agency, "agency")):
                give_role(person, role, merchant)


def set_password(name: str, password: str) -> None:
    """Will give a person a new password; a person who is not there is made, an agent of the main merchant."""
    with writing():
        person, new = User.objects.get_or_create(username=name)
        person.set_password(password)
        person.save()
        if new:
            give_role(name, "agent")


def add_person(name: str, role: str, merchant: str) -> str | None:
    """Will give a person a role at a merchant; one who is new is made, with a password that can be read this once."""
    with writing():
        person, new = User.objects.get_or_create(username=name)
        password = new_password() if new else None
        if password is not None:
            person.set_password(password)
            person.save()
        give_role(name, role, merchant)
    return password


def new_password() -> str:
    """Will draw 4 groups of 4 letters and digits that are not mistaken for each other (about 79 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _keep(file: Path, password: str) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(password + "\n", encoding="ascii")
