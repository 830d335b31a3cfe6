"""An answer, and the rules about answers. Answers are append-only: an edit is a new one that supersedes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from okr.confidence import Confidence, Given, Scale
from okr.errors import AnswerProblem

MOST_REPEATS = 3
"""After this many one-tap answers in a row a real one is asked for."""


class Via(StrEnum):
    """How an answer came in."""

    MODAL = "modal"
    ONE_TAP = "one tap"
    TEXT = "text"
    VOICE = "voice"
    API = "api"
    CONNECTOR = "connector"
    IMPORT = "import"


@dataclass(frozen=True)
class Answer:
    """What a person says about one key result in one check-in."""

    key_result_id: str
    value: Decimal
    given: Given
    note: str = ""
    win: str = ""
    blocker: str = ""
    done_action_ids: frozenset[str] | None = None
    """Which of the offered actions are done; None when none were shown."""

    @property
    def confidence(self) -> Confidence:
        return self.given.confidence


@dataclass(frozen=True)
class CheckIn:
    """A recorded answer. `round_id` is None only before a team's first round.

    `first_at` is when the answer was given that this one edits, the first of its round; None when it edits none.
    """

    id: str
    key_result_id: str
    round_id: str | None
    value: Decimal
    level: int
    note: str
    win: str
    blocker: str
    author_id: str
    via: Via
    at: datetime
    scale: Scale = Scale.COLOURS
    first_at: datetime | None = None

    @property
    def given_at(self) -> datetime:
        """When its round was answered, however often that was edited since."""
        return self.first_at or self.at

    @property
    def confidence(self) -> Confidence:
        return self.given.confidence

    @property
    def given(self) -> Given:
        """The confidence as it was given."""
        return Given(self.level, self.scale)


def needs_note(confidence: Confidence, before: CheckIn | None) -> bool:
    """A reason is asked for red and for a change of colour, never otherwise."""
    if confidence is Confidence.RED:
        return True
    return before is not None and before.confidence is not confidence


def check_note(answer: Answer, before: CheckIn | None) -> None:
    """Raise AnswerProblem when the answer lacks the note its confidence asks for."""
    if answer.note.strip() or not needs_note(answer.confidence, before):
        return
    kind = "answer.note_for_red" if answer.confidence is Confidence.RED else "answer.note_for_change"
    was = before.confidence.value if before else ""
    raise AnswerProblem(kind, key_result=answer.key_result_id, was=was, now=answer.confidence.value)


def may_repeat(newest_first: Sequence[CheckIn]) -> bool:
    """Whether *Nothing changed* is offered: not without an earlier answer, on red, or after three in a row."""
    if not newest_first or newest_first[0].confidence is Confidence.RED:
        return False
    final = {one.round_id: one for one in reversed(newest_first)}
    recent = [one for one in newest_first if final[one.round_id] is one][:MOST_REPEATS]
    return len(recent) < MOST_REPEATS or any(one.via is not Via.ONE_TAP for one in recent)
