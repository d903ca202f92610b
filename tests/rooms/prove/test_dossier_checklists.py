"""Checklists as data: whole, named in both languages, and what a case has of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from amends.facts.dossier import Exhibit, Limits
from amends.facts.rulebook import Says
from amends.prove.dossier import checklists
from amends.prove.dossier.check import check, proofs_of, too_big, views
from amends.prove.dossier.checklists import checklist_of, forums, proofs, reasons_of
from amends.prove.dossier.letter import han
from amends.prove.dossier.packs import batches, cut

AT = datetime(2026, 11, 20, tzinfo=UTC)
GOLDEN = Path(__file__).parent / "dossier_checklists.json"


def exhibit(kind: str = "photo", mime: str = "image/jpeg", by: str = "person", **more: Any) -> Exhibit:
    one = Exhibit("a" * 64, kind, mime, 1000, more.pop("name", "x.jpg"), by, "wu", AT, **more)
    return replace(one, proofs=proofs_of(one))


def test_every_text_of_the_lists_is_a_pair() -> None:
    told = yaml.safe_load(Path(checklists.__file__).with_name("checklists.yaml").read_text("utf-8"))
    kinds = [told["forums"][code] for code, _ in forums()]
    reasons = [one for kind in kinds for one in kind.get("reasons", {}).values()]
    texts = [*told["proofs"].values(), *[one["name"] for one in (*kinds, *reasons)]]
    texts += [why for one in reasons for why in one.get("no_help", {}).values()]
    assert [one for one in texts if len(one) != 2] == []
    for forum, _ in forums():
        for reason in ["", *[code for code, _ in reasons_of(forum)]]:
            one = checklist_of(forum, reason)
            assert one.items
            assert set(one.no_help) <= set(proofs())
            assert not set(one.no_help) & {item.proof for item in one.items}, (forum, reason)


def test_the_lists_are_as_they_were_agreed() -> None:
    told = {
        f"{forum} {reason}".strip(): [
            f"{item.need} {item.strength} {item.proof}" for item in checklist_of(forum, reason).items
        ]
        for forum, _ in forums()
        for reason in ["", *[code for code, _ in reasons_of(forum)]]
    }
    assert told == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_a_further_part_of_a_code_falls_under_its_head_and_an_unknown_one_under_the_general_list() -> None:
    assert checklist_of("visa", "12.6.1").items == checklist_of("visa", "12.6").items
    unknown = checklist_of("visa", "99")
    assert not unknown.known
    assert unknown.items == checklist_of("visa", "").items
    with pytest.raises(KeyError):
        checklist_of("moon", "")


def test_what_does_not_answer_the_reason_is_said_to_and_why() -> None:
    policy = exhibit("document", "text/plain", name="policy-main-v2.txt")
    (seen,) = views(checklist_of("visa", "13.3"), [policy])
    assert seen.helps == ()
    assert seen.no_help is not None
    assert "no defence" in seen.no_help.en
    (other,) = views(checklist_of("visa", "13.7"), [policy])
    assert (other.helps, other.no_help) == (("policy",), None)


def test_each_state() -> None:
    form = checklist_of("douyin", "empty_parcel")
    film = exhibit("video", "video/mp4", name="x.mp4", purpose="packing")
    states = {one.item.proof: one.state for one in check(form, [film], {"tracking": Says("delivered", "已签收")})}
    assert (states["packing"], states["weighing"], states["tracking"], states["photos"]) == (
        "have",
        "missing",
        "have",
        "optional",
    )
    long = replace(film, size=50_000_000)
    assert {one.item.proof: one.state for one in check(form, [long], {})}["packing"] == "too_big"
    bank = checklist_of("visa", "13.1")
    assert too_big(bank, film)
    assert not too_big(bank, replace(exhibit(), size=90_000_000))


@given(st.text(max_size=300), st.integers(min_value=1, max_value=200))
def test_a_text_is_never_longer_than_the_forum_takes(text: str, most: int) -> None:
    kept, told = cut(text, most)
    assert len(kept) <= most
    assert (told is None) == (len(text) <= most)


@given(st.integers(min_value=0, max_value=60), st.integers(min_value=1, max_value=9))
def test_no_batch_has_more_than_the_forum_takes_and_nothing_is_lost(count: int, most: int) -> None:
    files = [(f"{at:03}.jpg", b"x") for at in range(count)]
    put = batches(files, most)
    folders = [name.rpartition("/")[0] for name, _ in put]
    assert sorted(name.rpartition("/")[2] for name, _ in put) == [name for name, _ in files]
    assert all(folders.count(one) <= most for one in folders)


def test_numbers_in_chinese() -> None:
    assert [han(one) for one in (1, 10, 11, 20, 35, 100, 105, 110, 200)] == [
        "一", "十", "十一", "二十", "三十五", "一百", "一百零五", "一百一十", "二百",
    ]  # fmt: skip


def test_own_limits_stand_in_the_place_of_the_usual_ones(tmp_path: Path) -> None:
    from amends.wiring.dossiers import UnableToReadLimits, limits_of

    file = tmp_path / "dossier-limits.yaml"
    file.write_text("douyin: {files: 9, file_kb: 10000, formats: [jpg]}\n")
    assert limits_of(tmp_path)["douyin"] == Limits(9, 10_000_000, None, 500, ("jpg",), "H")
    file.write_text("douyin: {files: none}\n")
    with pytest.raises(UnableToReadLimits, match="douyin: files: a whole number"):
        limits_of(tmp_path)
