"""A company file without a mistake, to make others of, and what is wrong with one."""

import pytest

from rituals.company_file import CompanyProblems, FileProblem, parse
from rituals.company_schema import Form

GOOD = """\
company: {name: Ruota, zone: Europe/Rome}
people:
  - {key: dana, slack: Dana Rossi}
  - {key: luca, slack: "@luca"}
teams:
  - key: ruota
    name: Ruota
    channel: general
    lead: dana
  - key: growth
    name: Growth
    parent: ruota
    channel: growth
    lead: dana
    people: [dana, luca]
cycles:
  - {key: q4, name: Q4, from: 2026-10-01, to: 2026-12-31}
objectives:
  - key: love
    team: growth
    cycle: q4
    title: Be loved
    owner: dana
    key_results:
      - key: rides
        title: More rides
        owner: dana
        measure: increase
        baseline: 10
        target: 20
        weight: 1
        actions:
          - {key: ask, title: Ask riders, assignee: luca}
"""


def good(*changes: tuple[str, str]) -> str:
    """The good file with each first text replaced, once, by the second."""
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} must stand once"
        text = text.replace(old, new)
    return text


def problems(text: str) -> tuple[FileProblem, ...]:
    with pytest.raises(CompanyProblems) as caught:
        parse(text)
    return caught.value.problems


TEAM, GOAL, KR = "teams[1]", "objectives[0]", "objectives[0].key_results[0]"
MEASURE = "        measure: increase\n        baseline: 10\n        target: 20\n"


def title(written: str) -> str:
    return good(("Be loved", written))


def aim(line: str) -> str:
    return good(("title: Be", f"{line}\n    title: Be"))


def result(line: str) -> str:
    return good(("weight: 1", line))


def target(number: str) -> str:
    return good(("target: 20", f"target: {number}"))


def measured(kind: str, *lines: str) -> str:
    return good((MEASURE, "".join(f"        {line}\n" for line in (f"measure: {kind}", *lines))))


def rhythm(fields: str) -> str:
    return good(("people: [", f"rhythm: {fields}\n    people: ["))


def forms_below(model: type[Form]) -> list[type[Form]]:
    return [low for each in model.__subclasses__() for low in (each, *forms_below(each))]
