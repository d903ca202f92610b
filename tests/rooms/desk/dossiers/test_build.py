"""Building dossiers: whole or not at all, the same from the same, and nothing of the inside in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amends.desk.cases.take import note
from amends.desk.dossiers.build import DossierRounds, build
from amends.desk.dossiers.desk import ask, choose, look
from amends.facts.dossier import Choice, UnableToMakeDossier
from amends.prove.dossier.draw import family_among
from tests.case_house import AGENT, MANAGER
from tests.dossier_house import Dossiers, words_of
from tests.portal_house import picture, upload
from tests.vault_house import found_in


@pytest.fixture(autouse=True)
def _font(dossiers: Dossiers) -> None:
    try:
        dossiers.desk.drawer.family()
    except UnableToMakeDossier as fault:
        pytest.skip(str(fault))


def test_a_dossier_is_on_the_shelf_and_told_in_the_log(dossiers: Dossiers) -> None:
    number = dossiers.case()
    built = dossiers.build(number)
    assert (built.state, built.fault) == ("built", None)
    (piece,) = [one for one in dossiers.desk.vault.evidence.shelf.of_case(number) if one.kind == "dossier"]
    assert (piece.sha256, piece.mime, piece.size) == (built.sha256, "application/pdf", built.size)
    assert dossiers.log(number)[-1] == "dossier_built"
    pages = words_of(dossiers.pdf(built))
    assert len(pages) == built.pages
    whole = "".join(pages)
    for said in ("Letter说明函", "Exhibit2证据2", "Signedforbythebuyer", "买家本人签收", "争议金额"):
        assert said in whole
    for one in look(dossiers.desk, number, MANAGER, "visa", "13.1").chosen:
        assert one.exhibit.sha256 in whole
    assert f"{built.pages}/{built.pages}" in pages[-1]
    assert found_in(dossiers.data) == []


def test_nothing_changed_gives_the_same_file_and_no_second_entry(dossiers: Dossiers) -> None:
    number = dossiers.case()
    first = dossiers.build(number)
    dossiers.clock.forward(hours=3)
    again = dossiers.build(number)
    assert (again.sha256, again.digest) == (first.sha256, first.digest)
    forgotten = replace(again, digest="")
    build(dossiers.desk, forgotten)
    once_more = dossiers.desk.book.numbered(number, again.number)
    assert once_more is not None
    assert once_more.sha256 == first.sha256
    assert dossiers.log(number).count("dossier_built") == 1
    assert found_in(dossiers.data) == []


def test_what_changes_gives_another_file_and_both_stay(dossiers: Dossiers) -> None:
    number = dossiers.case()
    first = dossiers.build(number)
    dossiers.desk.vault.evidence.add(number, MANAGER, [upload(picture("PNG", (90, 90)), "more.png")])
    second = dossiers.build(number)
    assert second.sha256 != first.sha256
    shelf = [one.sha256 for one in dossiers.desk.vault.evidence.shelf.of_case(number) if one.kind == "dossier"]
    assert shelf == [first.sha256, second.sha256]


def test_a_crash_in_the_middle_leaves_nothing_and_the_next_runner_does_it(
    dossiers: Dossiers, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = dossiers.case()
    asked = ask(dossiers.desk, number, MANAGER, "visa", "13.1")

    class Gone(BaseException):
        pass

    class Book:
        def __getattr__(self, name: str) -> object:
            return getattr(dossiers.desk.book, name)

        def built(self, *told: object) -> None:
            raise Gone

    with pytest.raises(Gone):
        DossierRounds(replace(dossiers.desk, book=Book())).look()  # type: ignore[arg-type]
    assert [one.kind for one in dossiers.desk.vault.evidence.shelf.of_case(number)] == ["photo", "photo"]
    assert "dossier_built" not in dossiers.log(number)
    assert DossierRounds(dossiers.desk).look() == 0
    dossiers.clock.forward(minutes=4)
    assert DossierRounds(dossiers.desk).look() == 1
    found = dossiers.desk.book.numbered(number, asked.number)
    assert found is not None
    assert found.state == "built"
    assert dossiers.log(number).count("dossier_built") == 1


def test_without_a_font_it_says_what_to_install(dossiers: Dossiers) -> None:
    with pytest.raises(UnableToMakeDossier, match="fonts-noto-cjk") as told:
        family_among(["Libertinus Serif", "DejaVu Sans Mono"])
    assert "fonts-noto-cjk" in told.value.says.zh

    class NoFont:
        def family(self) -> str:
            return family_among([])

        def draw(self, *told: object) -> bytes:
            return b""

    number = dossiers.case()
    asked = ask(dossiers.desk, number, MANAGER, "visa", "13.1")
    DossierRounds(replace(dossiers.desk, drawer=NoFont())).look()
    found = dossiers.desk.book.numbered(number, asked.number)
    assert found is not None
    assert found.state == "failed"
    assert found.fault is not None
    assert "fonts-noto-cjk" in found.fault.en


def test_notes_among_colleagues_never_leave(dossiers: Dossiers) -> None:
    number = dossiers.case()
    note(dossiers.desk.vault.evidence.cases, number, AGENT, "thebuyerisacrook")
    whole = "".join(words_of(dossiers.pdf(dossiers.build(number))))
    assert "crook" not in whole


def test_the_order_and_the_letter_are_as_chosen(dossiers: Dossiers) -> None:
    number = dossiers.case()
    seen = look(dossiers.desk, number, MANAGER, "visa", "13.1")
    second = seen.chosen[1].exhibit.sha256
    choose(
        dossiers.desk,
        number,
        MANAGER,
        Choice("visa", "13.1", (second,), {second: "waybill"}, "Dear bank.\n\nAll is well 都好."),
    )
    after = look(dossiers.desk, number, MANAGER, "visa", "13.1")
    assert [one.exhibit.sha256 for one in after.chosen] == [second]
    assert "waybill" in after.chosen[0].exhibit.proofs
    first = words_of(dossiers.pdf(dossiers.build(number)))[0]
    assert "Dearbank.Alliswell都好." in first


def test_each_forum_has_its_own_dossier(dossiers: Dossiers) -> None:
    number = dossiers.case()
    bank, form = dossiers.build(number), dossiers.build(number, "douyin", "not_received")
    assert bank.sha256 != form.sha256
    assert words_of(dossiers.pdf(form))[0].startswith("说明函Letter")
