"""Every word that a page asks for is there in both languages."""

import re
from pathlib import Path
from typing import get_args

from amends.facts.plan import MOVES, StepKind
from amends.facts.wire import Outcome
from amends.facts.words import WORDS
from amends.web.words import PAGE_WORDS

WEB = Path(__file__).parents[3] / "src/amends/web"
TEMPLATES = {file.name: file.read_text(encoding="utf-8") for file in (WEB / "templates").rglob("*.html")}
CODE = {file.name: file.read_text(encoding="utf-8") for file in WEB.glob("*.py")}


def asked_for() -> set[str]:
    keys = {key for text in TEMPLATES.values() for key in re.findall(r'{% t "([^"]+)"(?!\|)', text)}
    return keys | {key for text in CODE.values() for key in re.findall(r'page_words\("([^"]+)"', text)}


def built() -> set[str]:
    filters = {f"filter.{name}" for name in ("shop", "platform", "kind", "reason", "outcome", "market")}
    faults = {f"fault.{code}{end}" for code in (400, 403, 404, 500) for end in ("", "_text")}
    money = {
        key
        for key in PAGE_WORDS
        if key.split(".")[0] in ("step", "stepkind", "what", "said", "gateway", "notice_state", "difference")
    }
    return filters | faults | money | {f"rules.{verdict}" for verdict in ("holds", "fails", "unknown")}


def test_every_key_that_is_asked_for_is_there() -> None:
    assert len(asked_for()) > 80
    assert (asked_for() | built()) - PAGE_WORDS.keys() == set()


def test_no_key_is_idle() -> None:
    text = "".join(TEMPLATES.values()) + "".join(CODE[name] for name in CODE if not name.startswith("words"))
    idle = {key for key in PAGE_WORDS.keys() - built() if f'"{key}"' not in text}
    assert idle == set()


def test_every_state_and_kind_of_a_step_has_words() -> None:
    assert {f"step.{state}" for state in MOVES} - PAGE_WORDS.keys() == set()
    assert {f"stepkind.{kind}" for kind in get_args(StepKind)} - PAGE_WORDS.keys() == set()
    assert {f"said.{outcome}" for outcome in get_args(Outcome)} - PAGE_WORDS.keys() == set()


def test_both_languages_are_there_and_have_the_same_places() -> None:
    for key, (zh, en) in PAGE_WORDS.items():
        assert all((zh, en)), key
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en)), key


def test_english_words_hold_no_chinese() -> None:
    assert [key for key, (_, en) in PAGE_WORDS.items() if re.search("[一-鿿]", en)] == []


def test_no_template_holds_chinese_of_its_own() -> None:
    loose = {name: re.findall("[一-鿿]+", text) for name, text in TEMPLATES.items()}
    assert {name: found for name, found in loose.items() if found and found != ["中文"]} == {}


def test_every_group_of_names_that_a_template_uses_is_there() -> None:
    groups = {group for text in TEMPLATES.values() for group in re.findall(r'{% name(?:d)? "(\w+)"', text)}
    assert groups - WORDS.keys() == set()
