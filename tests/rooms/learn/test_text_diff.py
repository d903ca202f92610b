"""Two texts compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amends.learn.text_diff import diff_rows

TEXTS = st.lists(st.sampled_from(("a", "b", "c", "")), max_size=30)


def test_changed_lines_stand_between_their_neighbours_and_the_rest_is_folded() -> None:
    old = "\n".join(str(n) for n in range(1, 21))
    rows = diff_rows(old, old.replace("10", "ten"), context=1)
    assert [(row.mark, row.old, row.new, row.text) for row in rows] == [
        ("fold", None, None, "8"),
        ("same", 9, 9, "9"),
        ("gone", 10, None, "10"),
        ("new", None, 10, "ten"),
        ("same", 11, 11, "11"),
        ("fold", None, None, "9"),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_a_whole_comparison(old: list[str], new: list[str]) -> None:
    rows = diff_rows("\n".join(old), "\n".join(new), context=100)
    before, after = "\n".join(old).splitlines(), "\n".join(new).splitlines()
    if before == after:
        assert rows == ()
        return
    assert [row.text for row in rows if row.old is not None] == before
    assert [row.text for row in rows if row.new is not None] == after
