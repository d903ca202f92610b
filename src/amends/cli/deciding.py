"""Raw cases to answers: one line of output or one fault each, in input order, on one core or on all of them."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import orjson

from amends.cli.case_files import RawCase
from amends.cli.tools import Tools
from amends.decide.judge import Rulebooks
from amends.desk.decide_case import decide_case
from amends.facts.fields import UnableToReadCase
from amends.facts.read_case import case_id
from amends.facts.situation import Policy

_BATCH: Final = 250
_ALONE: Final = 4 * _BATCH
"""Fewer cases than this are decided here: starting processes would take longer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one raw case: the decision as JSON bytes (no line end), or the fault's parts."""

    decision: bytes | None = None
    fault: dict[str, Any] | None = None


class Decider:
    """Decides raw cases as of one moment with one policy."""

    def __init__(self, books: Rulebooks, policy: Policy, at: datetime) -> None:
        self.books = books
        self.policy = policy
        self.at = at

    def __call__(self, raw: RawCase) -> Answered:
        """The answer to one case. Never raises: whatever goes wrong becomes a fault."""
        if raw.fault:
            return _fault(None, raw.fault[0], raw.place, raw.fault[1])
        value = raw.value
        if raw.data is not None:
            try:
                value = orjson.loads(raw.data)
            except orjson.JSONDecodeError as fault:
                return _fault(None, "bad_json", raw.place, f"not JSON: {fault}")
        try:
            return Answered(orjson.dumps(decide_case(value, self.at, self.books, self.policy)))
        except UnableToReadCase as fault:
            return _fault(case_id(value), fault.code, fault.path, fault.message)
        except Exception as fault:  # noqa: BLE001 - a defect of ours must not stop the other cases, nor print a traceback
            message = (
                f"could not be decided ({type(fault).__name__}: {fault}); this is a defect of Amends, please report it"
            )
            return _fault(case_id(value), "internal", raw.place, message)


def _fault(case: str | None, code: str, path: str, message: str) -> Answered:
    return Answered(fault={"case": case, "error": {"code": code, "path": path, "message": message}})


_worker: Decider | None = None


def _prepare(tools: Tools, policy: Path | None, at: datetime) -> None:
    global _worker
    _worker = Decider(tools.rulebooks(), tools.policy(policy), at)


def _decide_batch(batch: list[RawCase]) -> list[Answered]:
    if _worker is None:
        raise RuntimeError("the worker process was not prepared")
    return [_worker(raw) for raw in batch]


def answers(raws: Iterable[RawCase], tools: Tools, policy: Path | None, at: datetime) -> Iterator[Answered]:
    """One answer for each raw case, in order. Many cases go to all cores; only a bounded number is held in memory."""
    stream = iter(raws)
    head = list(islice(stream, _ALONE))
    cores = os.cpu_count() or 1
    if len(head) < _ALONE or cores < 2:
        yield from map(Decider(tools.rulebooks(), tools.policy(policy), at), chain(head, stream))
        return
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    with ProcessPoolExecutor(cores, context, _prepare, (tools, policy, at)) as pool:
        yield from _in_order(pool, chain(head, stream), cores)


def _in_order(pool: ProcessPoolExecutor, stream: Iterator[RawCase], cores: int) -> Iterator[Answered]:
    waiting: deque[Future[list[Answered]]] = deque()
    batch = list(islice(stream, _BATCH))
    while batch or waiting:
        while batch and len(waiting) < 3 * cores:
            waiting.append(pool.submit(_decide_batch, batch))
            batch = list(islice(stream, _BATCH))
        yield from waiting.popleft().result()
