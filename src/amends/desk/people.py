"""People at the desk: invitations, roles, leaving. Nobody gives or takes a role above their own, nor changes themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from amends.facts.audit import AuditPage, AuditQuery, Deed
from amends.facts.people import Merchants, Person, Seat
from amends.facts.rulebook import Says
from amends.facts.staff import INVITED_FOR, Invited, Member, MerchantView, may_give

_MERCHANT_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_TITLE: Final = 60


class UnableToChangePeople(ValueError):
    """Something about people cannot be done; `says` tells why, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.says = Says(en, zh)


class AuditBook(Protocol):
    """Keeps what was done, for ever."""

    def write(self, deed: Deed, at: datetime) -> None:
        """Write down a deed."""
        ...

    def read(self, query: AuditQuery, merchants: Merchants) -> AuditPage:
        """Give a page of the deeds about these merchants, the latest first."""
        ...


class PeopleBook(Protocol):
    """Keeps people, seats, invitations and merchants. Every writing method writes its deed in the same transaction."""

    def members(self, merchants: Merchants) -> Sequence[Member]:
        """Give everyone with a seat at these merchants, by name."""
        ...

    def member(self, number: int, merchants: Merchants) -> Member | None:
        """Give one of them; None where there is none."""
        ...

    def invited(self, merchants: Merchants, at: datetime) -> Sequence[Invited]:
        """Give the invitations of these merchants that are open at `at`, the latest first."""
        ...

    def invite(self, merchant: str, role: str, note: str, ends_at: datetime, deed: Deed, at: datetime) -> str:
        """Keep an invitation and give its token, which can be read this once."""
        ...

    def withdraw(self, number: int, deed: Deed, at: datetime) -> None:
        """End an open invitation."""
        ...

    def seat(self, number: int, merchant: str, role: str, deed: Deed, at: datetime) -> None:
        """Give a person a role at a merchant, in place of the one there."""
        ...

    def unseat(self, number: int, merchant: str, deed: Deed, at: datetime) -> None:
        """Take a person's seat at a merchant away."""
        ...

    def switch(self, number: int, active: bool, deed: Deed, at: datetime) -> None:
        """Let a person sign in no more (their sessions end), or again."""
        ...

    def reset(self, number: int, deed: Deed, at: datetime) -> None:
        """Take a person's second factor away and end their sessions."""
        ...

    def merchants(self, merchants: Merchants) -> Sequence[MerchantView]:
        """Give these merchants with their shops."""
        ...

    def make_merchant(self, name: str, title: str, role: str, deed: Deed, at: datetime) -> bool:
        """Make a merchant, with a seat of this role (if any) for who makes it; False where the name is taken."""
        ...

    def rename(self, name: str, title: str, deed: Deed, at: datetime) -> None:
        """Give a merchant another title."""
        ...

    def give_shop(self, shop: str, merchant: str, deed: Deed, at: datetime) -> bool:
        """Give a shop with all its cases to a merchant; False where there is no such shop or merchant."""
        ...


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something: the person as they act, their own seats, and the address they do it from."""

    person: Person
    seats: tuple[Seat, ...]
    place: str

    def role_at(self, merchant: str) -> str | None:
        """The own role at a merchant that is open now; None where there is none, as if it were not there."""
        if not self.person.may_see(merchant):
            return None
        return next((seat.role for seat in self.seats if seat.merchant == merchant), None)

    def deed(self, what: str, merchant: str, subject: str, note: str = "") -> Deed:
        """What is to be written down."""
        return Deed(self.person.name, what, merchant, subject, note=note, place=self.place)


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """The verbs about people."""

    book: PeopleBook
    audit: AuditBook
    now: Callable[[], datetime]

    def invite(self, actor: Actor, merchant: str, role: str, note: str) -> str:
        """Offer a seat; the token of the link is the answer. Raises `UnableToChangePeople`."""
        self._may_give(actor, merchant, role)
        now = self.now()
        deed = actor.deed("invited", merchant, note, role)
        return self.book.invite(merchant, role, note, now + INVITED_FOR, deed, now)

    def withdraw(self, actor: Actor, number: int) -> None:
        """Take an open invitation back."""
        found = [one for one in self.book.invited(actor.person.merchants, self.now()) if one.number == number]
        if not found:
            raise UnableToChangePeople("there is no open invitation with this number", "没有这个未使用的邀请")
        one = found[0]
        self.book.withdraw(number, actor.deed("withdrawn", one.merchant, one.note, one.role), self.now())

    def give_role(self, actor: Actor, number: int, merchant: str, role: str) -> None:
        """Give a person a role at a merchant where the actor is at least that."""
        member = self._other(actor, number)
        self._may_take(actor, member, merchant)
        self._may_give(actor, merchant, role)
        self.book.seat(number, merchant, role, actor.deed("role", merchant, member.name, role), self.now())

    def remove(self, actor: Actor, number: int, merchant: str) -> None:
        """Take a person's seat at a merchant away."""
        member = self._other(actor, number)
        if merchant not in {seat.merchant for seat in member.seats}:
            raise UnableToChangePeople("this person has no role there", "该成员在此商家没有角色")
        self._may_take(actor, member, merchant)
        self.book.unseat(number, merchant, actor.deed("removed", merchant, member.name), self.now())

    def switch(self, actor: Actor, number: int, active: bool) -> None:
        """Let a person sign in no more, or again. Only for one whose every seat the actor may take."""
        member = self._whole(actor, number)
        deed = actor.deed("reactivated" if active else "deactivated", self._home(member), member.name)
        self.book.switch(number, active, deed, self.now())

    def reset(self, actor: Actor, number: int, note: str) -> None:
        """Take a person's second factor away, with the reason."""
        member = self._whole(actor, number)
        if not note.strip():
            raise UnableToChangePeople(
                "write how you made sure that it is really them who ask", "请写明你如何确认是其本人提出"
            )
        deed = actor.deed("reset", self._home(member), member.name, note.strip())
        self.book.reset(number, deed, self.now())

    def make_merchant(self, actor: Actor, name: str, title: str) -> None:
        """Make a merchant; an agency has a seat there from the start."""
        self._must(actor, "merchants")
        if not _MERCHANT_NAME.fullmatch(name):
            raise UnableToChangePeople(
                "the name may hold small letters, digits and hyphens, for example acme-shop",
                "标识只能用小写字母、数字和连字符，例如 acme-shop",
            )
        role = "" if actor.person.role == "admin" else actor.person.role
        if not self.book.make_merchant(name, _title(title), role, actor.deed("merchant", name, title), self.now()):
            raise UnableToChangePeople(f"there is a merchant {name} already", f"商家 {name} 已存在")

    def rename(self, actor: Actor, name: str, title: str) -> None:
        """Give a merchant another title; its people with the duty may."""
        if not (actor.person.may("people") and actor.role_at(name)):
            raise UnableToChangePeople(f"there is no merchant {name}", f"没有商家 {name}")
        self.book.rename(name, _title(title), actor.deed("merchant", name, title), self.now())

    def give_shop(self, actor: Actor, shop: str, merchant: str) -> None:
        """Give a shop with all its cases to a merchant."""
        self._must(actor, "keep")
        if not self.book.give_shop(shop, merchant, actor.deed("shop", merchant, shop), self.now()):
            raise UnableToChangePeople("there is no such shop or merchant", "没有这个店铺或商家")

    def _must(self, actor: Actor, duty: str) -> None:
        if not actor.person.may(duty):
            raise UnableToChangePeople("your role may not do this", "你的角色不能这样做")

    def _may_give(self, actor: Actor, merchant: str, role: str) -> None:
        own = actor.role_at(merchant)
        if own is None:
            raise UnableToChangePeople(f"there is no merchant {merchant}", f"没有商家 {merchant}")
        if not actor.person.may("people") or not may_give(own, role):
            raise UnableToChangePeople("nobody can give a role above their own", "不能授予高于自己的角色")

    def _may_take(self, actor: Actor, member: Member, merchant: str) -> None:
        own = actor.role_at(merchant)
        held = [seat.role for seat in member.seats if seat.merchant == merchant]
        if own is None or member.keeps or not all(may_give(own, role) for role in held):
            raise UnableToChangePeople("this person's role is above your own", "该成员的角色高于你")

    def _other(self, actor: Actor, number: int) -> Member:
        member = self.book.member(number, actor.person.merchants)
        if member is None:
            raise UnableToChangePeople("there is no such person", "没有这个成员")
        if member.name == actor.person.name:
            raise UnableToChangePeople(
                "nobody changes their own role; ask another person", "不能修改自己，请由他人操作"
            )
        return member

    def _whole(self, actor: Actor, number: int) -> Member:
        member = self._other(actor, number)
        if member.elsewhere and actor.person.merchants is not None:
            raise UnableToChangePeople(
                "this person works for other merchants too; take their role here away instead, or ask an administrator",
                "该成员还在其他商家任职；请改为移除其在此处的角色，或联系管理员",
            )
        for seat in member.seats:
            self._may_take(actor, member, seat.merchant)
        if member.keeps:
            raise UnableToChangePeople("an administrator is changed on the machine itself", "管理员只能在服务器上修改")
        return member

    def _home(self, member: Member) -> str:
        return member.seats[0].merchant if member.seats else ""


def _title(text: str) -> str:
    if not text.strip() or len(text) > _TITLE:
        raise UnableToChangePeople(f"give a title of 1 to {_TITLE} letters", f"请填写 1 到 {_TITLE} 个字的名称")
    return text.strip()
