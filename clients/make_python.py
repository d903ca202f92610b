"""Writes the typed Python client out of the API's own document: `python -m clients.make_python`. `--check` fails where it is stale."""

from __future__ import annotations

import json
import keyword
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "python" / "amends_client.py"
_HEAD = '''"""A client of the Amends API, made from its OpenAPI document by `python -m clients.make_python`. Do not edit."""

from __future__ import annotations

import uuid
from typing import Any, TypedDict
from urllib.parse import quote

import httpx


class ApiProblem(Exception):
    """A fault that the API told (RFC 9457)."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        super().__init__(f"{status} {told.get('code')}: {told.get('detail')}")
        self.status, self.told = status, told
        self.code, self.field = told.get("code"), told.get("field")
'''
_CLIENT = '''

class Client:
    """Calls the API with a token. Every write carries an idempotency key: your own, or one that is drawn and kept over retries."""

    def __init__(self, base_url: str, token: str, language: str = "en", retries: int = 2, timeout: float = 30) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout, trust_env=False)
        self._retries = retries

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        query: dict[str, Any] | None = None,
        body: Any = None,
        key: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        headers = {"If-Match": if_match} if if_match else {}
        if method != "GET":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        params = {name: value for name, value in (query or {}).items() if value is not None}
        for left in range(self._retries, -1, -1):
            try:
                answer = self._http.request(method, path, params=params, json=body, headers=headers)
            except httpx.TransportError:
                if not left:
                    raise
                continue
            if answer.status_code >= 500 and left:
                continue
            break
        if answer.status_code >= 400:
            raise ApiProblem(answer.status_code, answer.json())
        return answer.json() if answer.content else None
'''


def document() -> dict[str, Any]:
    """The API's document, from the code itself."""
    import tempfile

    from tests.django_house import start_django

    start_django(Path(tempfile.mkdtemp()))
    from amends.web.api.api import document as written

    found: dict[str, Any] = json.loads(written())
    return found


def kind_of(schema: dict[str, Any]) -> str:
    """A schema as a Python type."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if choices := schema.get("anyOf"):
        return " | ".join(dict.fromkeys(kind_of(one) for one in choices))
    if "allOf" in schema:
        return kind_of(schema["allOf"][0])
    kind = schema.get("type")
    if kind == "array":
        return f"list[{kind_of(schema.get('items', {}))}]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {kind_of(inner) if isinstance(inner, dict) and inner else 'Any'}]"
    return {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}.get(
        kind or "", "Any"
    )


def classes(found: dict[str, Any]) -> list[str]:
    """Every schema as a TypedDict: what must be there, and what may."""
    written = []
    for name, schema in sorted(found["components"]["schemas"].items()):
        fields, needed = schema.get("properties", {}), set(schema.get("required", ()))
        rows = [f'    "{field}": {kind_of(told)},' for field, told in fields.items()]
        about = " ".join(str(schema.get("description", name)).split())
        must = [row for row, field in zip(rows, fields, strict=True) if field in needed]
        may = [row for row, field in zip(rows, fields, strict=True) if field not in needed]

        def lines(found_rows: list[str]) -> str:
            return "".join(f"    {row.strip().rstrip(',').replace(chr(34), '', 2)}\n" for row in found_rows)

        if must and may:
            written.append(f"class _{name}Needed(TypedDict):\n{lines(must)}")
            written.append(f'class {name}(_{name}Needed, total=False):\n    """{about}"""\n\n{lines(may)}')
        else:
            total = ", total=False" if may else ""
            written.append(
                f'class {name}(TypedDict{total}):\n    """{about}"""\n' + ("\n" + lines(must or may) if fields else "")
            )
    return written


def methods(found: dict[str, Any]) -> list[str]:
    """Every operation as a method."""
    written = []
    for path, operations in found["paths"].items():
        for method, told in operations.items():
            written.append(_method(path, method.upper(), told))
    return written


def _method(path: str, method: str, told: dict[str, Any]) -> str:
    inside = [one for one in told.get("parameters", ()) if one["in"] == "path"]
    query = [one for one in told.get("parameters", ()) if one["in"] == "query"]
    headers = {one["name"] for one in told.get("parameters", ()) if one["in"] == "header"}
    given = ["self"] + [f"{_name(one['name'])}: {kind_of(one['schema'])}" for one in inside]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        named = kind_of(body)
        given.append(f"body: {named} | None = None" if named == "NothingIn" else f"body: {named}")
    given += ["*"] if query or headers else []
    given += [f"{_name(one['name'])}: {kind_of(one['schema'])} | None = None" for one in query]
    given += ["key: str | None = None"] if "Idempotency-Key" in headers else []
    given += ["if_match: str | None = None"] if "If-Match" in headers else []
    answer = next(one for status, one in sorted(told["responses"].items()) if status < "300")
    gives = kind_of(answer["content"]["application/json"]["schema"])
    place = re.sub(r"{(\w+)}", lambda one: "{quote(str(" + _name(one[1]) + "), safe='')}", path)
    asked = "{" + ", ".join(f'"{one["name"]}": {_name(one["name"])}' for one in query) + "}" if query else "None"
    sent = ("body or {}" if kind_of(body) == "NothingIn" else "body") if body else "None"
    more = "".join(
        [", key=key" if "Idempotency-Key" in headers else "", ", if_match=if_match" if "If-Match" in headers else ""]
    )
    mark = "f" if "{" in place else ""
    call = f'self._call("{method}", {mark}"{place}", {asked}, {sent}{more})'
    return (
        f"\n    def {told['operationId']}({', '.join(given)}) -> {gives}:\n"
        f'        """{told["summary"]}. Scope: {told["x-scope"]}."""\n'
        f"        found: {gives} = {call}\n        return found\n"
    )


def _name(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name


def text() -> str:
    """The whole client, formatted."""
    import subprocess

    found = document()
    whole = _HEAD + "\n\n" + "\n\n".join(classes(found)) + _CLIENT + "".join(methods(found))
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(TARGET), "-"]
    return subprocess.run(ruff, input=whole, capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Write the client, or say whether it is stale."""
    fresh = text()
    if "--check" in sys.argv:
        return 0 if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == fresh else 1
    TARGET.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
