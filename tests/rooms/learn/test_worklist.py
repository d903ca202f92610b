"""A question is read from an address without ever failing, and written back the same."""

from hypothesis import given
from hypothesis import strategies as st

from amends.facts.listed import FILTERS, SORTS, VIEWS, ListQuery
from amends.learn.worklist import read_query

NAMES = ["view", *FILTERS, "q", "sort", "page", "unknown"]


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=200)))
def test_any_address_is_read(address: dict[str, str]) -> None:
    query = read_query(address)
    assert query.view in VIEWS
    assert query.sort in SORTS
    assert query.page >= 1
    assert read_query(query.pairs()) == query


def test_an_empty_address_asks_for_the_plain_list() -> None:
    assert read_query({}) == ListQuery()
    assert ListQuery().pairs() == {}
    assert ListQuery().is_plain()


def test_blanks_around_words_and_nul_do_not_count() -> None:
    assert read_query({"q": "  白虾\x00 "}).text == "白虾"
