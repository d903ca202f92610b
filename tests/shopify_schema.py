"""Shopify's published schema of the Admin API 2026-10, where `make test` has fetched it: documents and answers are held against it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLSchema, GraphQLSyntaxError, build_client_schema, execute, parse, validate
from graphql.execution.values import get_variable_values
from graphql.language import OperationDefinitionNode

FILE = Path(__file__).parents[1] / ".tools" / "shopify" / "admin_2026-10.json.gz"
WHY = "needs Shopify's published schema: .ci/shopify-schema fetches it with npm (`make test` does)"
wants_schema = pytest.mark.skipif(not FILE.is_file(), reason=WHY)


@cache
def published() -> GraphQLSchema:
    """The schema. Shopify's own does not pass today's rules for schemas (deprecated things that are required), so it is taken as it is."""
    with gzip.open(FILE) as file:
        content = json.load(file)
    return build_client_schema(content.get("data") or content, assume_valid=True)


class PublishedSchema:
    """What `FakeShopify.schema` wants."""

    def faults(self, document: str, variables: Mapping[str, Any]) -> list[str]:
        """What the schema says against a document and its variables."""
        try:
            tree = parse(document)
        except GraphQLSyntaxError as fault:
            return [fault.message]
        found = [fault.message for fault in validate(published(), tree)]
        operation = next(one for one in tree.definitions if isinstance(one, OperationDefinitionNode))
        values = get_variable_values(published(), operation.variable_definitions or [], dict(variables))
        return found + [fault.message for fault in (values if isinstance(values, list) else [])]

    def untold(self, document: str, variables: Mapping[str, Any], root: Mapping[str, Any]) -> list[str]:
        """What of an answer's values the schema has not."""
        told = execute(published(), parse(document), root_value=dict(root), variable_values=dict(variables))
        return [fault.message for fault in told.errors or []]  # type: ignore[union-attr]
