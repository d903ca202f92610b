"""Every entry that the house writes into a log, every verb and every form has words."""

from __future__ import annotations

import ast
from pathlib import Path

import amends
from amends.web.words import words_of

SOURCES = Path(amends.__file__).parent
KEYS = words_of("zh").keys
BY_VARIABLE = {"refused", "refused_over_rule", "refund_paid", "refund_failed", "refund_reversed", "approved"}


def first_words(tree: ast.AST) -> set[str]:
    """The texts that stand as the first argument of an entry, or for one of `carry_out`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            place = {"Entry": 0, "first_entry": 0, "carry_out": 6}.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(str(node.args[place].value))  # type: ignore[attr-defined]
    return found


def test_every_entry_of_a_log_has_words() -> None:
    files = [path for room in ("desk/cases", "store") for path in (SOURCES / room).rglob("*.py")]
    written = BY_VARIABLE.union(*[first_words(ast.parse(path.read_text(encoding="utf-8"))) for path in files])
    assert {"settled", "agreement_carried_out", "imported", "taken_over", "money_approved", "noted"} <= written
    assert len(written) > 40
    assert {what for what in written if f"log.{what}" not in KEYS} == set()


def test_every_verb_that_can_be_taken_back_is_known_by_its_name() -> None:
    from amends.desk.cases.undo import UNDOABLE
    from amends.web.case_log import UNDONE

    assert set(UNDONE) == set(UNDOABLE)
    assert {f"verb.{verb}" for verb in UNDONE.values()} - KEYS == set()


def test_every_verb_has_words_and_every_form_its_template() -> None:
    from django.http import QueryDict

    from amends.learn.case_bar import Bar
    from amends.web.case_addresses import VERBS
    from amends.web.case_forms import forms_of

    assert {f"verb.{name}" for name, _, _ in VERBS} - KEYS == set()
    verbs = tuple(key.split(".", 1)[1] for key in KEYS if key.startswith("verb_go."))
    forms = forms_of(Bar(verbs), "", QueryDict(), None)
    assert {form.template for form in forms if not (SOURCES / "web/templates" / form.template).exists()} == set()
    assert {form.verb for form in forms} <= {name for name, _, _ in VERBS}
