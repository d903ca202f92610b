"""The knowledge base as it is read: by topic, by word, in every language, and never out of step with what decides."""

from __future__ import annotations

import re
from typing import Any

from amends.decide.house import HOUSE_RULES
from amends.facts.kept_policies import KeptVersion
from tests.django_house import NOW

POLICY = """
policy: {name}
version: 1
rules:
  - id: small
    when: {{refund_total: {{at_most: "{much} EUR"}}}}
    then: {{outcome: accept, handling: auto}}
otherwise: {{outcome: ask}}
"""


def publish(merchant: str, name: str, much: int) -> None:
    """Will make the policy of a merchant, or a new version of it, and set it to work."""
    from amends.store.policy_book import DatabasePolicies

    book, text = DatabasePolicies(), POLICY.format(name=name, much=much)
    there = next((one for one in book.policies(None) if (one.merchant, one.name) == (merchant, name)), None)
    number = there.number if there else book.begin(merchant, name, text, "kim", NOW)
    assert number is not None
    book.add(number, KeptVersion(0, text, "live", "kim", NOW), there.newest.number if there else 1, None)


def shown(browser: Any, address: str, language: str = "en", status: int = 200) -> str:
    answer = browser.get(address, headers={"accept-language": language})
    assert answer.status_code == status, address
    return str(answer.content.decode())


def test_a_policy_is_read_as_it_decides_now(agent: Any) -> None:
    publish("main", "harbour", 15)
    page = "/rules/policy.harbour.small"
    assert page in shown(agent, "/rules")
    assert "at most 15.00 EUR" in shown(agent, page)
    publish("main", "harbour", 22)
    assert "at most 22.00 EUR" in shown(agent, page)
    assert "不超过 22.00 EUR" in shown(agent, page, "zh-hans")
    assert "不超過 22.00 EUR" in shown(agent, "/rules?q=不超過", "zh-hant")


def test_the_policy_of_another_merchant_is_nowhere(agent: Any) -> None:
    from amends.store.models import Merchant

    Merchant.objects.create(name="other", title="Other")
    publish("other", "secret", 15)
    for page in ("/rules", "/rules/booklet", "/rules?q=secret"):
        assert "policy.secret" not in shown(agent, page)
    shown(agent, "/rules/policy.secret.small", status=404)


def test_every_rule_that_a_decision_can_name_has_its_page(agent: Any) -> None:
    for rule in HOUSE_RULES:
        assert rule.title.en in shown(agent, f"/rules/{rule.id}")
    page = shown(agent, "/rules/cn.no_reason_return")
    assert 'href="/rules?reason=changed_mind"' in page
    assert "7 days" in page
    assert "no_reason.days" in page.partition("Other numbers of this pack")[0]


def test_topics_narrow_the_list_and_the_booklet_alike(agent: Any) -> None:
    asked = "?market=DE&reason=changed_mind&q=withdraw"
    for page in (f"/rules{asked}", f"/rules/booklet{asked}"):
        text = re.sub(r"<(form|details).*?</\1>", "", shown(agent, page), flags=re.DOTALL)
        assert "eu.withdrawal" in text
        assert "cn.no_reason_return" not in text
    assert "No rule fits" in shown(agent, "/rules?q=nothing-like-this")
    assert "eu.withdrawal" in shown(agent, "/rules/booklet?market=DE", "zh-hant")
