"""Case files (`amends.case/1`) as a source of rows: JSON lines as a stream, JSON and YAML whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import orjson
import yaml

from amends.facts.imported import Remark, SourceRow
from amends.intake.look import Look, Opened, refuse

BIGGEST_WHOLE: Final = 64 * 1024 * 1024
_DEEPEST: Final = 60


class _PlainLoader(yaml.CSafeLoader):
    """YAML in which times stay the text that they are."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(text: str) -> Any:
    """The value of a YAML text. `yaml.YAMLError` for broken text, for aliases (a few lines of them unfold to
    gigabytes) and for nesting deeper than any case file."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError(f"{_line(event)}: aliases (*name) are not read; write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.YAMLError(f"{_line(event)}: nested more than {_DEEPEST} deep")
    return yaml.load(text, _PlainLoader)  # noqa: S506 - derives from the safe loader


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else "somewhere"


def read_case_files(look: Look) -> Opened:
    """Will open a source of one row a case file; a line that is no JSON becomes a row with a `fault`.

    `UnableToReadFile`: not text, a whole-file form (.json, .yaml) that is broken or above 64 MB.
    """
    if look.kind != "text":
        raise refuse(
            "not_case_files",
            f"{look.path.name} 不是案例文件；请给 .jsonl、.json 或 .yaml",
            f"{look.path.name} holds no case files; give .jsonl, .json or .yaml",
        )
    suffix = look.path.suffix.casefold()
    if suffix in {".json", ".yaml", ".yml"}:
        records = _whole(look, suffix == ".json")
        return Opened(_each(records), len(records))
    return Opened(_lines(look), look.lines)


def _lines(look: Look) -> Iterator[SourceRow]:
    with look.path.open("rb") as file:
        file.seek(look.skip)
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            text = line.decode(look.encoding, "replace").strip()
            try:
                record: Any = orjson.loads(text)
            except orjson.JSONDecodeError as fault:
                yield SourceRow(number, raw={"case": text}, fault=_not_json(fault))
                continue
            yield SourceRow(number, raw={"case": text}, record=record)


def _not_json(fault: orjson.JSONDecodeError) -> Remark:
    return Remark(
        "not_json",
        f"这一行不是完整的 JSON（第 {fault.colno} 个字符处）",
        f"this line is no whole JSON value (at character {fault.colno}: {fault.msg})",
    )


def _whole(look: Look, json: bool) -> list[Any]:
    if look.size > BIGGEST_WHOLE:
        raise refuse(
            "file_too_big",
            f"{look.path.name} 太大；请改用 .jsonl（每行一个案例）",
            f"{look.path.name} is too big to be read whole; use .jsonl, one case a line",
        )
    text = look.path.read_bytes()[look.skip :].decode(look.encoding)
    try:
        found: Any = orjson.loads(text) if json else load_yaml(text)
    except (orjson.JSONDecodeError, yaml.YAMLError, ValueError, RecursionError) as fault:
        detail = " ".join(str(fault).split())[:200]
        raise refuse(
            "broken_case_file",
            f"{look.path.name} 无法解析：{detail}",
            f"{look.path.name} cannot be parsed: {detail}",
        ) from None
    return found if isinstance(found, list) else [found]


def _each(records: list[Any]) -> Iterator[SourceRow]:
    for number, record in enumerate(records, 1):
        raw = orjson.dumps(record, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
        yield SourceRow(number, raw={"case": raw}, record=record)
