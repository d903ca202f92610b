"""Scores of platforms, told by a shop's own system."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import Field

from amends.desk.cases.faults import UnableToWork
from amends.desk.guards.desk import UnableToGuard
from amends.facts.score_readings import UnableToReadScores
from amends.web.api import told
from amends.web.api.answers import Told
from amends.web.api.calls import allowed, once
from amends.web.api.routes import Key, answers, scoped
from amends.web.api.schemas import Sent
from amends.web.front import front

router: Final = Router(tags=["scores"])
Name = Annotated[str, Path(min_length=1, max_length=120)]
Code = Annotated[str, Path(min_length=1, max_length=32)]
Day = Annotated[str, Path(min_length=1, max_length=10)]


class ScoresIn(Sent):
    """`values`: by measure, as people write them: points, percent, hours (or seconds with an s). `score` is the score itself."""

    values: Annotated[dict[str, Annotated[str, Field(max_length=14)]], Field(min_length=1, max_length=20)]


class ScoresKept(Told):
    """What was kept: points, shares (0.0123) and seconds."""

    shop: str
    programme: str
    day: str
    values: dict[str, str]


@router.put("/shops/{shop}/scores/{programme}/{day}", response=answers(ScoresKept), operation_id="tell_scores",
            summary="Tell what a platform showed on a day", openapi_extra=scoped("cases:write"))  # fmt: skip
def tell(
    request: HttpRequest,
    shop: Name,
    programme: Code,
    day: Day,
    body: Annotated[ScoresIn, Body()],
    idempotency_key: Key = None,
) -> HttpResponse:
    """`programme`: douyin_experience, taobao_experience, taobao_dsr, pinduoduo_pilot or jd_star. In place of what was told before."""
    person = allowed(request, "cases:write")

    def do() -> Any:
        try:
            found = front().scores.tell(person, shop, programme, day, body.values, "api")
        except UnableToGuard as gone:
            raise UnableToWork("not_found", f"there is no shop {shop}", f"没有店铺 {shop}") from gone
        except UnableToReadScores as fault:
            raise UnableToWork("bad_value", str(fault), f"有误：{fault}", field=fault.field) from fault
        values = {one.measure: f"{one.value.normalize():f}" for one in found}
        return told.answer({"shop": shop, "programme": programme, "day": day, "values": values})

    return once(request, do, needed=False)
