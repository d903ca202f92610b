"""The verbs of remedies on the case page: each reads its form and calls one verb of the desk."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from amends.desk.cases import charges as money
from amends.desk.cases.advance import advance
from amends.desk.cases.desk import CaseDesk, actor
from amends.desk.cases.faults import bad_value
from amends.desk.cases.going_out import choose, offer_choices
from amends.desk.cases.price_protection import protect, protect_lines
from amends.desk.cases.repairs import failed, finish, quote, work_on
from amends.desk.cases.replacement_lost import lose_replacement
from amends.desk.cases.stock import let_go
from amends.facts.people import Person
from amends.web.case_doing import read_number

MOST_PIECES: Final = 20


def do_choose(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Say what goes out."""
    choose(desk, number, me, pieces_of(given), given.get("link", ""))


def do_choices(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Let the buyer choose."""
    offer_choices(desk, number, me, pieces_of(given))


def do_advance(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Let the replacement go out first."""
    advance(desk, number, me, given.get("deposit", "")[:40], read_number(given, "days", 14), given.get("link", ""))


def do_quote(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Quote a repair."""
    price = given.get("price", "")[:40]
    quote(desk, number, me, price, given.get("text", ""), read_number(given, "days", 7), given.get("link", ""))


def do_repair(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The workshop goes on."""
    work_on(desk, number, me, given.get("step", ""), given.get("note", ""))


def do_repaired(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """The repair is done."""
    finish(desk, number, me, read_number(given, "warranty", 90), given.get("note", ""))


def do_failed(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """It did not put it right."""
    failed(desk, number, actor(me), me, given.get("wants", ""), given.get("why", ""))


def do_protect(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Give the difference to the lower price; on several lines, each with its own."""
    lines = [name.removeprefix("price-") for name in given if name.startswith("price-")]
    if lines:
        prices = {line: price for line in lines if (price := given.get(f"price-{line}", "").strip()[:40])}
        protect_lines(desk, number, me, prices, given.get("proof", ""))
        return
    protect(desk, number, me, given.get("price", "")[:40], given.get("proof", ""))


def do_let_go(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """Hold the stock no longer."""
    let_go(desk, number, me)


def do_replacement_lost(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """What went out was lost."""
    lose_replacement(desk, number, me, given.get("why", ""))


def do_charge(desk: CaseDesk, number: int, me: Person, given: QueryDict) -> None:
    """What is done about money that the buyer is asked for."""
    one, act, reference = read_number(given, "charge", 0), given.get("do", ""), given.get("reference", "")
    if act in ("agree", "decline"):
        money.answer_charge(desk, number, actor(me), one, accepts=act == "agree", why=given.get("why", ""))
    elif act == "link":
        money.link_charge(desk, number, me, one, given.get("link", ""))
    elif act == "confirm":
        money.confirm_charge(desk, number, me, one, reference)
    elif act == "capture":
        money.capture_deposit(desk, number, me, one, reference)
    elif act == "release":
        money.release_deposit(desk, number, me, one)
    elif act == "drop":
        money.drop_charge(desk, number, me, one)
    elif act == "give-back":
        money.give_charge_back(desk, number, me, one)
    else:
        raise bad_value("do", "agree, decline, link, confirm, capture, release, drop or give-back", "请选择操作")


def pieces_of(given: QueryDict) -> list[dict[str, Any]]:
    """The pieces of a form; a row without a quantity, or without any word, goes nowhere."""
    found = []
    for place in range(MOST_PIECES):
        if f"line-{place}" not in given or not given.get(f"quantity-{place}", "").strip():
            continue
        row = {name: given.get(f"{name}-{place}", "").strip() for name in ("line", "sku", "title", "price")}
        found.append({**row, "quantity": read_number(given, f"quantity-{place}", 0)})
    return found
