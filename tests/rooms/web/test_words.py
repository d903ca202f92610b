"""Every word that a page asks for is there in all three languages, and each language keeps to its own characters."""

import re
from pathlib import Path
from typing import get_args

import pytest

from amends.desk.cases.bulk import VERBS
from amends.facts.channels import WhyNot
from amends.facts.deeds import ACTIONS
from amends.facts.listed import FILTERS, VIEWS
from amends.facts.outgoing import POST_STATES, SECURITIES
from amends.facts.plan import MOVES, StepKind
from amends.facts.sms import SMS_PROVIDERS
from amends.facts.team import TEAM_EVENTS, TEAM_KINDS
from amends.facts.wire import Outcome
from amends.facts.words import WORDS
from amends.learn.connection_state import CONNECTION_WORDS
from amends.web.fill_words import fill
from amends.web.look import LOOKS
from amends.web.tongues import TONGUES, Tongue, name_of
from amends.web.words import FOLDERS, LOCALE, areas, has_words, page_words, read, words_of

WEB = Path(__file__).parents[3] / "src/amends/web"
TEMPLATES = {
    file.relative_to(WEB).as_posix(): file.read_text(encoding="utf-8") for file in (WEB / "templates").rglob("*.html")
}
CODE = {file.relative_to(WEB).as_posix(): file.read_text(encoding="utf-8") for file in WEB.rglob("*.py")}
BUYERS = tuple(
    f"portal_{one}"
    for one in "stage kind reason question status step you shop offer done parcel score check check_end".split()
)
"""Asked for by `buyers_word` with a code: `portal_status.to_decide`."""
FAMILIES = (
    "step",
    "stepkind",
    "what",
    "said",
    "gateway",
    "notice_state",
    "difference",
    "verb",
    "verb_go",
    "log",
    *BUYERS,
)
"""Asked for by `code_word` with a code of the house: `step.sent`."""
BUILT = (
    {f"filter.{name}" for name in FILTERS}
    | {f"team.kind_{kind}" for kind in TEAM_KINDS}
    | {f"team.event_{event}" for event in TEAM_EVENTS}
    | {f"out.state_{state}" for state in POST_STATES if state != "sending"}
    | {f"out.way_{way}" for way in ("mail", "sms", "portal", "platform")}
    | {f"sms.provider_{one}" for one in SMS_PROVIDERS}
    | {f"out.security_{one}" for one in SECURITIES}
    | {f"empty.{view}" for view in VIEWS}
    | {f"acted.{what}" for what in ("approved", "waits", "taken", "released", "undone")}
    | {f"bulk.verb_{verb}" for verb in VERBS}
    | {f"fault.{code}{end}" for code in (400, 403, 404, 500) for end in ("", "_text")}
    | {f"look.{look}" for look in LOOKS}
    | {f"policy.join_{how}" for how in ("all", "any", "none")}
    | {f"timeline.{kept}" for kept in ("all", "people", "notes")}
    | {f"rules.{verdict}" for verdict in ("holds", "fails", "unknown")}
    | {f"connect.step_{step}" for step in "platform shop keys test choices history done".split()}
    | {f"connect.state_{word}" for word in CONNECTION_WORDS}
    | {f"connect.deed_{action}" for action in ACTIONS}
    | {f"connect.{what}_{why}" for what in ("help", "trouble") for why in (*get_args(WhyNot), "reach")}
    | {f"connect.fill_{state}" for state in ("running", "done", "stopped")}
)
"""Keys that are put together: `{% t "filter."|add:field %}`."""
KEYS = words_of("zh").keys
EVERY = pytest.mark.parametrize("language", TONGUES)


def texts(language: Tongue) -> dict[str, tuple[str, ...]]:
    """Every entry of a language with its forms, as the files have them."""
    return {entry.key: entry.forms for path in areas(language).values() for entry in read(path, language)}


def asked_for() -> set[str]:
    keys = {key for text in TEMPLATES.values() for key in re.findall(r'{% t "([^"]+)"(?!\|)', text)}
    return keys | {key for text in CODE.values() for key in re.findall(r'page_words\("([^"]+)"', text)}


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def chinese(text: str) -> str:
    return "".join(re.findall("[一-鿿]", text))


def beyond(text: str, encoding: str) -> str:
    """The Chinese characters of a text that a national character set does not have."""
    return "".join(one for one in chinese(text) if not one.encode(encoding, "ignore"))


def test_every_key_that_is_asked_for_is_there() -> None:
    assert len(asked_for()) > 80
    assert (asked_for() | BUILT) - KEYS == set()


def test_no_key_is_idle() -> None:
    text = "".join([*TEMPLATES.values(), *CODE.values()])
    begun = tuple(re.findall(r'page_words\(f"([\w.]+){', text) + re.findall(r'{% t "([\w.]+)"\|add:', text))
    used = {
        key
        for key in KEYS
        if f'"{key}"' in text or key in BUILT or key.startswith(begun) or key.split(".")[0] in FAMILIES
    }
    assert used == KEYS


def test_every_state_and_kind_of_a_step_has_words() -> None:
    assert {f"step.{state}" for state in MOVES} - KEYS == set()
    assert {f"stepkind.{kind}" for kind in get_args(StepKind)} - KEYS == set()
    assert {f"said.{outcome}" for outcome in get_args(Outcome)} - KEYS == set()


def test_all_languages_have_the_same_areas_and_keys() -> None:
    assert [areas(language).keys() ^ areas("zh").keys() for language in TONGUES] == [set(), set(), set()]
    assert [KEYS ^ words_of(language).keys for language in TONGUES] == [set(), set(), set()]


@EVERY
def test_no_words_are_empty_and_all_have_the_same_places(language: Tongue) -> None:
    reference = texts("zh")
    for key, forms in texts(language).items():
        assert all(forms), key
        assert set().union(*map(places, forms)) == places(reference[key][0]), key


@EVERY
def test_no_key_stands_twice_in_a_file(language: Tongue) -> None:
    for path in areas(language).values():
        keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(keys) == len(set(keys)), path.name


def test_english_words_hold_no_chinese() -> None:
    assert [key for key, forms in texts("en").items() if chinese("".join(forms))] == []


def test_each_chinese_keeps_to_its_own_characters() -> None:
    """GB 2312 has no Traditional characters and Big5 no Simplified ones, but for those that are both."""
    assert {key: found for key, forms in texts("zh").items() if (found := beyond(forms[0], "gb2312"))} == {}
    assert {key: found for key, forms in texts("zh_hant").items() if (found := beyond(forms[0], "big5"))} == {}


def test_names_of_codes_are_traditional_where_the_page_is() -> None:
    names = {(group, code): name_of(group, code, "zh_hant") for group, table in WORDS.items() for code in table}
    assert {key: found for key, name in names.items() if (found := beyond(name, "big5")) and key[0] != "source"} == {}
    assert names["kind", "refund_only"] == "退款不退貨"
    assert names["market", "TW"] == "台灣"


def test_the_traditional_words_were_made_from_the_simplified_ones_that_are_there(tmp_path: Path) -> None:
    """Where this fails, run `python -m amends.web.fill_words` and read what it lists."""
    for language in TONGUES:
        folder = tmp_path / FOLDERS[language] / "LC_MESSAGES"
        folder.mkdir(parents=True)
        for path in areas(language).values():
            (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert fill(tmp_path) == []
    for path in areas("zh_hant").values():
        rewritten = tmp_path / path.relative_to(LOCALE)
        assert rewritten.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path.name


def test_a_changed_simplified_text_is_converted_anew_and_hand_written_ones_stay(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    source, made = (tmp_path / folder / "LC_MESSAGES" / "desk.po" for folder in ("zh_Hans", "zh_Hant"))
    for path in (source, made):
        path.parent.mkdir(parents=True)
    source.write_text(head + 'msgid "a"\nmsgstr "店铺"\n\nmsgid "b"\nmsgstr "新的数据"\n', encoding="utf-8")
    made.write_text(head + '#. 店铺\nmsgid "a"\nmsgstr "賣場"\n\n#. 旧\nmsgid "b"\nmsgstr "舊"\n', encoding="utf-8")
    assert fill(tmp_path) == ["b"]
    assert [entry.forms for entry in read(made, "zh_hant")] == [("賣場",), ("新的資料",)]
    assert fill(tmp_path) == []


def test_english_counts_one_and_many() -> None:
    assert page_words("list.total", "en", count=1) == "1 case"
    assert page_words("list.total", "en", count=0) == "0 cases"
    assert page_words("list.total", "en", count=12345) == "12,345 cases"
    assert page_words("list.total", "zh", count=1) == "共 1 单"
    assert page_words("list.total", "zh_hant", count=2) == "共 2 單"


@EVERY
def test_a_key_that_is_not_there_is_a_fault(language: Tongue) -> None:
    assert not has_words("list.nothing")
    with pytest.raises(KeyError, match="nothing"):
        page_words("list.nothing", language)


def test_no_template_holds_chinese_of_its_own() -> None:
    assert {name: found for name, text in TEMPLATES.items() if (found := chinese(text))} == {}


def test_every_group_of_names_that_a_template_uses_is_there() -> None:
    groups = {group for text in TEMPLATES.values() for group in re.findall(r'{% name(?:d)? "(\w+)"', text)}
    assert groups - WORDS.keys() == set()
