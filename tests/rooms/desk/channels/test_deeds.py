"""What verbs want on platforms is done there once, and its log tells what came of it. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.desk.cases.approve import approve
from amends.desk.cases.ask import give_evidence
from amends.desk.cases.close import withdraw
from amends.desk.cases.desk import actor
from amends.desk.cases.faults import UnableToWork
from amends.desk.cases.offer import answer_offer, offer
from amends.desk.cases.parcels import inspect, send_back, ship_replacement
from amends.desk.cases.refuse import refuse
from amends.desk.cases.talk import tell_buyer
from amends.desk.cases.undo import undo
from amends.desk.channels.deeds import again, done_there, not_needed
from amends.facts.deed_work import DeedView
from amends.facts.people import SYSTEM
from tests.case_house import BUYER, LEAD, MANAGER
from tests.databases import Database, database
from tests.platform_house import CAN, House, connected, house

__all__ = ["database"]
RETURN = {"request": {"kind": "return_refund", "reason": "quality"}}


def a_return(there: House, key: str = "") -> int:
    """A case in which the goods have to come back, at the mall."""
    number = there.case(key, **RETURN)
    connected(number)
    return number


def only(there: House, number: int) -> DeedView:
    deeds = there.desk().casework.deeds(number)
    assert len(deeds) == 1, deeds
    return deeds[0]


def log(there: House, number: int) -> list[str]:
    return [one.entry.what for one in there.desk().casework.history(number).entries]


def hints(there: House, number: int) -> int:
    from amends.store.models import HintRow

    return HintRow.objects.filter(number=there.key(number)).count()


def test_a_yes_to_a_return_goes_to_the_platform_once_when_it_can_no_longer_be_taken_back(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    assert only(there, number).state == "wanted"
    assert there.deeds().run_due() == 0
    there.later(seconds=11)
    assert there.deeds().run_due() == 1
    assert there.deeds().run_due() == 0
    assert there.mall.done(there.key(number)) == ["agree_return"]
    given = there.mall.cases[there.key(number)]["deeds"][0]["given"]
    assert (given["address"], given["version"], given["kind"]) == ("A9", "1", "return_refund")
    assert only(there, number).state == "done"
    assert hints(there, number) == 1, "it is read back"
    there.rounds()
    there.rounds()
    assert log(there, number).count("platform_done") == 1


def test_what_is_taken_back_in_time_never_leaves(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.later(seconds=5)
    undo(there.desk(), number, MANAGER)
    there.later(minutes=5)
    assert there.deeds().run_due() == 0
    assert there.mall.done(there.key(number)) == []
    assert only(there, number).state == "cancelled"


def test_what_has_left_cannot_be_taken_back(database: Database) -> None:
    from amends.store.models import DeedRow

    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    DeedRow.objects.update(due_at=there.at)
    there.deeds().run_due()
    with pytest.raises(UnableToWork) as told:
        undo(there.desk(), number, MANAGER)
    assert told.value.code == "not_possible"
    assert there.desk().casework.look(number).tracks.decision == "approved"  # type: ignore[union-attr]


def test_another_answer_takes_the_place_of_one_that_has_not_left(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    refuse(there.desk(), number, MANAGER, "agreed_otherwise", "聊天中已商定", override="agreed with the buyer by chat")
    there.later(minutes=1)
    there.deeds().run_due()
    assert there.mall.done(there.key(number)) == ["refuse"]
    assert [one.state for one in there.desk().casework.deeds(number)] == ["cancelled", "done"]


def test_a_withdrawn_case_wants_nothing_more(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    withdraw(there.desk(), number, BUYER, MANAGER)
    there.later(minutes=1)
    assert there.deeds().run_due() == 0


@pytest.mark.parametrize("fault", ["before", "after", "broken"])
def test_a_deed_without_an_answer_is_asked_about_and_never_done_twice(database: Database, fault: str) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.mall.faults = [fault]
    for _ in range(6):
        there.later(minutes=3)
        there.deeds().run_due()
    assert there.mall.done(there.key(number)) == ["agree_return"]
    deed = only(there, number)
    assert (deed.state, deed.sends) == ("done", 1 if fault == "after" else 2)


def test_a_question_waits_twice_as_long_each_time_and_alarms_after_eight(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.mall.faults = ["after"]
    there.later(minutes=1)
    there.deeds().run_due()
    there.mall.away = True
    waits = []
    for _ in range(9):
        due = only(there, number).due_at
        waits.append((due - there.at).total_seconds())
        there.at = due + timedelta(seconds=1)
        there.deeds().run_due()
    assert waits[1:] == sorted(waits[1:])
    assert waits[8] >= 60 * waits[1]
    assert "8 questions" in only(there, number).alarm
    there.rounds()
    there.rounds()
    assert log(there, number).count("platform_unsure") == 1
    assert there.desk().casework.look(number).exception == "platform_trouble"  # type: ignore[union-attr]
    there.mall.away = False
    there.later(hours=7)
    there.deeds().run_due()
    there.rounds()
    assert only(there, number).state == "done"
    assert there.desk().casework.look(number).exception == ""  # type: ignore[union-attr]
    assert there.mall.done(there.key(number)) == ["agree_return"]


def test_a_platform_that_is_away_gets_it_once_it_is_back(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.mall.away = True
    there.later(minutes=1)
    there.deeds().run_due()
    assert only(there, number).state == "unknown"
    there.mall.away = False
    there.later(minutes=1)
    there.deeds().run_due()
    assert there.mall.done(there.key(number)) == ["agree_return"]


def test_a_lost_lock_gives_the_case_back_to_a_person_and_has_it_read(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.mall.cases[there.key(number)]["version"] = 5
    there.later(minutes=1)
    there.deeds().run_due()
    there.rounds()
    deed = only(there, number)
    assert (deed.state, deed.code) == ("failed", "stale")
    assert hints(there, number) == 1
    assert "platform_changed" in log(there, number)
    assert there.desk().casework.look(number).exception == "platform_trouble"  # type: ignore[union-attr]
    there.read(number)
    again(there.desk(), number, MANAGER, deed.number)
    there.later(minutes=1)
    there.deeds().run_due()
    assert there.mall.done(there.key(number)) == ["agree_return"]
    there.rounds()
    assert there.desk().casework.look(number).exception == ""  # type: ignore[union-attr]


def test_what_the_platform_wants_a_person_for_is_a_task_that_its_reading_closes(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.mall.faults = ["person"]
    there.later(minutes=1)
    there.deeds().run_due()
    there.rounds()
    assert only(there, number).state == "person"
    assert there.desk().casework.look(number).exception == "platform_task"  # type: ignore[union-attr]
    there.later(minutes=1)
    there.read(number)
    there.rounds()
    assert only(there, number).state == "person", "nothing shows there yet"
    there.mall.cases[there.key(number)]["standing"] = "awaiting_return"
    there.later(minutes=1)
    there.read(number)
    there.rounds()
    assert only(there, number).state == "done"
    assert there.desk().casework.look(number).exception == ""  # type: ignore[union-attr]
    assert there.mall.done(there.key(number)) == []


def test_a_connection_that_may_not_act_makes_tasks_and_calls_nobody(database: Database) -> None:
    there = house()
    number = there.case(**RETURN)
    connected(number, may_act=False, may_pay=False)
    approve(there.desk(), number, MANAGER)
    assert only(there, number).state == "person"
    there.later(minutes=5)
    assert there.deeds().run_due() == 0
    assert there.mall.looks == 0
    done_there(there.desk(), number, MANAGER, only(there, number).number, "done by hand")
    assert only(there, number).state == "done"
    assert there.desk().casework.look(number).exception == ""  # type: ignore[union-attr]
    with pytest.raises(UnableToWork):
        done_there(there.desk(), number, MANAGER, only(there, number).number)


def test_switched_off_between_it_becomes_a_task(database: Database) -> None:
    from amends.store.models import ConnectionRow

    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    ConnectionRow.objects.update(may_act=False)
    there.later(minutes=1)
    there.deeds().run_due()
    assert (only(there, number).state, only(there, number).sends) == ("person", 0)
    assert there.mall.looks == 0


def test_a_task_of_a_case_that_is_over_there_is_dropped(database: Database) -> None:
    there = house()
    number = there.case(**RETURN)
    connected(number, may_act=False)
    approve(there.desk(), number, MANAGER)
    there.mall.cases[there.key(number)]["standing"] = "closed"
    there.later(minutes=1)
    there.read(number)
    there.rounds()
    assert only(there, number).state == "cancelled"
    assert log(there, number)[-1] == "platform_dropped"


def test_a_paused_or_resting_connection_is_left_alone(database: Database) -> None:
    from amends.store.models import ConnectionRow

    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.later(minutes=1)
    ConnectionRow.objects.update(state="paused")
    assert there.deeds().run_due() == 0
    ConnectionRow.objects.update(state="on", again_at=there.at + timedelta(minutes=5))
    assert there.deeds().run_due() == 0
    there.later(minutes=6)
    assert there.deeds().run_due() == 1


def test_deeds_of_a_case_go_one_after_another_on_the_version_that_was_read_back(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    tell_buyer(there.desk(), number, MANAGER, "请寄回")
    there.later(minutes=1)
    assert there.deeds().run_due() == 1
    assert there.deeds().run_due() == 0, "the case is read back first"
    there.later(seconds=5)
    there.read(number)
    there.later(seconds=5)
    assert there.deeds().run_due() == 1
    assert there.mall.done(there.key(number)) == ["agree_return", "message"]
    message = there.mall.cases[there.key(number)]["deeds"][1]["given"]
    assert (message["text"], message["version"]) == ("请寄回", "2")


def test_a_message_that_went_by_the_platform_is_marked_as_sent(database: Database) -> None:
    there = house()
    number = a_return(there)
    tell_buyer(there.desk(), number, MANAGER, "您好")
    there.later(minutes=1)
    there.deeds().run_due()
    assert [one.state for one in there.desk().casework.history(number).messages] == ["sent"]


def test_refusing_goes_with_the_platforms_reason_which_is_remembered(database: Database) -> None:
    there = house()
    first, second = a_return(there, "X1"), a_return(there, "X2")
    why = "agreed with the buyer by chat"
    refuse(there.desk(), first, MANAGER, "agreed_otherwise", "已商定", override=why, there="77")
    refuse(there.desk(), second, MANAGER, "agreed_otherwise", "已商定", override=why, proof=["ab" * 32, "chat-1"])
    there.later(minutes=1)
    there.deeds().run_due()
    for key in ("X1", "X2"):
        given = there.mall.cases[key]["deeds"][0]["given"]
        assert (given["reason"], given["text"]) == ("77", "已商定")


def test_shipping_a_replacement_tells_the_platform_its_number_and_carrier(database: Database) -> None:
    there = house()
    number = there.case(request={"kind": "resend", "reason": "missing_item"})
    connected(number)
    offer(there.desk(), number, MANAGER, "resend")
    answer_offer(there.desk(), number, BUYER, 1, accepts=True)
    there.later(minutes=1)
    there.deeds().run_due()
    there.later(seconds=5)
    there.read(number)
    ship_replacement(there.desk(), number, LEAD, "SF1234567890123")
    there.later(minutes=1)
    there.deeds().run_due()
    print(there.desk().casework.deeds(number))
    given = there.mall.cases[there.key(number)]["deeds"][-1]["given"]
    assert given["waybill"] == "SF1234567890123"
    assert "SF" in given["carrier"]


def test_proof_goes_to_the_platform_only_while_it_decides(database: Database) -> None:
    from amends.store.models import PlatformCaseRow

    there = house()
    number = a_return(there)
    item = [{"kind": "photo", "by": "merchant", "file": "ab" * 32}]
    give_evidence(there.desk(), number, actor(LEAD), LEAD, item)
    assert there.desk().casework.deeds(number) == []
    PlatformCaseRow.objects.update(standing="stepped_in")
    give_evidence(there.desk(), number, actor(LEAD), LEAD, item, "见图")
    assert only(there, number).action == "give_evidence"


def test_what_no_channel_and_no_person_can_do_makes_no_deed(database: Database) -> None:
    from dataclasses import replace

    there = house(replace(CAN, actions=frozenset({"refuse"}), by_person=frozenset()))
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    assert there.desk().casework.deeds(number) == []


def test_what_only_a_person_can_do_is_a_task_at_once(database: Database) -> None:
    from dataclasses import replace

    there = house(replace(CAN, actions=frozenset({"refuse"}), by_person=frozenset({"agree_return"})))
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    assert (only(there, number).state, only(there, number).code) == ("person", "by_person")
    with pytest.raises(UnableToWork):
        again(there.desk(), number, MANAGER, only(there, number).number)
    not_needed(there.desk(), number, MANAGER, only(there, number).number, "the buyer keeps it")
    assert only(there, number).state == "cancelled"


def test_a_case_that_came_by_no_connection_wants_nothing_anywhere(database: Database) -> None:
    there = house()
    number = there.case(**RETURN)
    approve(there.desk(), number, MANAGER)
    assert there.desk().casework.deeds(number) == []


def test_goods_that_were_accepted_are_confirmed_before_the_money_goes(database: Database) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.later(minutes=1)
    there.deeds().run_due()
    there.read(number)
    there.later(minutes=1)
    send_back(there.desk(), number, BUYER, MANAGER, "SF1234567890123")
    inspect(there.desk(), number, MANAGER, "A")
    there.later(minutes=1)
    assert there.payer().run_due() == 0, "the receipt is confirmed first"
    for _ in range(4):
        there.deeds().run_due()
        there.later(seconds=10)
        there.read(number)
        there.payer().run_due()
    assert there.mall.done(there.key(number)) == ["agree_return", "confirm_receipt", "agree_refund"]
    assert there.mall.paid(there.key(number)) == [9_000]


def test_one_shops_failure_blocks_no_other(database: Database) -> None:
    from amends.store.models import ConnectionRow, DeedRow, Shop

    there = house()
    bad, good = a_return(there, "B1"), a_return(there, "G1")
    other = Shop.objects.create(name="other", merchant="main", channel="direct", market="DE", currency="EUR")
    broken = ConnectionRow.objects.create(
        shop=other,
        channel="gone",
        url="http://x",
        state="on",
        may_act=True,
        made_by="b",
        made_at=there.at,
        push_name="p2",
    )
    for number in (bad, good):
        approve(there.desk(), number, MANAGER)
    DeedRow.objects.filter(case_id=bad).update(connection=broken)
    there.later(minutes=1)
    assert there.deeds().run_due() == 2
    assert there.mall.done("G1") == ["agree_return"]
    stuck = there.desk().casework.deeds(bad)[0]
    assert (stuck.state, stuck.sends) == ("wanted", 0)
    assert stuck.alarm


def test_a_slow_shop_keeps_few_hands(database: Database) -> None:
    from amends.store.deed_book import MOST_OF_SHOP

    there = house()
    numbers = [a_return(there, f"S{at}") for at in range(MOST_OF_SHOP + 2)]
    for number in numbers:
        approve(there.desk(), number, MANAGER)
    there.later(minutes=1)
    book = there.deeds().deeds
    assert len(book.claim("w1", there.at, 60, 20)) == MOST_OF_SHOP
    assert book.claim("w2", there.at, 60, 20) == []
    there.later(minutes=2)
    for _ in numbers:
        there.deeds().run_due()
    assert [there.mall.done(f"S{at}") for at in range(len(numbers))] == [["agree_return"]] * len(numbers)


def test_what_a_platform_keeps_no_record_of_is_a_persons_to_say(database: Database) -> None:
    from dataclasses import replace

    there = house(replace(CAN, unasked=frozenset({"message"})))
    number = a_return(there)
    tell_buyer(there.desk(), number, MANAGER, "您好")
    there.mall.faults = ["before"]
    there.later(minutes=1)
    there.deeds().run_due()
    there.mall.cases[there.key(number)] = {"deeds": [], "standing": "requested", "version": 1, "forgets": True}
    there.later(minutes=1)
    there.deeds().run_due()
    deed = only(there, number)
    assert deed.state == "unknown"
    assert "no record" in deed.alarm
    there.rounds()
    done_there(there.desk(), number, MANAGER, deed.number, "seen in the chat")
    there.later(hours=1)
    assert there.deeds().run_due() == 0
    assert only(there, number).state == "done"


def test_a_defect_of_a_channel_is_told_and_asked_about(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.mall.cases[there.key(number)]["deeds"] = None  # the answer has another shape than any channel knows
    there.later(minutes=1)
    there.deeds().run_due()
    deed = only(there, number)
    assert (deed.state, deed.code) == ("unknown", "defect")
    assert deed.alarm
    there.mall.cases[there.key(number)]["deeds"] = []
    there.later(minutes=1)
    there.deeds().run_due()
    there.later(minutes=1)
    there.deeds().run_due()
    assert there.mall.done(there.key(number)) == ["agree_return"]


def test_the_house_alone_leaves_what_was_asked_before_the_shop_was_connected(database: Database) -> None:
    from amends.desk.cases.run import CaseRounds
    from amends.store.models import ConnectionRow, Shop

    there = house()
    number = there.case()
    connected(number, acts_from=there.at + timedelta(days=1))
    Shop.objects.update(automatic=True)
    CaseRounds(there.desk()).look()
    assert there.desk().casework.look(number).tracks.decision == "new"  # type: ignore[union-attr]
    ConnectionRow.objects.update(acts_from=there.at - timedelta(days=9))
    CaseRounds(there.desk()).look()
    assert there.desk().casework.look(number).tracks.decision == "approved"  # type: ignore[union-attr]
    assert SYSTEM.kind == "system"


def test_two_workers_do_a_deed_once(database: Database) -> None:
    from dataclasses import replace

    there = house()
    number = a_return(there)
    approve(there.desk(), number, MANAGER)
    there.later(minutes=1)
    first, second = there.deeds(), replace(there.deeds(), owner="w2")
    claims = first.deeds.claim("w1", there.at, 60, 9)
    assert second.run_due() == 0
    there.later(minutes=2)  # the first is slow: its lease runs out, another takes over
    assert second.run_due() == 1
    assert [first.work(one) for one in claims] == [None]
    assert there.mall.done(there.key(number)) == ["agree_return"]
