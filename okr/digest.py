"""What a manager needs to know of a team's round, in the order they need it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr.absence import Excuse
from okr.confidence import Confidence
from okr.goals import Person, Team
from okr.measures import ONE, weighted_mean
from okr.rounds import Round
from okr.standing import Standing, worst_first

MOVED = Decimal("0.05")
"""A change of at least 5 points of progress counts as a move."""


@dataclass(frozen=True)
class Counts:
    """How many key results carry which colour; `withdrawn` are stale, `unknown` were never answered.

    Colours are counted, never averaged.
    """

    green: int = 0
    yellow: int = 0
    red: int = 0
    withdrawn: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.green + self.yellow + self.red + self.withdrawn + self.unknown


@dataclass(frozen=True)
class Beside:
    """How another team stands, in the company's digest: its latest round that is over, summed up, and the one that is
    still open, if any. Teams stand beside one another: nothing is averaged, or added up, over them.
    """

    team: Team
    digest: "Digest | None" = None
    open: Round | None = None

    @property
    def first(self) -> Standing | None:
        """What to look at first, if anything asks for it."""
        return next(iter(self.digest.worrying), None) if self.digest else None

    @property
    def worry(self) -> tuple[bool, int, int, int, str]:
        """Sort key, most worrying first; teams that have not begun come last."""
        now = self.digest.now if self.digest else Counts()
        return (self.digest is None, -now.red, -now.withdrawn, -now.yellow, self.team.name)


@dataclass(frozen=True)
class Digest:
    """A round summed up. Every key result stands in exactly one of red, stale, at_risk, gaps, unknown, greens. `beside`
    are the other teams, in the company's own digest.

    `progress` is the team's, the mean of its objectives; None when there is nothing to average. `silent` are who was
    asked and has not answered, `unasked` who never got the question.
    """

    team: Team
    round: Round
    now: Counts
    previous: Counts | None
    progress: Decimal | None
    red: tuple[Standing, ...]
    stale: tuple[Standing, ...]
    at_risk: tuple[Standing, ...]
    gaps: tuple[Standing, ...]
    unknown: tuple[Standing, ...]
    greens: tuple[Standing, ...]
    movers: tuple[Standing, ...]
    wins: tuple[Standing, ...]
    silent: tuple[Person, ...]
    unasked: tuple[Person, ...]
    late: tuple[Person, ...]
    beside: tuple[Beside, ...] = ()

    @property
    def worrying(self) -> tuple[Standing, ...]:
        """What asks for a look."""
        return self.red + self.stale + self.at_risk + self.gaps

    @property
    def answered(self) -> int:
        return sum(one.answered for one in self.standings)

    @property
    def owed(self) -> int:
        """How many answers were due: all but those that leave or a day off excused."""
        return sum(not one.passed_over for one in self.standings)

    @property
    def away(self) -> int:
        return sum(one.passed_over is Excuse.AWAY for one in self.standings)

    @property
    def off(self) -> int:
        """How many had a holiday or a day off all through the round."""
        return len(self.standings) - self.owed - self.away

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All key results, most worrying first."""
        return self.red + self.stale + self.at_risk + self.gaps + self.unknown + self.greens


def summarise(
    team: Team,
    round: Round,
    standings: Sequence[Standing],
    *,
    unreached: Collection[str] = (),
    beside: Iterable[Beside] = (),
) -> Digest:
    """Order a round's key results for reading: what asks for action first, what is well last.

    `unreached` are the ids of persons whom no question of this round has reached; `beside` are the other teams.
    """
    ordered = worst_first(list(standings))
    owing = _people(one.asked for one in ordered if not (one.answered or one.passed_over or one.asked.deactivated))

    def those(confidence: Confidence) -> tuple[Standing, ...]:
        return tuple(one for one in ordered if one.confidence is confidence and not one.gap)

    return Digest(
        team=team,
        round=round,
        now=_counts_now(ordered),
        previous=_counts_before(ordered),
        progress=_progress(ordered),
        red=those(Confidence.RED),
        stale=tuple(one for one in ordered if one.stale),
        at_risk=those(Confidence.YELLOW),
        gaps=tuple(one for one in ordered if one.gap),
        unknown=tuple(one for one in ordered if one.last is None and not one.stale),
        greens=those(Confidence.GREEN),
        movers=_movers(ordered),
        wins=tuple(one for one in ordered if one.answered and one.last and one.last.win),
        silent=tuple(one for one in owing if one.id not in unreached),
        unasked=tuple(one for one in owing if one.id in unreached),
        late=_people(one.asked for one in ordered if one.late and not one.excuse),
        beside=tuple(sorted(beside, key=lambda one: one.worry)),
    )


def counts(standings: Sequence[Standing]) -> Counts:
    """Count the colours as they are shown now."""
    return _counts_now(list(standings))


def _counts_now(standings: list[Standing]) -> Counts:
    colours = Counter(one.confidence for one in standings)
    withdrawn = sum(one.stale for one in standings)
    return Counts(
        green=colours[Confidence.GREEN],
        yellow=colours[Confidence.YELLOW],
        red=colours[Confidence.RED],
        withdrawn=withdrawn,
        unknown=colours[None] - withdrawn,
    )


def _counts_before(standings: list[Standing]) -> Counts | None:
    """The colours of the earlier round's answers; an unanswered key result counts with the last it had."""
    earlier = [one.before if one.answered else one.last for one in standings]
    if not any(earlier):
        return None
    colours = Counter(one.confidence if one else None for one in earlier)
    return Counts(
        green=colours[Confidence.GREEN],
        yellow=colours[Confidence.YELLOW],
        red=colours[Confidence.RED],
        unknown=colours[None],
    )


def _progress(standings: list[Standing]) -> Decimal | None:
    """The mean of the objectives, each the weighted mean of its key results; a corridor is in or out, not a share."""
    parts: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for one in standings:
        if not one.key_result.measure.is_corridor:
            parts.setdefault(one.key_result.objective.id, []).append((one.progress, one.key_result.weight))
    means = [mean for mean in map(weighted_mean, parts.values()) if mean is not None]
    return weighted_mean([(mean, ONE) for mean in means])


def _movers(standings: list[Standing]) -> tuple[Standing, ...]:
    moved = [one for one in standings if one.answered and abs(one.moved) >= MOVED]
    return tuple(sorted(moved, key=lambda one: -abs(one.moved)))


def _people(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(people))
