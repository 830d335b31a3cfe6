"""How one key result stands at one moment: what every prompt, digest, status and Home tab shows of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from okr.absence import Excuse
from okr.checkins import CheckIn
from okr.confidence import Confidence
from okr.goals import KeyResult, Person
from okr.pace import BEHIND, GAP, expected


@dataclass(frozen=True)
class Standing:
    """`last` is the newest answer and `before` the newest one of an earlier round.

    `answered` says whether the round looked at has its answer, `in_review` whether it still waits for one,
    `late` whether that answer came after the round had closed; `unanswered` says that the round asked, and that
    nothing was said since, even if it has closed. `overdue` says so of the newest round that has closed, as long as
    whoever was asked is not away. `today` is the day pace is read on.
    `asked` is asked `instead_of` the check-in owner while they are away; `excuse` says why the round asks nobody.
    """

    key_result: KeyResult
    owner: Person
    asked: Person
    today: date
    instead_of: Person | None = None
    excuse: Excuse | None = None
    last: CheckIn | None = None
    before: CheckIn | None = None
    answered: bool = False
    late: bool = False
    in_review: bool = False
    unanswered: bool = False
    stale: bool = False
    overdue: bool = False
    repeatable: bool = False
    open_actions: int = 0

    @property
    def passed_over(self) -> Excuse | None:
        """Why the round looked at has no answer and waits for none."""
        return None if self.answered else self.excuse

    @property
    def confidence(self) -> Confidence | None:
        """The colour as it may be shown: withdrawn when stale, none before the first answer."""
        return self.last.confidence if self.last and not self.stale else None

    @property
    def value(self) -> Decimal | None:
        return self.last.value if self.last else None

    @cached_property
    def progress(self) -> Decimal:
        return self.key_result.measure.progress(self.value)

    @cached_property
    def expected(self) -> Decimal | None:
        return expected(self.key_result.measure, self.key_result.starts, self.key_result.ends, self.today)

    @cached_property
    def lag(self) -> Decimal:
        """How far progress is below today's pace; negative when ahead. A corridor lags only when outside."""
        if self.expected is None:
            return Decimal(0) if self.last is None else 1 - self.progress
        return self.expected - self.progress

    @property
    def behind(self) -> bool:
        return self.lag > BEHIND

    @property
    def gap(self) -> bool:
        """The owner says on track and the data say far behind: a question worth asking."""
        return self.confidence is Confidence.GREEN and self.lag >= GAP

    @property
    def moved(self) -> Decimal:
        """The change of progress since the earlier round's answer."""
        if not (self.last and self.before):
            return Decimal(0)
        measure = self.key_result.measure
        return measure.progress(self.last.value) - measure.progress(self.before.value)

    @cached_property
    def worry(self) -> tuple[int, Decimal, datetime | None]:
        """Sort key, most worrying first: red, stale, at risk, green but far behind, unanswered, green."""
        return (self._rank, -self.lag, self.last.at if self.last else None)

    @property
    def _rank(self) -> int:
        if self.stale:
            return 1
        if self.confidence is None:
            return 4
        if self.gap:
            return 3
        return {Confidence.RED: 0, Confidence.YELLOW: 2, Confidence.GREEN: 5}[self.confidence]


def worst_first(standings: list[Standing]) -> list[Standing]:
    """Most worrying first; among equals the furthest behind, then by title so the order never flickers."""
    return sorted(standings, key=lambda one: (*one.worry[:2], one.key_result.title, one.key_result.id))
