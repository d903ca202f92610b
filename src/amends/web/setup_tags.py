"""Template tags of the pages of the settings."""

from __future__ import annotations

from django import template

from amends.facts.kept_policies import FROM_FILE
from amends.web.tags import tongue
from amends.web.words import page_words

register = template.Library()


@register.simple_tag
def maker(name: str) -> str:
    """Who made a version: a person, or a policy file."""
    return page_words("policy.maker_file", tongue()) if name == FROM_FILE else name
