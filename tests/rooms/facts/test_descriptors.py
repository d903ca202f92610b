"""What a buyer reads on a statement, and what is wrong with it."""

from __future__ import annotations

import pytest

from amends.facts.descriptors import FORMS, NETWORKS, Descriptor, lint, seen, whole


def codes(descriptor: Descriptor, *names: str) -> set[str]:
    return {flaw.code for flaw in lint(descriptor, names or ("Nordhus",))}


def test_a_good_name_has_no_fault() -> None:
    assert codes(Descriptor("stripe", "NORDHUS", "N.EXAMPLE")) == set()
    assert codes(Descriptor("adyen", "NORDHUS +494055501")) == set()


@pytest.mark.parametrize(
    ("descriptor", "code"),
    [
        (Descriptor("stripe", "NHUS"), "short"),
        (Descriptor("stripe", "NORDHUS <ONLINE>"), "characters"),
        (Descriptor("adyen", "NORDHUS & CO"), "characters"),
        (Descriptor("stripe", "NORDHUS KITCHEN AND GARDEN"), "long"),
        (Descriptor("paypal", "NORDHUS KITCHENS"), "long"),
        (Descriptor("stripe", "暖屿服饰"), "not_latin"),
        (Descriptor("stripe", "123456"), "no_letter"),
        (Descriptor("stripe", "NORDHUS", "1001"), "no_letter"),
        (Descriptor("stripe", "ONLINE SHOP"), "common"),
        (Descriptor("stripe", "www.nordhus.example"), "only_address"),
        (Descriptor("stripe", "ACME HOLDINGS"), "not_the_name"),
        (Descriptor("stripe", "NORDHUS"), "no_contact"),
        (Descriptor("stripe", "  "), "empty"),
    ],
)
def test_a_fault_is_named(descriptor: Descriptor, code: str) -> None:
    assert code in codes(descriptor)


def test_the_joint_of_a_processor_is_no_fault_but_the_same_sign_elsewhere_is() -> None:
    assert "characters" not in codes(Descriptor("stripe", "NORDHUS", "A.1"))
    assert "characters" in codes(Descriptor("stripe", "NORD*HUS", "A.1"))


def test_what_is_seen_has_room_and_no_accents() -> None:
    for form in FORMS:
        found = dict(seen(Descriptor(form.name, "Crème Brûlée Société Générale Nordhus")))
        for network, room in NETWORKS:
            assert len(found[network]) <= room
            assert found[network].isascii()
            assert found[network] == found[network].upper()


def test_the_parts_are_joined_as_the_processor_joins_them() -> None:
    assert whole(Descriptor("stripe", "NORDHUS", "X-1")) == "NORDHUS* X-1"
    assert dict(seen(Descriptor("square", "Nordhus")))["visa"] == "SQ *NORDHUS"
