"""The verbs on a dispute, one line each: written down by hand, joined to a case, answered, accepted, appealed, ruled."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router

from amends.desk.disputes import answer as answering
from amends.desk.disputes.desk import DisputeDesk
from amends.desk.disputes.look import look
from amends.desk.disputes.rule import join, rule
from amends.facts.people import Person
from amends.web.api import answers_disputes as d
from amends.web.api import schemas_disputes as s
from amends.web.api import told
from amends.web.api.calls import allowed, once
from amends.web.api.routes import Key, answers, scoped
from amends.web.api.schemas import NothingIn
from amends.web.api.told_disputes import whole
from amends.web.front import front

router: Final = Router(tags=["disputes"])
_WORK: Final = "cases:write"
_MONEY: Final = "money:write"
_BODY: Final[Any] = Body()  # type: ignore[type-arg]
Dispute = Annotated[int, Path(ge=1, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class DisputeVerb:
    """A verb on a dispute: where it is, which scope it needs, what it takes, and what it does."""

    path: str
    scope: str
    says: str
    body: Any
    do: Callable[[DisputeDesk, int, Person, Any], Any]


VERBS: Final = (
    DisputeVerb("join", _WORK, "Make a dispute a case's", s.JoinIn, lambda desk, n, who, b: join(desk, n, who, b.case)),
    DisputeVerb("choose", _WORK, "Choose files and words of the answer; nothing leaves", s.ChooseAnswerIn,
                lambda desk, n, who, b: answering.choose(desk, n, who, b.exhibits, b.texts, compelling=b.compelling)),
    DisputeVerb("submit", _WORK, "Have what was chosen sent, once", s.SubmitIn,
                lambda desk, n, who, b: answering.submit(desk, n, who, b.digest, at_safe_time=b.at_safe_time)),
    DisputeVerb("take-back", _WORK, "Take back what waits to be sent", NothingIn,
                lambda desk, n, who, b: answering.take_back(desk, n, who)),
    DisputeVerb("accept", _MONEY, "Accept it: the buyer keeps the money", s.WhyIn,
                lambda desk, n, who, b: answering.accept(desk, n, who, b.why)),
    DisputeVerb("appeal", _WORK, "Appeal a ruling in time", s.WhyIn,
                lambda desk, n, who, b: answering.appeal(desk, n, who, b.why)),
    DisputeVerb("ruling", _MONEY, "How it was decided", s.RulingIn,
                lambda desk, n, who, b: rule(desk, n, who, b.outcome, b.liability, b.amount or "", b.note)),
)  # fmt: skip
"""Every verb on a dispute. What gives money up, or says what came of it, needs `money:write`."""


@router.get("/disputes/{dispute}", response=answers(d.DisputeWhole), operation_id="read_dispute",
            summary="A dispute whole", openapi_extra=scoped("cases:read"))  # fmt: skip
def read(request: HttpRequest, dispute: Dispute) -> HttpResponse:
    """With what is possible now, what would be sent, and what each choice is expected to bring."""
    person = allowed(request, "cases:read")
    return told.reply(request, whole(look(front().disputes, dispute, person)))


def _add(verb: DisputeVerb) -> None:
    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        person = allowed(request, verb.scope)
        number = given["dispute"]

        def do() -> Any:
            verb.do(front().disputes, number, person, given["body"])
            return told.answer(whole(look(front().disputes, number, person)))

        return once(request, do)

    kinds = {"request": HttpRequest, "dispute": Dispute, "body": Annotated[verb.body, _BODY]}
    plain, by_name = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter(name, plain if name == "request" else by_name, annotation=kind)
        for name, kind in kinds.items()
    ]
    parameters.append(inspect.Parameter("idempotency_key", by_name, default=None, annotation=Key))
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    view.__name__ = "dispute_" + verb.path.replace("-", "_")
    router.post(
        "/disputes/{dispute}/" + verb.path,
        response=answers(d.DisputeWhole),
        operation_id=view.__name__,
        summary=verb.says,
        openapi_extra=scoped(verb.scope),
    )(view)


for _verb in VERBS:
    _add(_verb)
