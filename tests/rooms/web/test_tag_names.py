"""Tags and filters that every template knows have one meaning each: a later library would silently take an earlier one's place."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import Any

from amends.web.settings import WebSettings, django_settings


def test_no_two_libraries_name_a_tag_or_a_filter_alike(database: Any) -> None:
    settings = django_settings(WebSettings(database={}, secret="x"))
    libraries = [import_module(name).register for name in settings["TEMPLATES"][0]["OPTIONS"]["builtins"]]
    tags = Counter(name for one in libraries for name in one.tags)
    filters = Counter(name for one in libraries for name in one.filters)
    assert [name for name, many in (*tags.items(), *filters.items()) if many > 1] == []
