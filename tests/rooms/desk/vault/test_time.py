"""Time stamps by an authority over real HTTP, retention, holds, and the looks that people ask for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.desk.vault.rounds import AuditRounds, DigestRounds, RetentionRounds
from amends.desk.vault.stamping import TRIES, StampRounds
from amends.fakes.tsa import FAULTS, Authority, stamping
from tests.case_house import AGENT, MANAGER
from tests.django_house import NOW
from tests.portal_house import picture, upload
from tests.rooms.desk.vault.conftest import Vault
from tests.vault_house import found_in, look_at, past_the_guards


@pytest.fixture(scope="module")
def tsa() -> Authority:
    return Authority()


def stamps(vault: Vault, tsa: Authority, url: str, pieces: bool = True) -> StampRounds:
    from amends.wiring.vault import authority, stamping_of

    (vault.data / "root.pem").write_bytes(tsa.root_pem)
    (vault.data / "timestamping.yaml").write_text(f"timestamping: {url}\nca: root.pem\npieces: true\n")
    read = stamping_of(vault.data)
    assert read is not None
    return StampRounds(vault.desk, authority(read), read.url, pieces=pieces)


def judge(vault: Vault) -> Any:
    from amends.wiring.vault import stamping_of

    read = stamping_of(vault.data)
    assert read is not None
    return read.judge.fault


def test_pieces_and_digests_are_stamped_and_the_stamps_prove_it(vault: Vault, tsa: Authority) -> None:
    number = vault.case()
    vault.desk.evidence.add(number, MANAGER, [upload(picture())])
    sha = vault.desk.evidence.shelf.of_case(number)[0].sha256
    tsa.fault = ""
    with stamping(tsa) as url:
        assert DigestRounds(vault.desk, stamping=True).look() == 1
        assert stamps(vault, tsa, url).look() == 2
    kept = vault.desk.shelf(number, MANAGER).stamps[sha]
    assert (kept.state, kept.url) == ("stamped", url)
    assert kept.stamped_at is not None
    assert found_in(vault.data, stamp_fault=judge(vault)) == []
    with past_the_guards() as cursor:
        cursor.execute("SELECT token FROM store_stamprow WHERE subject = %s", [sha])
        token = bytearray(bytes(cursor.fetchone()[0]))
        token[-20] ^= 1
        cursor.execute("UPDATE store_stamprow SET token = %s WHERE subject = %s", [bytes(token), sha])
    (one,) = found_in(vault.data, stamp_fault=judge(vault))
    assert one.kind == "stamp"
    assert sha in one.where


@pytest.mark.parametrize("fault", [one for one in FAULTS if one != "slow"])
def test_a_stamp_that_does_not_hold_is_not_kept_and_is_tried_again(vault: Vault, tsa: Authority, fault: str) -> None:
    DigestRounds(vault.desk, stamping=True).look()
    seal = vault.desk.digests.last()
    assert seal is not None
    with stamping(tsa) as url:
        asked = stamps(vault, tsa, url, pieces=False)
        tsa.fault = fault
        assert asked.look() == 0
        waits = vault.desk.stamps.of([seal.sealed])[seal.sealed]
        assert (waits.state, waits.tries) == ("waiting", 1)
        assert waits.message
        tsa.fault = ""
        assert asked.look() == 0
        vault.clock.forward(minutes=2)
        assert asked.look() == 1


def test_an_authority_that_never_answers_is_given_up_and_told(vault: Vault, tsa: Authority) -> None:
    DigestRounds(vault.desk, stamping=True).look()
    last = vault.desk.digests.last()
    assert last is not None
    asked = stamps(vault, tsa, "http://127.0.0.1:9/", pieces=False)
    for _ in range(TRIES):
        asked.look()
        vault.clock.forward(days=1)
    kept = vault.desk.stamps.of([last.sealed])[last.sealed]
    assert (kept.state, kept.tries) == ("failed", TRIES)


def test_another_authoritys_stamp_is_not_trusted(vault: Vault, tsa: Authority) -> None:
    DigestRounds(vault.desk, stamping=True).look()
    tsa.fault = ""
    with stamping(tsa) as url:
        asked = stamps(vault, Authority(), url, pieces=False)
        assert asked.look() == 0


@pytest.mark.parametrize(("text", "told"), [
    ("nothing", "timestamping"),
    ("timestamping: ftp://x\nca: root.pem", "https://"),
    ("timestamping: https://tsa.example/\n", "ca: the PEM"),
    ("timestamping: https://tsa.example/\nca: none.pem", "none.pem"),
    ("timestamping: https://tsa.example/\nwhat: 1", "what: unknown"),
])  # fmt: skip
def test_a_settings_file_that_cannot_be_used_says_what_would_be_right(tmp_path: Path, text: str, told: str) -> None:
    from amends.wiring.vault import UnableToReadStamping, stamping_of

    (tmp_path / "timestamping.yaml").write_text(text)
    with pytest.raises(UnableToReadStamping, match=told):
        stamping_of(tmp_path)


def closed(number: int, at: Any) -> None:
    from amends.store.models import CaseRow

    CaseRow.objects.filter(pk=number).update(state="closed", updated_at=at)


def kept_piece(vault: Vault) -> tuple[int, str]:
    number = vault.case()
    vault.desk.evidence.add(number, MANAGER, [upload(picture())])
    return number, vault.desk.evidence.shelf.of_case(number)[0].sha256


def test_what_is_over_is_removed_and_its_record_stays(vault: Vault) -> None:
    number, sha = kept_piece(vault)
    vault.clock.forward(days=4 * 365)
    look = RetentionRounds(vault.desk)
    assert look.look() == 0
    closed(number, NOW + timedelta(days=300))
    vault.clock.forward(days=32)
    assert look.look() == 1
    assert vault.desk.evidence.look_at(sha, MANAGER) is None
    assert vault.desk.evidence.shelf.preview(sha) is None
    kept = vault.desk.custody.files([sha])[sha]
    assert kept.removed_at == vault.clock()
    last = vault.desk.custody.custody(sha, 9)[-1]
    assert (last.what, last.data["years"]) == ("removed", 3)
    assert not list((vault.data / "evidence").rglob(f"{sha}*"))
    faults = {one.kind for one in found_in(vault.data)}
    assert faults <= {"leads_elsewhere"}, "the test closed the case past its log"


def test_what_was_removed_and_comes_in_again_is_there_again(vault: Vault) -> None:
    number, sha = kept_piece(vault)
    closed(number, NOW)
    vault.clock.forward(days=4 * 365)
    assert RetentionRounds(vault.desk).look() == 1
    again = vault.case("O-7", "C-7")
    vault.desk.evidence.add(again, MANAGER, [upload(picture())])
    look_at(vault.desk.evidence, sha, again)
    assert vault.desk.custody.files([sha])[sha].removed_at is None
    assert {one.kind for one in found_in(vault.data)} <= {"leads_elsewhere"}


def test_a_file_that_was_removed_and_is_there_again_is_found(vault: Vault) -> None:
    number, sha = kept_piece(vault)
    with vault.desk.evidence.shelf.original(sha) as file:
        content = file.read()
    closed(number, NOW)
    vault.clock.forward(days=4 * 365)
    assert RetentionRounds(vault.desk).look() == 1
    place = vault.data / "evidence" / sha[:2] / sha[2:4] / sha
    place.write_bytes(content)
    assert "came_back" in {one.kind for one in found_in(vault.data)}


@pytest.mark.parametrize("why", ["open", "platform", "card", "payment", "held", "young"])
def test_what_is_needed_is_kept(vault: Vault, why: str) -> None:
    from amends.store.models import CaseRow, Order, OrderPayment, Shop

    number, sha = kept_piece(vault)
    vault.clock.forward(days=4 * 365)
    closed(number, vault.clock() - timedelta(days=1) if why == "young" else NOW)
    row = CaseRow.objects.get(pk=number)
    if why == "open":
        CaseRow.objects.filter(pk=number).update(state="open")
    elif why == "platform":
        CaseRow.objects.filter(pk=number).update(platform_track="evidence_due")
    elif why == "card":
        CaseRow.objects.filter(pk=number).update(card_track="opened")
    elif why == "payment":
        order, _ = Order.objects.get_or_create(
            shop=Shop.objects.get(), number=row.order_no, defaults={"currency": "EUR"}
        )
        OrderPayment.objects.update_or_create(
            order=order, name="p1", defaults={"method": "card", "captured_minor": 1, "disputed": True}
        )
    elif why == "held":
        vault.desk.hold(sha, MANAGER, held=True)
    assert RetentionRounds(vault.desk).look() == 0
    look_at(vault.desk.evidence, sha, number)


def test_a_hold_is_in_the_custody_and_not_everyones_to_set(vault: Vault) -> None:
    from amends.desk.cases.faults import UnableToWork

    _, sha = kept_piece(vault)
    with pytest.raises(UnableToWork):
        vault.desk.hold(sha, AGENT, held=True)
    vault.desk.hold(sha, MANAGER, held=True)
    vault.desk.hold(sha, MANAGER, held=False)
    assert [one.what for one in vault.desk.custody.custody(sha, 9)] == ["taken_in", "held", "released"]
    assert found_in(vault.data) == []


def test_a_look_that_a_person_asked_for_is_done_once_and_names_what_it_found(vault: Vault) -> None:
    _, sha = kept_piece(vault)
    (vault.data / "evidence" / sha[:2] / sha[2:4] / sha).unlink()
    asked = vault.desk.ask_for_look(MANAGER)
    assert vault.desk.ask_for_look(MANAGER).number == asked.number
    rounds = AuditRounds(vault.desk)
    assert rounds.look() == 1
    assert rounds.look() == 0
    done = vault.desk.runs.last()
    assert done is not None
    assert (done.state, done.found, done.findings[0]["kind"]) == ("done", 1, "lost")
    assert sha in done.findings[0]["where"]
    assert done.counted["logs"] == 1


def test_a_digest_a_day(vault: Vault) -> None:
    rounds = DigestRounds(vault.desk, stamping=False)
    assert rounds.look() == 1
    vault.clock.forward(hours=23)
    assert rounds.look() == 0
    vault.clock.forward(hours=2)
    assert rounds.look() == 1
