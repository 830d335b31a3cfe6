"""Companies of every kind that a company file can describe, with texts that YAML takes for something else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from okr.absence import DayOff
from okr.alignment import check_share
from okr.company import ActionPlan, Company, CyclePlan, KeyResultPlan, ObjectivePlan, PersonPlan, TeamPlan
from okr.confidence import Scale
from okr.errors import Problem
from okr.goals import Ambition, CycleState, State
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from okr.standards import Limits
from tests.blocks.rhythms import rhythms

HARD = (
    *("16:30", "no", "Yes", "1e3", "0x1F", "007", "null", "~", "-", "- a", "# x", "a: b", "a #b", "'q'", '"', "{}"),
    *("[a, b]", "&a", "*a", "!t x", "%", "@x", "`", "?", "<<", "=1+1", "2026-10-01", "1_000", ".5", "-3", "true", "on"),
    *(
        "---",
        "...",
        "\\n",
        "a,b",
        "perché – 👩‍👩‍👧‍👦",
        "\ufeff",
        "\ufffe",
        "\u200f",
        "x\u00a0y",
        "to 2026-12-31",
        "# history",
    ),
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300].rstrip()


def _prose(text: str) -> str:
    return "".join(char for char in text if char in "\n\t" or char >= " ").strip()


words = (st.sampled_from(HARD) | st.text(LETTERS, max_size=40)).map(_one_line).filter(bool)
prose = st.lists(st.sampled_from((*HARD, "", " ", "\t", "a ", " b", "--- # history")) | words, max_size=5).map(
    lambda lines: _prose("\n".join(lines))
)
hard_keys = st.sampled_from(["no", "null", "1e3", "007", "2026-10-01", "2026-q4", "16"])
keys = hard_keys | st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
numbers = st.decimals(-(10**15), 10**15, places=4).map(lambda value: value.normalize() + 0)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
limits = st.builds(
    lambda goals, own, spread: Limits(goals, own, *sorted(spread)),
    st.integers(1, 20),
    st.integers(1, 20),
    st.tuples(st.integers(1, 20), st.integers(1, 20)),
)
early, late = st.dates(date(2026, 10, 2), date(2026, 10, 31)), st.dates(date(2026, 12, 1), date(2026, 12, 30))


def named(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(keys, min_size=least, max_size=most, unique=True)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    kind = draw(st.sampled_from(UnitKind))
    if kind is UnitKind.CURRENCY:
        return Unit(kind, draw(st.sampled_from(["EUR", "JPY"])))
    if kind is UnitKind.TEXT:
        taken = re.compile(r"number|percent|[%€£$¥₹]|[A-Z]{3}", re.IGNORECASE)
        return Unit(
            kind, draw(words.map(lambda text: _one_line(text[:30])).filter(lambda text: not taken.fullmatch(text)))
        )
    return Unit(kind)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    kind = draw(st.sampled_from(MeasureKind))
    if kind is MeasureKind.MILESTONE:
        percents = sorted({*draw(st.sets(st.integers(0, 99), max_size=3)), 100})
        return Measure(kind, Unit(UnitKind.PERCENT), steps=tuple(Step(draw(words), one) for one in percents))
    low, high = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    if kind is MeasureKind.KEEP_WITHIN:
        edges = draw(st.sampled_from([{"low": low}, {"high": high}, {"low": low, "high": high}]))
        return Measure(kind, draw(units()), **edges)
    baseline, target = (low, high) if kind is MeasureKind.INCREASE else (high, low)
    return Measure(kind, draw(units()), baseline=baseline, target=target)


@st.composite
def days_off(draw: st.DrawFn) -> DayOff:
    first, last = sorted([draw(days), draw(days)])
    return DayOff(first, draw(st.sampled_from([first, last])), draw(st.just("") | words))


@st.composite
def people(draw: st.DrawFn) -> tuple[PersonPlan, ...]:
    all_keys = draw(named(1, 4))
    return tuple(
        PersonPlan(
            key,
            draw(words),
            draw(st.booleans()),
            draw(st.none() | st.sampled_from(others)) if (others := [one for one in all_keys if one != key]) else None,
            draw(st.sampled_from(["", "IT", "DE-BY"])),
            draw(st.sampled_from(["", "https://calendar.example/a,b?c=d#e", "https://calendar.example/%20:x"])),
        )
        for key in all_keys
    )


@st.composite
def teams(draw: st.DrawFn, persons: Sequence[str]) -> tuple[TeamPlan, ...]:
    """Some days off and rhythms are those of all teams. Whoever leads a team is in it."""
    found: list[TeamPlan] = []
    shared, usual = tuple(draw(st.lists(days_off(), max_size=2, unique=True))), draw(rhythms())
    for key in draw(named(1, 3)):
        lead, own = draw(st.sampled_from(persons)), draw(st.lists(days_off(), max_size=2, unique=True))
        inside = {lead, *draw(st.sets(st.sampled_from(persons)))}
        made = TeamPlan(
            key=key,
            name=draw(words),
            parent=draw(st.sampled_from([one.key for one in found])) if found else None,
            channel=draw(words),
            lead=lead,
            people=tuple(one for one in persons if one in inside),
            zone=draw(st.sampled_from(["Europe/Rome", "America/New_York"])),
            language=draw(st.sampled_from(["en", "it"])),
            rhythm=draw(st.just(usual) | rhythms()),
            days_off=tuple(dict.fromkeys((*shared, *own))),
        )
        found.append(made)
    return tuple(found)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    persons = draw(people())
    who = st.sampled_from([one.key for one in persons])
    groups = draw(teams([one.key for one in persons]))
    cycles = tuple(
        CyclePlan(key, draw(words), date(2026, 10, 1), date(2026, 12, 31), draw(st.sampled_from(CycleState)))
        for key in draw(named(0, 2))
    )
    goal_keys = draw(named(0, 6)) if cycles else []
    objectives: list[ObjectivePlan] = []
    results: list[KeyResultPlan] = []
    while goal_keys:
        above = [one.key for one in (*objectives, *results)]
        goal = ObjectivePlan(
            key=goal_keys.pop(),
            team=draw(st.sampled_from(groups)).key,
            cycle=draw(st.sampled_from(cycles)).key,
            title=draw(words),
            why=draw(prose),
            owner=draw(st.none() | who),
            ambition=draw(st.sampled_from(Ambition)),
            contributes_to=draw(st.none() | st.sampled_from(above)) if above else None,
            **_lived(draw),
        )
        objectives.append(goal)
        for _ in range(draw(st.integers(0, min(2, len(goal_keys))))):
            owner, asked, measure = draw(who), draw(st.none() | who), draw(measures())
            helped = [one.key for one in objectives] + [one.key for one in results if _is_share(measure, one.measure)]
            results.append(
                KeyResultPlan(
                    key=goal_keys.pop(),
                    objective=goal.key,
                    title=draw(words),
                    owner=owner,
                    measure=measure,
                    contributes_to=draw(st.none() | st.sampled_from(helped)),
                    check_in_owner=None if asked == owner else asked,
                    weight=draw(st.just(Decimal(1)) | numbers.filter(lambda value: value > 0)),
                    source=draw(prose),
                    **_lived(draw),
                )
            )
    holders = draw(st.lists(st.sampled_from(results), max_size=4)) if results else []
    holders.sort(key=results.index)
    actions = tuple(
        ActionPlan(key, one.key, draw(words), draw(st.none() | who), draw(st.none() | days), draw(st.booleans()))
        for one, key in zip(holders, draw(named(4, 4)), strict=False)
    )
    return Company(
        draw(words),
        persons,
        groups,
        cycles,
        tuple(objectives),
        tuple(results),
        actions,
        scale=draw(st.sampled_from(Scale)),
        limits=draw(limits),
        messages_a_week=draw(st.integers(1, 20)),
        coaching=draw(st.booleans()),
    )


def _is_share(part: Measure, whole: Measure) -> bool:
    try:
        check_share(part, whole)
    except Problem:
        return False
    return True


def _lived(draw: st.DrawFn) -> dict[str, object]:
    return {
        "priority": draw(st.none() | st.integers(1, 99)),
        "private": draw(st.booleans()),
        "state": draw(st.sampled_from(State)),
        "starts": draw(st.none() | early),
        "ends": draw(st.none() | late),
    }


def with_accounts(company: Company) -> Company:
    """The same with people and channels by their ids in Slack, as the memory has them."""
    return replace(
        company,
        people=tuple(replace(one, slack=f"U0PERSON{place}") for place, one in enumerate(company.people)),
        teams=tuple(replace(one, channel=f"C0TEAM{place}") for place, one in enumerate(company.teams)),
    )
