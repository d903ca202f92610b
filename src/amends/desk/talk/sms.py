"""Text messages: handed to a provider with what it said written down, and looked at before they leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amends.desk.cases.ports import HeldCase
from amends.desk.talk.sms_ports import SmsSenders, SmsShelf, SmsWay
from amends.facts.outgoing import Letter, Outcome, Preview
from amends.facts.rulebook import Says
from amends.facts.sms import LONGEST, SmsKeys, SmsSender, UnableToDial, filled, phone_of, plain, size_of
from amends.facts.work import CaseState

NOT_ON: Final = Says(
    "This shop sends no text messages yet: a manager turns them on in the settings.",
    "该店铺尚未启用短信，店长可在设置中启用。",
)
NO_TEXT: Final = Says(
    "This shop has no text message for what people write: a manager adds one in the settings.",
    "该店铺没有“人工消息”的短信模板，店长可在设置中添加。",
)
NO_PHONE: Final = Says("No telephone number of this buyer is known.", "没有这位买家的手机号。")
BAD_PHONE: Final = Says("This telephone number cannot be written to.", "该手机号无法发送短信。")
STOPPED: Final = Says("The buyer wants no text messages.", "买家已退订短信。")
TOO_LONG: Final = Says(f"At most {LONGEST} characters fit into a text message.", f"短信最多 {LONGEST} 字。")


@dataclass(frozen=True, slots=True)
class SmsHand:
    """Hands messages over, but none to a buyer who said stop since it was written.

    What the provider said is written down before anything is settled, so that a worker that dies loses little.
    """

    way: SmsWay
    shelf: SmsShelf
    now: Callable[[], datetime]

    def __call__(self, keys: SmsKeys, letter: Letter, point: Callable[[], bool]) -> Outcome:
        """How it ended."""
        if self.shelf.is_stopped(letter.name):
            return Outcome("stopped")
        outcome = self.way(keys, letter, point)
        if outcome.end in ("sent", "stopped", "unsure"):
            parts = size_of(letter.text, provider=keys.provider, sign=keys.sign).parts
            self.shelf.handed(letter.name, outcome, outcome.parts or parts, self.now())
        return outcome


@dataclass(frozen=True, slots=True)
class SmsLook:
    """What a text message would be, before it leaves. `values`: what may be filled in, by the number of the case."""

    senders: SmsSenders
    shelf: SmsShelf
    values: Callable[[int], Mapping[str, str]]

    def may(self, shop: str) -> bool:
        """Whether a shop sends what people write by text message."""
        found = self.senders.named(shop)
        return found is not None and found.on_since is not None and found.text_for("message") is not None

    def instead_of_mail(self, state: CaseState) -> bool:
        """Whether a buyer without a mail address would get it by text message."""
        return self.may(state.shop) and bool(self.shelf.phone_of(state.number))

    def preview(self, held: HeldCase, words: str) -> Preview:
        """A person's words as the text message that they would leave as: its length, its parts and what they cost."""
        state = held.state
        sender, phone = self.senders.named(state.shop), self.shelf.phone_of(state.number)
        use = sender.text_for("message") if sender else None
        if sender is None or sender.on_since is None or use is None:
            off = sender is None or sender.on_since is None
            return Preview("sms", "", phone, "", words.strip(), NOT_ON if off else NO_TEXT)
        text = filled(use.text, {**self.values(state.number), "text": words.strip()})
        size = size_of(text, provider=sender.provider, sign=sender.sign)
        cost = f"{plain(sender.price * size.parts)} {sender.currency}" if sender.price else ""
        why = self._why_not(sender, phone, size.length)
        return Preview("sms", sender.sign, phone, "", text, why, size.length, size.parts, cost)

    def _why_not(self, sender: SmsSender, phone: str, length: int) -> Says | None:
        if not phone:
            return NO_PHONE
        try:
            phone_of(phone, sender.market)
        except UnableToDial:
            return BAD_PHONE
        if self.shelf.wants_none(sender.merchant, phone):
            return STOPPED
        return TOO_LONG if length > LONGEST else None
