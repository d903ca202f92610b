"""Rings: buyers tied together who claim far more than others are named; households, offices and honest neighbours are not."""

from __future__ import annotations

import random

from amends.facts.rings import TiedClaim
from amends.learn.guards.rings import HUB, rings, tied


def claim(case: int, buyer: str, **ties: str) -> TiedClaim:
    return TiedClaim(case, f"O{case}", buyer, {"email": buyer, **ties}, goods_stay=True)


def crowd(seed: int, many: int) -> list[TiedClaim]:
    dice = random.Random(seed)
    return [claim(n, f"b{dice.randrange(9_000)}", phone=f"p{n}", device=f"d{n}") for n in range(1_000, 1_000 + many)]


def test_six_names_with_one_device_are_a_ring_with_its_reasons() -> None:
    shade = [claim(n, f"shade{n % 6}", device="one", card=f"card{n % 2}", phone=f"phone{n % 2}") for n in range(30)]
    [found] = rings([*shade, *crowd(1, 500)], lambda group: len(group) + 4, 0.06)
    assert (found.buyers, len(found.cases), found.orders, found.goods_stay) == (6, 30, 34, 30)
    assert dict(found.shared) == {"phone": 3, "card": 3, "device": 6}


def test_a_household_an_office_and_chance_are_no_ring() -> None:
    household = [claim(n, f"home{n % 2}", address="street 1") for n in range(20)]
    office = [claim(100 + n, f"desk{n}", address="tower") for n in range(HUB + 1)]
    assert rings([*household, *office, *crowd(2, 500)], len, 0.06) == ()
    assert max(len(one) for one in tied(office)) == 1


def test_neighbours_who_claim_as_others_do_are_no_ring() -> None:
    neighbours = [claim(n, f"n{n % 4}", address="block 7") for n in range(6)]
    assert rings(neighbours, lambda group: 100, 0.06) == ()
    assert len(rings(neighbours, lambda group: 7, 0.06)) == 1
    assert rings(neighbours, lambda group: 7, 0.0) == ()


def test_a_chain_of_ties_is_one_group() -> None:
    chain = [claim(1, "a", phone="1"), claim(2, "b", phone="1", card="x"), claim(3, "c", card="x")]
    assert [len(one) for one in tied(chain)] == [3]
