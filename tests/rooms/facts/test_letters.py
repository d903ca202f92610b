"""Messages to buyers: the built-in texts, what may stand in a template, and filling one in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.codes import REASONS
from amends.facts.letters import (
    EVENTS,
    PLACES,
    SAMPLE,
    TONGUES,
    Template,
    Tongue,
    UnableToReadTemplate,
    built_in,
    check_template,
    chosen,
    render,
    tongue_of,
)

EVERY = pytest.mark.parametrize("language", TONGUES)


class Own:
    """A merchant's own texts."""

    def __init__(self, *texts: tuple[str, str, Tongue, str]) -> None:
        self.texts = {(event, reason, language): Template(text, text) for event, reason, language, text in texts}

    def template(self, merchant: str, event: str, reason: str, language: Tongue) -> Template | None:
        return self.texts.get((event, reason, language)) if merchant == "acme" else None


@EVERY
@pytest.mark.parametrize("event", EVENTS)
def test_every_built_in_text_can_be_used_and_fills_in_whole(event: str, language: Tongue) -> None:
    for reason in ("", *REASONS):
        template = built_in(event, reason, language)
        check_template(template)
        subject, text = render(event, reason, language, SAMPLE[language])
        assert subject
        assert text
        assert not re.search(r"[{}]", subject + text)


@EVERY
def test_samples_have_every_place(language: Tongue) -> None:
    assert SAMPLE[language].keys() == PLACES.keys()


def test_a_line_without_its_value_is_left_out_and_the_rest_stays() -> None:
    subject, text = render("approved", "", "en", {"buyer": "Anna", "order": "7", "amount": "€5.00", "shop": "Nordhus"})
    assert subject == "Your request is granted (order 7)"
    assert "Amount: €5.00" in text
    assert "send the goods back" not in text
    assert text.endswith("Nordhus")
    assert "\n\n\n" not in text


def test_values_are_put_in_as_they_are_and_not_read_as_templates() -> None:
    own = Template("{order}", "{buyer} {order}")
    assert render("closed", "", "en", {"buyer": "{order} {0} \\1", "order": "7"}, own) == ("7", "{order} {0} \\1 7")


@pytest.mark.parametrize(
    ("subject", "text", "field", "said"),
    [
        ("Hi", "Dear {bayer}", "text", r"line 1: .*\{bayer\}; did you mean \{buyer\}\?"),
        ("Hi", "one\n{xyzzy}", "text", r"line 2: .*known are \{buyer\}"),
        ("{order", "x", "subject", "a brace stands alone"),
        ("Hi", "{{order}}", "text", "a brace stands alone"),
        ("Hi", "{}", "text", "no place"),
        ("", "x", "subject", "1 to 200"),
        ("Hi", " ", "text", "1 to 4000"),
        ("Hi\nyou", "x", "subject", "one line"),
    ],
)
def test_what_cannot_be_used_is_turned_away_by_name(subject: str, text: str, field: str, said: str) -> None:
    with pytest.raises(UnableToReadTemplate, match=said) as caught:
        check_template(Template(subject, text))
    assert caught.value.field == field
    assert re.search("[一-鿿]", caught.value.says.zh)


def test_a_text_for_the_reason_goes_before_one_for_any_and_both_before_the_built_in() -> None:
    own = Own(("refused", "", "en", "any"), ("refused", "quality", "en", "quality"))
    assert chosen(own, "acme", "refused", "quality", "en").text == "quality"
    assert chosen(own, "acme", "refused", "damaged", "en").text == "any"
    assert chosen(own, "acme", "refused", "quality", "zh") == built_in("refused", "quality", "zh")
    assert chosen(own, "rival", "refused", "quality", "en") == built_in("refused", "quality", "en")


def test_buyers_are_written_to_in_the_language_of_their_market() -> None:
    assert [tongue_of(market) for market in ("CN", "TW", "HK", "DE", "US-CA")] == [
        "zh",
        "zh_hant",
        "zh_hant",
        "en",
        "en",
    ]


@given(st.text(alphabet="{}abordery \n", max_size=40), st.dictionaries(st.sampled_from(sorted(PLACES)), st.text()))
def test_what_passes_the_check_is_filled_in_without_a_place_left(text: str, values: dict[str, str]) -> None:
    template = Template("s", text)
    try:
        check_template(template)
    except UnableToReadTemplate:
        return
    plain = {name: re.sub(r"[{}]", "", value) for name, value in values.items()}
    assert not re.search(r"[{}]", render("closed", "", "en", plain, template)[1])
