"""The nightly look at objectives and key results that count: a pattern their owner may want to know of.

The rules and where they come from: docs/coaching.md. Each has its threshold here, everything errs on the side of
silence, and of one objective or key result at most one thing is said, the most urgent.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from okr.cadence import local_date
from okr.checkins import CheckIn
from okr.confidence import Confidence
from okr.findings import MISSED_ROUNDS, Finding, What
from okr.goals import Ambition, Cycle, KeyResult, Objective, Person
from okr.judging import Known
from okr.measures import ONE
from okr.pace import BEHIND, GAP
from okr.rounds import Round, RoundState
from okr.standards import Limits
from okr.standing import Standing

SETTLING = timedelta(days=7)
"""How long a key result may stand without a first value, and an objective without a key result."""
EARLY = timedelta(days=14)
"""How long after its first day nothing is said of a key result's pace: a straight line means little at its start."""
LAST_PART = Decimal("0.75")
"""The share of its time from which on it is said where a key result is heading."""
FEWEST_ANSWERS, SHORTEST_COURSE, FRESH = 4, timedelta(days=21), timedelta(days=14)
"""Enough to say so: as many answers, over so long, and the last one no older."""
TOO_EASY, TOO_FAR = Decimal("0.8"), Decimal("0.3")
"""Scores towards which a key result should not be heading (re:Work: 0.6 to 0.7 is right)."""


@dataclass(frozen=True)
class Aim:
    """An active objective in a running cycle. `owner` is None where it is the whole team's; `written` is when it was
    written down, `active` counts its active key results and `others` those that wait, rest or are done. With
    `contributed` other objectives contribute to it.
    """

    objective: Objective
    owner: Person | None
    cycle: Cycle
    starts: date
    ends: date
    written: date
    active: int = 0
    others: int = 0
    contributed: bool = False


def of_objective(aim: Aim, today: date, most: int = Limits.most_key_results) -> Finding | None:
    """Its owner has left; else its dates lie outside its cycle; else it has no key result, or too many."""
    if aim.owner and aim.owner.deactivated:
        return Finding(What.OWNER_LEFT, aim.objective, None, {"name": aim.owner.name})
    owner = aim.owner.id if aim.owner else None
    if _is_outside(aim.starts, aim.ends, aim.cycle):
        return Finding(What.DATES, aim.objective, owner, _dates(aim.starts, aim.ends, aim.cycle))
    settled = today - max(aim.written, aim.starts) >= SETTLING
    if settled and not (aim.active or aim.others or aim.contributed):
        return Finding(What.NO_KEY_RESULT, aim.objective, owner)
    if aim.active > most:
        return Finding(What.TOO_MANY, aim.objective, owner, {"count": aim.active, "most": most})
    return None


def of_key_result(
    known: Known, standing: Standing, aim: Aim, now: datetime, *, planned: bool = False
) -> Finding | None:
    """Its dates lie outside the cycle; else silence; else what its numbers and its colour say together.

    Nothing before its first day and after its last, and nothing where nobody is there to answer: the lead knows. What
    is `planned` to be said is still so while the round that is open now waits for its answer.
    """
    one, today = standing.key_result, standing.today
    if standing.owner.deactivated or standing.asked.deactivated:
        return None
    inherits = (one.starts, one.ends) == (aim.starts, aim.ends)
    if not inherits and _is_outside(one.starts, one.ends, aim.cycle):
        return Finding(What.DATES, one, one.owner_id, _dates(one.starts, one.ends, aim.cycle))
    if not one.starts <= today <= one.ends:
        return None
    if standing.stale:
        return None if standing.in_review and not planned else _silence(known, standing, now)
    if today - one.starts < EARLY:
        return None
    found = _contradiction(known, standing) or _heading(known, standing)
    return found or _behind(known, standing) or _easy(known, standing)


# Silence


def _silence(known: Known, standing: Standing, now: datetime) -> Finding | None:
    """Not while whoever is asked is away."""
    one, today = standing.key_result, standing.today
    if standing.asked.is_away(today):
        return None
    count = len(missed(known))
    if count >= MISSED_ROUNDS:
        return Finding(What.MISSED, one, one.owner_id, {"count": count}, level=count)
    if standing.last:
        return Finding(What.STALE, one, one.owner_id, {"at": standing.last.at}, level=count)
    asked = min((ask.due_at for ask in known.asks.values() if not ask.excused), default=now)
    if today - one.starts >= SETTLING and now - asked >= SETTLING:
        return Finding(What.NOT_STARTED, one, one.owner_id, {"count": (today - one.starts).days}, level=count)
    return None


def missed(known: Known) -> list[Round]:
    """The newest rounds in a row that have closed without an answer; those that asked nobody do not count."""
    last, found = next(iter(known.answers), None), list[Round]()
    for round in known.rounds:
        ask = known.asks.get(round.id)
        if ask is None or ask.excused or round.state is not RoundState.CLOSED:
            continue
        if last and (last.round_id == round.id or last.at >= round.opens_at):
            break
        found.append(round)
    return found


# Pace


def _contradiction(known: Known, standing: Standing) -> Finding | None:
    """On track by its colour and far behind by its number, or off track and ahead."""
    one, late = standing.key_result, _late_by(known, standing)
    if standing.confidence is Confidence.GREEN and late >= GAP:
        fields = {} if one.measure.is_corridor else {"count": _points(late)}
        return Finding(What.GREEN_BEHIND, one, one.owner_id, fields, level=_points(late))
    grows = not (one.measure.is_corridor or one.measure.is_milestone)
    if grows and standing.confidence is Confidence.RED and late <= -BEHIND and _elapsed(known, one) >= GAP:
        return Finding(What.RED_AHEAD, one, one.owner_id, {"count": _points(-late)})
    return None


def _behind(known: Known, standing: Standing) -> Finding | None:
    """A quarter of the whole way off its pace. Outside a corridor is said by its colour; whoever calls it off track has
    said so already.
    """
    one, late = standing.key_result, _late_by(known, standing)
    if one.measure.is_corridor or standing.confidence is Confidence.RED or late < GAP:
        return None
    return Finding(What.BEHIND, one, one.owner_id, {"count": _points(late)}, level=_points(late))


def _late_by(known: Known, standing: Standing) -> Decimal:
    """How far below its pace it was on the day of its last answer, for a number says nothing of the days since; for a
    milestone how long ago its next step should have been reached.
    """
    one, last = standing.key_result, standing.last
    if last is None or _day(last, known) < one.starts:
        return Decimal(0)
    if one.measure.is_corridor:
        return 1 - standing.progress
    steps = [Decimal(step.percent) / 100 for step in one.measure.steps if step.percent > last.value]
    due = min(steps, default=ONE) if one.measure.is_milestone else standing.progress
    return _elapsed(known, one) - due


def _elapsed(known: Known, one: KeyResult) -> Decimal:
    """How much of its time had passed on the day of its last answer."""
    return min(ONE, _share(one, _day(known.answers[0], known)))


def _heading(known: Known, standing: Standing) -> Finding | None:
    one, found = standing.key_result, projected(known, standing.today)
    if found and max(found) < TOO_FAR:
        late = max(0, _points(_late_by(known, standing)))
        return Finding(What.HEADING_LOW, one, one.owner_id, {"score": max(Decimal(0), max(found))}, level=late)
    return None


def _easy(known: Known, standing: Standing) -> Finding | None:
    """Only under an aspirational objective: a committed one is expected to reach 1.0."""
    one, found = standing.key_result, projected(known, standing.today)
    if one.objective.ambition is Ambition.ASPIRATIONAL and found and min(found) > TOO_EASY:
        late = max(0, _points(_late_by(known, standing)))
        return Finding(What.HEADING_HIGH, one, one.owner_id, {"score": min(ONE, min(found))}, level=late)
    return None


def projected(known: Known, today: date) -> tuple[Decimal, Decimal] | None:
    """Where its progress would be on its last day: along the line from its first day, and along that of its known
    answers. None where there is too little to say so, and for what does not grow bit by bit.
    """
    one, answers = known.key_result, known.answers
    if one.measure.is_corridor or one.measure.is_milestone or len(answers) < FEWEST_ANSWERS:
        return None
    newest, oldest = answers[0], answers[-1]
    last, first = (_share(one, _day(each, known)) for each in (newest, oldest))
    enough = newest.at - oldest.at >= SHORTEST_COURSE and today - _day(newest, known) <= FRESH
    if not (enough and _share(one, today) >= LAST_PART and last > first and last > 0):
        return None
    done, before = one.measure.progress(newest.value), one.measure.progress(oldest.value)
    return done / last, done + (done - before) / (last - first) * max(Decimal(0), 1 - last)


def _share(one: KeyResult, day: date) -> Decimal:
    """How much of its time has passed on a day."""
    return Decimal((day - one.starts).days) / Decimal(max(1, (one.ends - one.starts).days))


def _day(answer: CheckIn, known: Known) -> date:
    return local_date(answer.at, known.zone)


def _points(share: Decimal) -> int:
    return int((share * 100).to_integral_value())


# Dates


def _is_outside(starts: date, ends: date, cycle: Cycle) -> bool:
    return starts < cycle.starts or ends > cycle.ends


def _dates(starts: date, ends: date, cycle: Cycle) -> dict[str, date | str | int]:
    return {"starts": starts, "ends": ends, "cycle": cycle.name, "first": cycle.starts, "last": cycle.ends}
