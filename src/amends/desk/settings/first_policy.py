"""The text that a new policy begins with."""

from typing import Final

FIRST_TEXT: Final = """\
policy: {name}
version: 1
applies: {{}}

approvals:
  - {{up_to: "200 CNY", role: agent}}
  - {{role: lead}}

rules:
  - id: entitled
    when: {{entitled: true}}
    then: {{outcome: accept, handling: auto}}

  - id: owed-otherwise
    when: {{something_owed: true}}
    then: {{outcome: offer, handling: review}}

  - id: facts-missing
    when: {{any: [{{in_doubt: true}}, {{facts_missing: true}}]}}
    then: {{outcome: ask, handling: review}}

otherwise: {{outcome: refuse, handling: review}}
"""
