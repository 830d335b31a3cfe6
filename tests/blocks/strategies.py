"""Whatever the memory may hand to the words: any text a person can write, any number, any history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from blocks.checkin_fields import Question
from blocks.checkin_form import Form
from blocks.digest import Circumstances
from blocks.home import Home, TeamView
from blocks.language import Language, language
from blocks.prompt import Prompt
from blocks.status import Status, heading
from blocks.tree import Tree
from okr.alignment import Sharing
from okr.checkins import CheckIn, Via
from okr.confidence import Scale
from okr.digest import Beside, Digest, summarise
from okr.errors import NotFound
from okr.goals import Action, KeyResult, Objective, Person, Team
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from okr.rounds import Round
from okr.standing import Standing
from okr.tree import Branch
from tests.making import AUCKLAND, KOLKATA, NEW_YORK, ROME, at, checkin, key_result, person, round_of, team

LOCALES = ("en-GB", "it-IT", "de-DE", "fr-FR")
HARMFUL = (
    "<!channel>",
    "<@U123>",
    "<#C1|x>",
    "<http://x|y>",
    "<!subteam^S1> <!date^1^{time}|now>",
    "@here @channel #general",
    "http://x.example/?a=1&b=<2>",
    "*_~```",
    "> quoted\n- listed\r\n1. counted",
    "{count} {0} {} %s %(name)s",
    "&lt;!channel&gt; &amp;amp;",
    "\u202eevil\u2066 \u200f\u200e\u0007",
    "👩‍👩‍👧‍👦 è ﷽ Z̸̢a̵l̶g̵o̵",
)
MOST_KEY_RESULTS = 60

languages: st.SearchStrategy[Language] = st.sampled_from(LOCALES).map(language)
letters = st.characters(exclude_categories=["Cs"])
long_texts = st.builds(
    lambda text, length: (text * (length // len(text) + 1))[:length],
    st.sampled_from([*HARMFUL, "&", "<", "word ", "è", "x"]),
    st.sampled_from([61, 151, 300, 300, 1001, 1001, 3001, 40_000]),
)
texts = st.sampled_from(HARMFUL) | st.text(letters, max_size=80) | long_texts
"""Any text at all; a third of them long, up to 40,000 characters."""

zones = st.sampled_from([ROME, NEW_YORK, KOLKATA, AUCKLAND, "Australia/Lord_Howe"])
days = st.dates(date(2026, 9, 1), date(2027, 2, 1))
moments = st.integers(0, 200 * 24 * 60).map(lambda minutes: at("2026-06-01 00:00") + timedelta(minutes=minutes))
numbers = st.decimals(-(10**15) + 1, 10**15 - 1, places=6) | st.integers(-1000, 1000).map(Decimal)
units = st.sampled_from(
    [Unit(), Unit(UnitKind.PERCENT), *(Unit(UnitKind.CURRENCY, code) for code in ("EUR", "JPY"))]
) | (st.builds(Unit, st.just(UnitKind.TEXT), st.sampled_from(HARMFUL) | st.text(letters, max_size=30)))
rounds: st.SearchStrategy[Round] = st.builds(round_of, days)
givens = st.sampled_from([one for scale in Scale for one in scale.answers])
circumstances = st.builds(Circumstances, st.lists(days, max_size=12).map(tuple), st.booleans())


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    kind = draw(st.sampled_from(MeasureKind))
    if kind is MeasureKind.MILESTONE:
        percents = sorted({*draw(st.sets(st.integers(0, 99), max_size=5)), 100})
        return Measure(kind, steps=tuple(Step(draw(texts), percent) for percent in percents))
    low, high = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    if kind is MeasureKind.KEEP_WITHIN:
        open_side = draw(st.sampled_from(["low", "high", ""]))
        edges = {name: edge for name, edge in (("low", low), ("high", high)) if name != open_side}
        return Measure(kind, draw(units), **edges)
    baseline, target = (low, high) if kind is MeasureKind.INCREASE else (high, low)
    return Measure(kind, draw(units), baseline=baseline, target=target)


@st.composite
def people(draw: st.DrawFn) -> Person:
    id = draw(st.sampled_from(["dana", "luca", "giulia", "noah"]))
    name, locale = draw(texts), draw(st.sampled_from(LOCALES))
    return person(name, id=id, zone=draw(zones), locale=locale, deactivated=draw(st.booleans()))


@st.composite
def teams(draw: st.DrawFn) -> Team:
    """The team's channel is C0GROWTH: the only one the words may mention."""
    return team(name=draw(texts), zone=draw(zones), next_date=draw(st.none() | days))


@st.composite
def key_results(draw: st.DrawFn) -> KeyResult:
    first, last = sorted([draw(days), draw(days)])
    objective = Objective("love", "growth", draw(texts), "2026-Q4")
    weight = Decimal(draw(st.integers(1, 9)))
    return key_result(
        draw(texts), draw(measures()), id="kr", objective=objective, starts=first, ends=last, weight=weight
    )


@st.composite
def checkins(draw: st.DrawFn, measure: Measure) -> CheckIn:
    value = Decimal(draw(st.integers(0, 100))) if measure.is_milestone else draw(numbers)
    words = {name: draw(texts | st.just("")) for name in ("note", "win", "blocker")}
    via, moment = draw(st.sampled_from(Via)), draw(moments)
    given = draw(givens)
    return checkin(value, given.confidence, level=given.level, scale=given.scale, via=via, at=moment, **words)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    one = draw(key_results())
    last = draw(st.none() | checkins(one.measure))
    given: dict[str, Any] = {"last": last, "stale": draw(st.booleans()), "in_review": draw(st.booleans())}
    if last:
        given |= {
            "before": draw(st.none() | checkins(one.measure)),
            "answered": draw(st.booleans()),
            "late": draw(st.booleans()),
            "repeatable": draw(st.booleans()),
        }
    return Standing(one, draw(people()), draw(people()), draw(days), **given)


@st.composite
def many_standings(draw: st.DrawFn, most: int = MOST_KEY_RESULTS) -> tuple[Standing, ...]:
    """Up to 60 key results: a few that are all different, over and over, each with an id of its own."""
    few = draw(st.lists(standings(), min_size=1, max_size=4))
    count = draw(st.sampled_from([0, 1, 2, 5, 21, 41, most]) | st.integers(0, most))
    return tuple(_numbered(few[place % len(few)], place) for place in range(min(count, most)))


def titled(shown: Sequence[Standing]) -> tuple[Standing, ...]:
    """The same with titles one can be told from another by, however much of them is cut."""
    return tuple(
        replace(one, key_result=replace(one.key_result, title=f"№{place}; {one.key_result.title}"))
        for place, one in enumerate(shown)
    )


@st.composite
def prompts(draw: st.DrawFn) -> Prompt:
    return Prompt(
        draw(people()),
        draw(days),
        draw(many_standings()),
        draw(moments),
        ("C0GROWTH",) * draw(st.integers(1, 3)),
        reminder=draw(st.integers(0, 2)),
        open=draw(st.booleans()),
        over=draw(st.booleans()),
        can_wait=draw(st.booleans()),
    )


@st.composite
def questions(draw: st.DrawFn, place: int) -> Question:
    one = _numbered(draw(standings()), place)
    offered = tuple(Action(f"a{each}", one.key_result.id, draw(texts)) for each in range(draw(st.integers(0, 13))))
    before = draw(st.none() | checkins(one.key_result.measure))
    scale = draw(st.sampled_from(Scale))
    return Question(one, before, offered, draw(st.booleans()), by=draw(st.just("") | texts), scale=scale)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    asked = tuple(draw(questions(place)) for place in range(draw(st.integers(1, 3))))
    ids = st.sampled_from([question.id for question in asked])
    opened = draw(st.frozensets(ids))
    return Form(
        asked,
        rest=tuple(f"{place:024x}" for place in range(draw(st.sampled_from([0, 1, 57])))),
        done=draw(st.integers(0, 19)),
        opened=opened,
        day=draw(st.none() | days),
        zone=draw(zones),
        missing=draw(st.frozensets(st.sampled_from(sorted(opened)))) if opened else frozenset(),
        overtaken=draw(st.frozensets(ids)),
        gone=tuple(NotFound("answer.key_result_gone", title=draw(texts)) for _ in range(draw(st.integers(0, 2)))),
        counts_for=draw(st.none() | days),
        edits=draw(st.booleans()),
        from_home=draw(st.booleans()),
    )


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    return summarise(draw(teams()), draw(rounds), titled(draw(many_standings())))


@st.composite
def statuses(draw: st.DrawFn, reader: Language) -> Status:
    shown = draw(many_standings())
    what = draw(st.sampled_from(["me", "person", "team", "words", "priority", "done", "at-risk", "overdue", "stale"]))
    about = heading(what, reader, draw(texts))
    answerable = frozenset(one.key_result.id for one in shown if draw(st.booleans()))
    return Status(about, shown, answerable, draw(zones), what=what, day=draw(st.none() | days))


@st.composite
def homes(draw: st.DrawFn) -> Home:
    mine = draw(many_standings(most=MOST_KEY_RESULTS + 5))
    views = [TeamView(draw(teams()), draw(many_standings(most=5))) for _ in range(draw(st.integers(0, 3)))]
    return Home(draw(people()), mine, tuple(views) * draw(st.sampled_from([1, 9])))


def hours() -> st.SearchStrategy[list[datetime]]:
    """What *Later* may offer: one to six moments, an hour apart."""
    return st.builds(
        lambda first, count: [first + timedelta(hours=each) for each in range(count)], moments, st.integers(1, 6)
    )


def _numbered(one: Standing, place: int) -> Standing:
    return replace(one, key_result=replace(one.key_result, id=f"{place:024x}"))


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A few goals, over and over, some below others, and numbers that are shared out."""
    few = draw(st.lists(standings(), min_size=1, max_size=3))
    count = draw(st.sampled_from([0, 1, 5, 60, 200]))
    branches: list[Branch] = []
    for place in range(count):
        one = _numbered(few[place % len(few)], place)
        objective = Objective(f"o{place}", "growth", one.key_result.title, "2026-Q4")
        below = (branches.pop(),) if branches and draw(st.integers(0, 2)) else ()
        shared = draw(st.none() | st.builds(Sharing, numbers, numbers, st.integers(0, 2)))
        is_way = not (one.key_result.measure.is_milestone or one.key_result.measure.is_corridor)
        own = Branch(draw(teams()), objective, one, below=below, sharing=shared if is_way else None)
        branches.append(Branch(draw(teams()), objective, own=(own,), under=own if draw(st.booleans()) else None))
    return Tree(draw(st.just("") | texts), tuple(branches), draw(zones))


@st.composite
def company_digests(draw: st.DrawFn) -> Digest:
    """The digest of a company with up to 60 teams."""
    few = [
        Beside(
            draw(teams()),
            draw(st.none() | st.builds(summarise, teams(), rounds, many_standings(most=3))),
            draw(st.none() | rounds),
        )
        for _ in range(3)
    ]
    count = draw(st.sampled_from([1, 5, 60]))
    shown = titled(draw(many_standings()))
    return summarise(draw(teams()), draw(rounds), shown, beside=[few[place % 3] for place in range(count)])
