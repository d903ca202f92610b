"""The verbs on messages out: seen, sent again by a person's word, settled by it, and looked at before they leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import UnableToWork, not_allowed, not_found
from amends.desk.cases.talk import way_of
from amends.desk.talk.ports import PlatformPosts, Posts, Senders
from amends.desk.talk.rounds import TROUBLE
from amends.desk.talk.sms import SmsLook
from amends.facts.log import Entry
from amends.facts.outgoing import POST_STATES, WAYS, PostView, Preview
from amends.facts.people import Person
from amends.facts.rulebook import Says
from amends.facts.work import CaseState, Change

MOST: Final = 50
_SAYS: Final = {"arrived": "sent", "drop": "dropped"}
_WANTS_NONE: Final = {
    "stopped": ("the buyer wants no text messages", "买家已退订短信，不能重发"),
    "no_consent": ("the buyer takes no advertising", "买家不接受营销信息，不能重发"),
}


@dataclass(frozen=True, slots=True)
class LetterDesk:
    """The verbs. `there`: what is said on platforms, which is listed with the rest and looked after on its case."""

    posts: Posts
    there: PlatformPosts
    senders: Senders
    cases: CaseDesk
    now: Callable[[], datetime]
    sms: SmsLook

    def listed(
        self, person: Person, state: str = "", way: str = "", before: tuple[int, int] = (0, 0)
    ) -> Sequence[PostView]:
        """The messages out of the person's merchants, the newest first, `MOST` at most; `before`: below these numbers of mails and
        texts, and of messages on platforms (0: from the newest).
        """
        if not person.may("work"):
            return []
        shown, sure = state if state in POST_STATES else "", way if way in WAYS else ""
        found = [] if sure == "platform" else [*self.posts.listed(person.merchants, shown, before[0], MOST, sure)]
        if sure in ("", "platform"):
            found += self.there.listed(person.merchants, shown, before[1], MOST)
        return sorted(found, key=lambda one: (one.made_at, one.number), reverse=True)[:MOST]

    def counts(self, person: Person) -> Mapping[tuple[str, str], int]:
        """How many there are by way and state; what is being handed over counts as waiting."""
        if not person.may("work"):
            return {}
        found: dict[tuple[str, str], int] = {}
        there = {("platform", state): many for state, many in self.there.counts(person.merchants).items()}
        for (way, state), many in [*self.posts.counts(person.merchants).items(), *there.items()]:
            place = (way, "ready" if state == "sending" else state)
            found[place] = found.get(place, 0) + many
        return found

    def do(self, number: int, what: str, person: Person) -> PostView:
        """Send a troubled mail `again`, or say that it `arrived` or is to be let be (`drop`). Raises `UnableToWork`."""
        kept = self._mine(number, person)
        if what not in ("again", *_SAYS):
            raise UnableToWork("bad_value", "do: again, arrived or drop", "do：只能是 again、arrived 或 drop", "do")
        with self.cases.hold(kept.case, person) as held:
            now = self.now()
            if what == "again" and (why := self.posts.why_not_again(number)):
                raise UnableToWork("not_possible", *_WANTS_NONE[why])
            done = self.posts.again(number, now) if what == "again" else self.posts.say(number, _SAYS[what], now)
            if not done:
                raise _cannot(kept, what)
            well = held.state.exception == TROUBLE and self.posts.all_well(kept.case)
            entry = Entry("letter_settled", actor(person), now, data={"letter": number, "do": what})
            held.write(entry, Change(exception="" if well else None))
        return self.posts.get(number) or kept

    def preview(self, case: int, text: str, person: Person, chosen: str = "") -> Preview:
        """What a person's words would leave as, by a way that was chosen or that of an answer. Raises `UnableToWork`."""
        with self.cases.hold(case, person) as held:
            state, way = held.state, way_of(self.cases, held, chosen)
            if way == "sms" or (way != "platform" and not chosen and self._only_by_sms(state)):
                return self.sms.preview(held, text)
        subject, _ = self.cases.letters("message", state, {})
        sender = next(
            (one for one in self.senders.seen_by(frozenset({state.merchant})) if one.shop == state.shop), None
        )
        address = "" if way == "platform" else self.posts.address_of(case)
        known = sender is not None and sender.on_since is not None
        shown = f"{sender.name or sender.shop} <{sender.address}>" if sender is not None and known else ""
        why = None
        if way != "platform":
            why = None if address else NO_ADDRESS
            why = why if known else NO_SENDER
        return Preview(way, shown, address, subject, text.strip(), why)

    def _only_by_sms(self, state: CaseState) -> bool:
        return not self.posts.address_of(state.number) and self.sms.instead_of_mail(state)

    def _mine(self, number: int, person: Person) -> PostView:
        kept = self.posts.get(number) if number < 2**63 else None
        if kept is None or not person.may_see(kept.merchant):
            raise not_found(number)
        if not person.may("work"):
            raise not_allowed(person.role, "work")
        return kept


NO_SENDER: Final = Says(
    "This shop has no mail address that sends yet: a manager adds it in the settings. Until then buyers see the message on their page.",
    "该店铺还没有启用发信邮箱，店长可在设置中添加。在此之前消息只保留在这里和买家的查询页上。",
)
NO_ADDRESS: Final = Says("No mail address of this buyer is known.", "没有这位买家的邮箱地址。")


def _cannot(kept: PostView, what: str) -> UnableToWork:
    if what == "again" and kept.state in ("failed", "unsure") and kept.way == "sms":
        return UnableToWork(
            "not_possible",
            "no telephone number of the buyer is known; add one to the order",
            "没有买家手机号，请先补充订单联系方式",
        )
    if what == "again" and kept.state in ("failed", "unsure"):
        return UnableToWork(
            "not_possible",
            "no mail address of the buyer is known; add one to the order",
            "没有买家邮箱，请先补充订单联系方式",
        )
    return UnableToWork("stale", "somebody has dealt with this mail already", "该邮件已被处理")
