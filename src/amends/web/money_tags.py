"""Template tags of the money panel: states, ways, what a gateway can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template

from amends.facts.payout import PaymentView
from amends.facts.people import Person
from amends.facts.plan import Step
from amends.facts.wire import Capabilities
from amends.web.tongues import name_of, tongue
from amends.web.words import has_words, page_words

register = template.Library()


@register.simple_tag
def code_word(group: str, code: str) -> str:
    """The words of a code of the money panel (`step.sent`); the code itself where the house has none for it."""
    key = f"{group}.{code}"
    return page_words(key, tongue()) if has_words(key) else code


@register.simple_tag
def way(step: Step, payments: Iterable[PaymentView] = ()) -> str:
    """By which gateway, and back to which payment: its method where that is known, else its number."""
    gateway = code_word("gateway", step.gateway)
    if step.payment is None:
        return page_words("pay.by", tongue(), gateway=gateway)
    methods = {one.name: one.method for one in payments or ()}
    method = name_of("method", methods.get(step.payment, step.payment), tongue())
    return page_words("pay.to", tongue(), gateway=gateway, payment=method)


@register.filter
def may_act_as(person: Person, role: str) -> bool:
    """Whether the person's role is enough."""
    return person.may_act_as(role or "agent")


@register.filter
def abilities(can: Mapping[str, Capabilities], gateway: str) -> list[str]:
    """What matters about a gateway before the click, in words; nothing for a way without a wire."""
    able = can.get(gateway)
    if able is None:
        return []
    language = tongue()
    told = []
    if able.fee_returned is not None:
        told.append(page_words("pay.fee_back" if able.fee_returned else "pay.fee_kept", language))
    if able.window_days is not None:
        told.append(page_words("pay.window", language, days=able.window_days))
    if able.most_partials is not None:
        told.append(page_words("pay.most", language, count=able.most_partials))
    if able.by_webhook_only:
        told.append(page_words("pay.later", language))
    return told
