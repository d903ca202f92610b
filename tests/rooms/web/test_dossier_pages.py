"""The dossier page: what is wanted and had, choosing and moving, building, looking at pages, handing out."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amends.desk.dossiers.build import DossierRounds
from tests.case_house import MANAGER
from tests.dossier_house import Dossiers, dossiers_in


@pytest.fixture
def house(database: Any) -> Dossiers:
    from amends.web.front import install
    from tests.case_house import case_desk
    from tests.django_house import plain_front
    from tests.money_house import desk_of

    found = dossiers_in(database.data)
    front = plain_front(database.data)
    install(replace(front, dossiers=found.desk, vault=found.desk.vault, evidence=found.desk.vault.evidence,
                    money=desk_of(), desk=case_desk()))  # fmt: skip
    return found


@pytest.fixture
def client(house: Dossiers) -> Client:
    from tests.rooms.web.conftest import signed_in

    return signed_in("manager")


def address(number: int, forum: str = "visa", reason: str = "13.1") -> str:
    return f"/cases/{number}/dossier?forum={forum}&reason={reason}"
