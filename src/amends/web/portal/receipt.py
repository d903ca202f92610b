"""The acknowledgement of a statement of withdrawal: what was stated, and the date and time at which it was received."""

from __future__ import annotations

from amends.basics.zones import local
from amends.facts.shops import KeptShop
from amends.facts.withdrawal import KeptStatement
from amends.web.portal.tags import day_until
from amends.web.show import moment
from amends.web.tongues import TONGUES, Tongue
from amends.web.words import page_words


def receipt_of(kept: KeptStatement, shop: KeptShop) -> tuple[str, str]:
    """Subject and text, in the language in which the statement was made."""
    language = _language(kept.statement.language)
    said = kept.statement
    title = shop.look.title or shop.name

    def told(key: str, **given: object) -> str:
        return page_words(key, language, **given)

    lines = [
        told("portal.ack.received", shop=title),
        "",
        told("portal.ack.at", at=moment(kept.at, kept.market), utc=f"{kept.at:%Y-%m-%d %H:%M:%S} UTC"),
        told("portal.ack.number", number=f"W-{kept.number}"),
        told("portal.ack.name", name=said.name),
        told("portal.ack.order", order=said.order),
        told("portal.ack.what", what="; ".join(said.titles) or said.what or told("portal.ack.whole")),
        told("portal.ack.means", means=said.means),
        "",
        told("portal.ack.statement"),
        "",
        *_what_follows(kept, language),
    ]
    return told("portal.ack.subject", order=said.order), "\n".join(lines).strip()


def _what_follows(kept: KeptStatement, language: Tongue) -> list[str]:
    found = []
    if kept.late and kept.until is not None:
        until = day_until(local(kept.until, kept.market), kept.market, language)
        found.append(page_words("portal.ack.late", language, until=until))
    if kept.cases:
        keys = ", ".join(key for _, key in kept.cases)
        found.append(page_words("portal.ack.case", language, cases=keys))
    else:
        found.append(page_words("portal.ack.unmatched", language))
    return found


def _language(told: str) -> Tongue:
    return next((one for one in TONGUES if one == told), "en")
