"""As much GraphQL as the stand-ins read."""

from __future__ import annotations

from typing import Any

import pytest

from amends.fakes.graphql import UnableToRead, cost, pick, read

THING: dict[str, Any] = {
    "__typename": "Query",
    "order": lambda info, id: {
        "__typename": "Order",
        "id": id,
        "lines": [{"__typename": "Line", "sku": "A"}],
        "none": None,
    },
}


def picked(text: str, **variables: Any) -> Any:
    document = read(text)
    return pick(document, THING, document.picks, variables)


def test_fields_are_picked_under_the_names_that_are_wished() -> None:
    text = "query A($i: ID!) { it: order(id: $i) { id lines { sku } none { x } } } # end"
    assert picked(text, i="7") == {"it": {"id": "7", "lines": [{"sku": "A"}], "none": None}}


def test_fragments_apply_to_their_type_only() -> None:
    text = """
    { order(id: "a\\"b") { ...Whole ... on Return { name } } }
    fragment Whole on Order { id lines { ... on Line { sku } ... on Other { size } } }
    """
    assert picked(text) == {"order": {"id": 'a"b', "lines": [{"sku": "A"}]}}


def test_arguments_of_every_kind() -> None:
    document = read('{ a(n: -3, t: "x", b: true, z: null, e: RED, l: [1, $v], o: {k: {d: 1}}) @once(key: $v) }')
    [field] = document.fields(document.picks)
    assert (field.args["n"], field.args["t"], field.args["b"], field.args["z"]) == (-3, "x", True, None)
    assert (field.args["e"], field.args["o"]) == ("RED", {"k": {"d": 1}})
    assert field.directives["once"]["key"] == field.args["l"][1]


@pytest.mark.parametrize("text", ["{", "{ a(", "{ a(b: }", "query", "{ a ~ }", "{ ...Gone }", '{ a(b: "x }', "}"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnableToRead):
        picked(text)


def test_a_field_that_is_not_there_is_named() -> None:
    with pytest.raises(UnableToRead, match="'size' of Order"):
        picked('{ order(id: "1") { size } }')


def test_costs_grow_with_what_may_come() -> None:
    assert cost(read("{ shop { name } }"), {}) == 1
    assert cost(read("{ orders(first: 10) { nodes { id } } }"), {}) == 12
    assert (
        cost(
            read("query A($n: Int!) { orders(first: $n) { nodes { id lines(first: 5) { nodes { id } } } } }"), {"n": 10}
        )
        == 82
    )
    assert cost(read("mutation { done { id } }"), {}) == 11
