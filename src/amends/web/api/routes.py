"""How operations are joined to routers: each with its scope, what it takes and what it may answer, for the document of the API."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Body, Header, Path, Router

from amends.desk.cases.desk import CaseDesk
from amends.desk.cases.faults import UnableToWork
from amends.facts.api import KeptAnswer
from amends.facts.people import Person
from amends.web.api.answers import CaseTold, Problem
from amends.web.api.calls import allowed, once, version_wanted
from amends.web.api.told import case_answer
from amends.web.front import front

FAULTS: Final = frozenset({400, 401, 403, 404, 405, 409, 412, 413, 422, 429, 500})
Key = Annotated[
    str | None, Header(alias="Idempotency-Key", max_length=200, description="The same at every try of one call.")
]
Match = Annotated[
    str | None, Header(alias="If-Match", max_length=40, description="The ETag of the case that was looked at.")
]
_BODY: Final[Any] = Body()  # type: ignore[type-arg]
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]


def answers(told: Any, status: int = 200) -> dict[Any, Any]:
    """What an operation may answer."""
    return {status: told, FAULTS: Problem}


def scoped(scope: str) -> dict[str, Any]:
    """Tells the scope in the document."""
    return {"x-scope": scope}


@dataclass(frozen=True, slots=True)
class Call:
    """A verb's call: who, on which case, with what. `version`: what `If-Match` wants, None for any."""

    desk: CaseDesk
    person: Person
    number: int
    body: Any
    version: int | None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb on a case: where it is, which scope it needs, what it takes, and what it does. `more`: another number in its path."""

    path: str
    scope: str
    says: str
    body: Any
    do: Callable[[Call], Any]
    more: str = ""
    told: Any = CaseTold
    answer: Callable[[Any], KeptAnswer] = case_answer

    @property
    def name(self) -> str:
        """How clients call it."""
        plain = self.path.replace("/{" + self.more + "}", "") if self.more else self.path
        return plain.replace("/", "_").replace("-", "_")


def add_verb(router: Router, verb: Verb) -> None:
    """Will make `POST /cases/{id}/…` of a verb: once for a key, and only on the version that was looked at where one is named."""

    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        person = allowed(request, verb.scope)
        version = version_wanted(request)
        call = Call(front().desk, person, given["id"], given["body"], version, given.get(verb.more or "-", 0))
        return once(request, lambda: verb.answer(_done(verb, call)))

    parameters = [_parameter("request", HttpRequest), _parameter("id", Id)]
    if verb.more:
        parameters.append(_parameter(verb.more, Id))
    parameters += [
        _parameter("body", Annotated[verb.body, _BODY]),
        _parameter("idempotency_key", Key, None),
        _parameter("if_match", Match, None),
    ]
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    view.__name__ = verb.name
    router.post(
        "/{id}/" + verb.path,
        response=answers(verb.told),
        operation_id=f"case_{verb.name}",
        summary=verb.says,
        openapi_extra=scoped(verb.scope),
    )(view)


def _parameter(name: str, kind: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY if name != "request" else inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=default,
        annotation=kind,
    )


def _done(verb: Verb, call: Call) -> Any:
    if call.version is None:
        return verb.do(call)
    with call.desk.casework.holding(call.number) as held:
        if held is not None and call.person.may_see(held.state.merchant) and held.state.version != call.version:
            raise UnableToWork(
                "stale",
                f"the case is at version {held.state.version}, not {call.version}; read it again",
                f"售后单当前版本为 {held.state.version}，请重新读取",
            )
        return verb.do(call)
