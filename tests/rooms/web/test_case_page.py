"""The case page: the bar follows the state, each verb is done from its form, and what cannot be done says why with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.case_house import BUYER, Clock, case_desk
from tests.money_house import case_of, desk_of, order_of

RETURN = {"request": {"kind": "return_refund", "reason": "changed_mind", "requested_at": "2026-11-24T09:00:00+01:00"}}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sign_in(database: Any, clock: Clock) -> Callable[..., Any]:
    """Signs a person of a role in, over a desk whose clock a test moves."""
    from django.contrib.auth.models import User
    from django.test import Client

    from amends.store.members import give_role
    from amends.web.front import install
    from tests.django_house import plain_front

    install(replace(plain_front(), money=desk_of(), desk=case_desk(clock), now=clock))

    def person(role: str, name: str = "", language: str = "en") -> Any:
        name = name or role
        client = Client(SERVER_NAME="localhost", headers={"accept-language": language})
        user = User.objects.get_or_create(username=name)[0]
        give_role(name, role)
        client.force_login(user)
        return client

    return person


def text(client: Any, number: int) -> str:
    return str(client.get(f"/cases/{number}").content.decode())


def bar(client: Any, number: int) -> list[str]:
    """The verbs with a button of their own, in order; then the note, then those in the menu."""
    page = text(client, number)
    begin = page.index('<nav class="acts"')
    return re.findall(r'href="#([\w-]+)"', page[begin : page.index("</nav>", begin)])


def version(number: int) -> str:
    from amends.store.models import CaseRow

    return str(CaseRow.objects.get(pk=number).version)


def state(number: int) -> Any:
    found = case_desk().casework.look(number)
    assert found is not None
    return found


def press(client: Any, number: int, verb: str, **given: Any) -> Any:
    return client.post(f"/cases/{number}/{verb}", {"version": version(number), **given})


def test_the_bar_follows_the_case_from_its_request_to_its_end(sign_in: Any) -> None:
    lead, warehouse = sign_in("lead"), sign_in("warehouse")
    number = case_of(order_of(**RETURN))
    assert bar(lead, number)[:5] == ["approve", "refuse", "offer", "ask", "note"]
    assert bar(warehouse, number) == ["note", "receive", "sent"]
    assert press(lead, number, "approve").status_code == 302
    assert bar(lead, number)[:2] == ["receive", "inspect"]
    assert press(warehouse, number, "receive", note="dry").status_code == 302
    assert bar(warehouse, number)[0] == "inspect"
    found = {"grade": "C", "goods": ["used"], "findings": "scratched\nlate"}
    assert press(warehouse, number, "inspect", **found).status_code == 302
    assert state(number).case["inspection"]["findings"] == ["scratched", "late"]
    shown = text(lead, number)
    assert "inspected the goods" in shown
    assert "scratched" in shown
    assert bar(warehouse, number) == ["note", "inspect", "return-goods"]


def test_a_closed_case_can_only_be_taken_up_again(sign_in: Any) -> None:
    lead, number = sign_in("lead"), case_of(order_of())
    press(lead, number, "close", reason="mistake")
    assert bar(lead, number) == ["reopen", "note"]
    press(lead, number, "reopen", why="the buyer called again")
    assert state(number).tracks.desk == "open"
    press(lead, number, "withdraw", why="she kept it")
    assert state(number).tracks.decision == "withdrawn"


def test_what_approving_does_is_told_before_the_press(sign_in: Any) -> None:
    lead, number = sign_in("lead"), case_of(order_of(gift_card=2_000))
    page = text(lead, number)
    told = ("What approving will do", "€70.00", "€20.00", "back to Gift card", "Can be taken back for 10 seconds")
    assert [one for one in told if one not in page] == []


def test_a_press_can_be_taken_back_for_so_long_and_no_longer(sign_in: Any, clock: Clock) -> None:
    lead, number = sign_in("lead"), case_of(order_of())
    press(lead, number, "approve")
    assert 'data-undo="10"' in text(lead, number)
    assert press(lead, number, "undo").status_code == 302
    assert state(number).tracks.decision == "new"
    press(lead, number, "approve")
    clock.forward(seconds=11)
    assert "data-undo=" not in text(lead, number)
    late = press(lead, number, "undo")
    assert late.status_code == 409
    assert "too late to take this back" in late.content.decode()


def test_above_ones_limit_a_lead_is_asked_and_answers_in_the_inbox(sign_in: Any) -> None:
    agent, lead = sign_in("agent"), sign_in("lead")
    number = case_of(order_of())
    assert "Ask a Team lead" in text(agent, number)
    press(agent, number, "approve")
    assert bar(agent, number) == ["take-back", "note"]
    assert bar(lead, number) == ["yes", "no", "note"]
    assert '<b class="bar-count">1</b>' in text(lead, number)
    inbox = lead.get("/approvals").content.decode()
    for wanted in ("asked by agent", "€90.00", "Money goes back now", f"/cases/{number}/yes"):
        assert wanted in inbox
    assert f"/cases/{number}/yes" not in agent.get("/approvals").content.decode()
    denied = press(agent, number, "yes")
    assert denied.status_code == 409
    assert "must approve this" in denied.content.decode()
    answer = press(lead, number, "yes", next="/approvals?done=yes")
    assert answer.headers["Location"] == "/approvals?done=yes"
    assert state(number).tracks.decision == "approved"
    assert f"/cases/{number}/yes" not in lead.get("/approvals").content.decode()


def test_a_lead_says_no_and_whoever_asked_takes_it_back(sign_in: Any) -> None:
    agent, lead = sign_in("agent"), sign_in("lead")
    number = case_of(order_of())
    press(agent, number, "approve")
    press(lead, number, "no", note="look again")
    assert "look again" in text(agent, number)
    press(agent, number, "approve")
    press(agent, number, "take-back")
    assert case_desk().casework.approvals(None) == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "cannot be refused"), ("zh-hans", "不能拒绝"), ("zh-hant", "不能拒絕")]
)
def test_a_refusal_that_a_rule_forbids_shows_the_rule_and_what_to_offer(sign_in: Any, language: str, said: str) -> None:
    agent, number = sign_in("agent", language=language), case_of(order_of(**RETURN))
    page = text(agent, number)
    blocked = page[page.index('<div class="blocked">') :]
    assert said in blocked
    assert "/rules/eu.withdrawal" in blocked
    assert f'action="/cases/{number}/refuse' not in page, "who may not override finds no form to fill in"
    answer = press(agent, number, "refuse", reason="too_late", text="no")
    assert answer.status_code == 409
    assert "eu.withdrawal" in answer.content.decode()
    assert state(number).tracks.decision == "new"


def test_a_manager_refuses_against_a_rule_by_saying_why(sign_in: Any) -> None:
    boss, number = sign_in("manager"), case_of(order_of(**RETURN))
    short = press(boss, number, "refuse", reason="too_late", text="we are sorry", override="short")
    page = short.content.decode()
    assert short.status_code == 409
    assert 'class="verb is-open" id="refuse"' in page
    assert "we are sorry</textarea>" in page, "nothing that was typed is lost"
    assert 'value="too_late" selected' in page
    press(boss, number, "refuse", reason="too_late", text="we are sorry", override="agreed with the buyer by phone")
    assert state(number).tracks.decision == "refused"
    assert "refused against a rule: The period for this has passed. Broken:" in text(boss, number)


def test_a_case_that_changed_meanwhile_says_what_happened_and_keeps_what_was_typed(sign_in: Any) -> None:
    lead, other = sign_in("lead"), sign_in("lead", "mei")
    number = case_of(order_of())
    given = {"version": version(number), "kind": "partial_refund", "amount": "9.00", "note": "keep it"}
    press(other, number, "take")
    press(other, number, "note", text="I spoke to the buyer")
    stale = lead.post(f"/cases/{number}/offer", given)
    page = stale.content.decode()
    assert stale.status_code == 409
    begin = page.index('<ul class="changes">')
    changed = page[begin : page.index("</ul>", begin)]
    assert "mei: took the case" in changed
    assert "mei: wrote a note" in changed
    assert 'value="9.00"' in page
    assert "keep it</textarea>" in page
    again = re.search(r'id="offer".*?name="version" value="(\d+)"', page, re.DOTALL)
    assert again
    assert lead.post(f"/cases/{number}/offer", given | {"version": again[1]}).status_code == 302
    assert state(number).tracks.decision == "offered"


@pytest.mark.parametrize(
    ("verb", "given", "said"),
    [
        ("offer", {"kind": "partial_refund", "amount": "much"}, "field-fault"),
        ("offer", {"kind": "partial_refund", "amount": "5", "days": "99"}, "between 1 and 30"),
        ("offer", {"kind": "coupon"}, "give the coupon"),
        ("ask", {"days": "x"}, "a whole number is wanted"),
        ("ask", {}, "say what is asked for"),
        ("close", {"reason": "other"}, "say why"),
        ("escalate", {"role": "lead"}, "say what it is about"),
        ("withdraw", {}, "say how the buyer asked for it"),
    ],
)
def test_bad_input_is_told_at_its_field(sign_in: Any, verb: str, given: dict[str, str], said: str) -> None:
    lead, number = sign_in("lead"), case_of(order_of())
    answer = press(lead, number, verb, **given)
    page = answer.content.decode()
    assert answer.status_code == 409
    opened = page[page.index(f'class="verb is-open" id="{verb}"') :]
    form = opened[: opened.index("</section>")]
    assert said in form
    assert 'class="field-fault"' in form


def test_an_offer_shows_shares_against_the_limit_and_the_buyers_answer_is_written_down(sign_in: Any) -> None:
    agent, number = sign_in("agent"), case_of(order_of())
    page = text(agent, number)
    assert "10% · €9.00" in page
    assert "100% · €90.00" in page
    assert page.count("needs a Team lead") == 1
    press(agent, number, "offer", kind="partial_refund", pick="9.00", note="keep it")
    assert {"buyers-answer", "take-back-offer"} <= set(bar(agent, number))
    assert press(agent, number, "buyers-answer", offer="1", answer="").status_code == 409
    press(agent, number, "buyers-answer", offer="1", answer="yes", why="by phone")
    assert state(number).tracks.decision == "approved"
    assert state(number).agreed["amount"] == "9.00"


def test_an_offer_can_be_taken_back(sign_in: Any) -> None:
    agent, number = sign_in("agent"), case_of(order_of())
    press(agent, number, "offer", kind="partial_refund", pick="9.00")
    press(agent, number, "take-back-offer")
    assert state(number).tracks.decision == "new"


def test_asking_giving_proof_and_the_shelf(sign_in: Any) -> None:
    agent, number = sign_in("agent"), case_of(order_of())
    press(agent, number, "ask", what=["evidence.photo"], text="a picture, please", days="2")
    page = text(agent, number)
    assert "asked the buyer for: Photos (2 days)" in page
    assert "a picture, please" in page
    assert "waiting, can be taken back" in page
    press(agent, number, "evidence", kind="photo", by="buyer", text="came by mail")
    assert "gave proof: Photo" in text(agent, number)
    assert state(number).case["evidence"][0]["by"] == "buyer"


def test_messages_and_notes_stand_in_one_conversation_with_contacts_masked(sign_in: Any) -> None:
    from amends.desk.cases.talk import buyer_says

    agent, number = sign_in("agent"), case_of(order_of())
    press(agent, number, "message", text="Hello there")
    press(agent, number, "note", text="she sounds nice")
    buyer_says(case_desk(), number, BUYER, "call me: anna@example.com")
    page = text(agent, number)
    assert {one for one in ("said-shop", "said-note", "said-buyer") if f'class="{one}"' not in page} == set()
    assert "anna@example.com" not in page
    assert "Buyer Anna" not in page
    assert press(agent, number, "message", text=" ").status_code == 409


def test_who_has_it_and_who_takes_it_over(sign_in: Any) -> None:
    agent, other, lead = sign_in("agent"), sign_in("agent", "bo"), sign_in("lead")
    number = case_of(order_of())
    press(agent, number, "take")
    assert "You have it" in text(agent, number)
    assert "agent is working on this" in text(other, number)
    collision = press(other, number, "take")
    assert collision.status_code == 409
    assert "agent is working on this case" in collision.content.decode()
    press(other, number, "take", over="yes")
    assert "took it over from agent" in text(other, number)
    assert press(lead, number, "assign", to="nobody-here").status_code == 409
    press(lead, number, "assign", to="agent")
    assert state(number).assignee == "agent"
    press(agent, number, "release")
    assert state(number).assignee == ""
    press(agent, number, "escalate", role="lead", why="too dear for me")
    assert "escalated to: Team lead" in text(agent, number)


def test_split_and_merge(sign_in: Any) -> None:
    both = {"lines": [{"id": "l1", "quantity": 1}, {"id": "l2", "quantity": 1}]}
    agent, number = sign_in("agent"), case_of(order_of(request=both))
    assert press(agent, number, "split").status_code == 409
    press(agent, number, "split", lines=["l2"])
    kin = case_desk().casework.kin(number, None).of_order
    assert len(kin) == 1
    assert kin[0].key in text(agent, number)
    assert "merge" in bar(agent, number)
    assert press(agent, number, "merge", into="999").status_code == 409
    answer = press(agent, number, "merge", into=str(kin[0].number))
    assert answer.status_code == 302, re.findall(r"Not done.*", answer.content.decode())
    assert state(number).status == "closed"


def test_a_replacement_goes_out_and_arrives(sign_in: Any) -> None:
    lead, warehouse = sign_in("lead"), sign_in("warehouse")
    number = case_of(order_of(**RETURN))
    press(lead, number, "offer", kind="resend", note="we send it again")
    press(lead, number, "buyers-answer", offer="1", answer="yes")
    assert "ship" in bar(warehouse, number)
    press(warehouse, number, "ship", waybill="SF77001122")
    assert "SF77001122" in text(lead, number)
    press(warehouse, number, "delivered")
    assert state(number).status == "closed"


def test_the_timeline_can_be_narrowed_and_a_broken_chain_is_cried_out(sign_in: Any) -> None:
    from django.db import connection

    agent, number = sign_in("agent"), case_of(order_of())
    press(agent, number, "note", text="something to keep")
    assert "the chain is whole" in text(agent, number)
    notes = agent.get(f"/cases/{number}?log=notes").content.decode()
    assert "wrote a note" in notes
    assert "came in by" not in notes
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'store_caselogrow'")
        for (trigger,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {trigger}")
        cursor.execute("UPDATE store_caselogrow SET why = 'something else' WHERE what = 'noted'")
    assert "The chain of this log is broken." in text(agent, number)


def test_a_form_is_reached_by_its_address(sign_in: Any) -> None:
    agent, number = sign_in("agent"), case_of(order_of())
    answer = agent.get(f"/cases/{number}/refuse?view=review")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/cases/{number}?view=review#refuse"
    back = press(agent, number, "note", text="seen")
    assert back.headers["Location"] == f"/cases/{number}?done=note"
    assert "Done: Note" in agent.get(back.headers["Location"]).content.decode()


@pytest.mark.parametrize("asked", ["-1", "²", "x", "9" * 40])
def test_a_version_that_no_page_sent_is_bad_input(sign_in: Any, asked: str) -> None:
    agent, number = sign_in("agent"), case_of(order_of())
    answer = agent.post(f"/cases/{number}/close", {"version": asked, "reason": "settled"})
    assert answer.status_code == 409
    assert "a whole number is wanted" in answer.content.decode()


def test_money_is_not_settled_twice(sign_in: Any) -> None:
    lead, number = sign_in("lead"), case_of(order_of())
    press(lead, number, "approve")
    again = press(lead, number, "settle")
    assert again.status_code == 409
    assert "promised already" in again.content.decode()


def test_answering_otherwise_takes_the_question_for_a_second_person_back(sign_in: Any) -> None:
    agent, number = sign_in("agent"), case_of(order_of())
    press(agent, number, "approve")
    press(agent, number, "offer", kind="partial_refund", amount="9.00")
    assert case_desk().casework.approvals(None) == []
    press(agent, number, "take-back-offer")
    assert press(agent, number, "approve").status_code == 302


def test_a_case_is_opened_for_a_buyer_on_an_order_that_is_written_down(sign_in: Any) -> None:
    agent = sign_in("agent")
    case_of(order_of())
    page = agent.get("/cases/new?shop=acme&order=N-77").content.decode()
    assert "The shop told of no such order" in page
    given = {
        "shop": "acme", "order": "N-77", "kind": "cancel", "reason": "changed_mind", "text": "too dear after all",
        "line_title": ["Lamp", ""], "line_quantity": ["1", "1"], "line_paid": ["40.00", ""], "method": "card",
        "captured": "40.00", "bought": "2026-11-23", "delivered": "",
    }  # fmt: skip
    bad = agent.post("/cases/new", given | {"captured": "forty"})
    assert bad.status_code == 409
    assert "too dear after all</textarea>" in bad.content.decode()
    opened = agent.post("/cases/new", given)
    assert opened.status_code == 302
    number = int(opened.headers["Location"].rsplit("/", 1)[1])
    assert state(number).origin == "desk"
    shown = text(agent, number)
    assert "opened the case (the desk)" in shown
    assert "too dear after all" in shown
    known = agent.get("/cases/new?shop=acme&order=N-77").content.decode()
    assert 'name="lines" value="l1"' in known
    second = agent.post("/cases/new", given | {"lines": ["l1"]})
    assert f'href="/cases/{number}"' in agent.get(second.headers["Location"]).content.decode()


def test_before_you_leave_tells_what_runs_out_in_the_night(sign_in: Any, clock: Clock) -> None:
    from amends.store.models import CaseRow, DeadlineRow

    agent, number = sign_in("agent"), case_of(order_of())
    DeadlineRow.objects.all().delete()
    assert "Nothing runs out in between." in agent.get("/before-you-leave").content.decode()
    DeadlineRow.objects.create(
        case_id=number, source="decision", who="merchant", action="respond", due_at=clock() + timedelta(hours=4),
        if_missed_en="refunded by itself", if_missed_zh="自动退款",
    )  # fmt: skip
    page = agent.get("/before-you-leave").content.decode()
    assert "1 deadline runs out in between" in page
    assert "refunded by itself" in page
    assert "Won, but the clock still runs" not in page
    CaseRow.objects.filter(pk=number).update(exception="clock_after_win")
    assert "Won, but the clock still runs" in agent.get("/before-you-leave").content.decode()
