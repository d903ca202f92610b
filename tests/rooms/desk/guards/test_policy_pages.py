"""The page about returns promises what the desk decides: law first, the shop's own grace beyond, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.desk.guards.probe import Asker, Plain, promises
from amends.desk.house import House
from amends.facts.guard_shop import GuardShop
from amends.facts.promises import PAGE_MARKETS, Promises
from amends.learn.guards.duties import Posted, duties
from amends.learn.guards.policy_page import page
from amends.wiring.house import load_rulebooks
from amends.wiring.policies import load_policy

AT = datetime(2026, 11, 26, 10, tzinfo=UTC)
OWN = Path("src/amends/decide/policy/examples/self-built-eu-uk-us.yaml")


def asker(market: str, policy: Path | None = OWN, channel: str = "direct", root: Path = Path()) -> Asker:
    nothing: Any = None
    house = House(nothing, nothing, load_rulebooks(), lambda *_: load_policy(None), (), lambda: AT)
    return Asker(house, load_policy(root / policy if policy else None), "Nordhus", channel, market, AT)


def found(market: str, checkout: Path, policy: Path | None = OWN, channel: str = "direct") -> Promises:
    return promises(asker(market, policy, channel, checkout))


def states(
    here: Promises, told: GuardShop, link: str, posted: Posted | None = None, on: date | None = None
) -> dict[str, str]:
    day = on or AT.date()
    written = page("Nordhus", told, here, link, day)
    return {one.code: one.state for one in duties(here, written, told, link, posted, day)}


def test_germany_the_law_first_then_the_shops_own_grace(checkout: Path) -> None:
    here = found("DE", checkout)
    assert (here.right.days, here.right.payer, here.right.shipping) == (14, "buyer", True)
    assert (here.no_reason.days, here.no_reason.shipping) == (30, False)
    assert here.used == "deducted"
    assert here.refund_days == 14


def test_china_seven_days_whatever_the_policy(checkout: Path) -> None:
    here = found("CN", checkout, None, "douyin")
    assert here.right.days == 7
    assert {"digital", "periodical", "custom_made", "perishable"} <= set(here.excluded)


def test_california_only_what_the_shop_gives(checkout: Path) -> None:
    assert found("US-CA", checkout).right.days == 0
    assert found("US-CA", checkout).no_reason.days == 30
    assert found("US-CA", checkout, None).no_reason.days == 0


@pytest.mark.parametrize("market", PAGE_MARKETS)
def test_every_market_has_a_page_in_both_languages(market: str, checkout: Path) -> None:
    here = found(market, checkout)
    for language in ("en", "zh"):
        text = page("Nordhus", GuardShop(), here, "https://n.example/s/Nordhus", AT.date()).text(language)
        assert "https://n.example/s/Nordhus" in text
        assert "{" not in text


@pytest.mark.parametrize("market", ["DE", "GB", "CN", "US-CA", "JP"])
def test_what_the_page_promises_is_decided_so_on_the_last_day_and_not_after(market: str, checkout: Path) -> None:
    ask = asker(market, root=checkout)
    days = promises(ask).no_reason.days
    assert ask.decided(Plain("return_refund", "changed_mind", days, {})).outcome == "accept"
    assert ask.decided(Plain("return_refund", "changed_mind", days + 1, {})).outcome != "accept"


def test_the_law_of_a_market_is_asked_for(checkout: Path) -> None:
    told = GuardShop(trader="Nordhus AB", address="Gata 1", email="a@n.example")
    german = states(found("DE", checkout), told, "https://n.example")
    assert german == {
        "posted": "yours",
        "trader": "met",
        "instructions": "met",
        "model_form": "met",
        "return_cost": "met",
        "guarantee": "met",
        "button": "met",
    }
    bare = states(found("DE", checkout), GuardShop(), "")
    assert (bare["trader"], bare["button"]) == ("missing", "missing")
    assert "button" not in states(found("DE", checkout), GuardShop(), "", on=date(2026, 6, 18))


def test_a_page_without_what_the_law_asks_for_misses_it(checkout: Path) -> None:
    here, told = found("DE", checkout), GuardShop()
    whole = page("Nordhus", told, here, "", AT.date())
    bare = replace(whole, sections=tuple(one for one in whole.sections if one.code != "model_form"))
    listed = {one.code: one.state for one in duties(here, bare, told, "", None, AT.date())}
    assert (listed["model_form"], listed["instructions"]) == ("missing", "met")


def test_a_page_that_changed_is_not_posted_any_more(checkout: Path) -> None:
    here = found("US-NY", checkout)
    since = AT.date() - timedelta(days=3)
    for same, state in ((True, "met"), (False, "yours")):
        posted = Posted("https://n.example", since, "lin", same)
        assert states(here, GuardShop(), "", posted)["posted"] == state


def test_china_wants_a_step_of_confirmation(checkout: Path) -> None:
    told = states(found("CN", checkout, None, "douyin"), GuardShop(), "")
    assert told["seven_days"] == "met"
    assert told["confirmation"] == "yours"
