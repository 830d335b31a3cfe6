"""Problems a person can meet and mend. They carry an id and fields; `blocks/problems.py` says them in words."""


class Problem(Exception):
    """An expected problem: nothing was written, and the person is told what to do.

    `id` names the sentence, `fields` are the values it mentions, as they were (never escaped here).
    """

    def __init__(self, id: str, **fields: object) -> None:
        super().__init__(id)
        self.id = id
        self.fields = fields

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.id} ({given})" if given else self.id


class NumberProblem(Problem):
    """What was typed cannot be read as the one number meant."""


class RhythmProblem(Problem):
    """What was typed cannot be read as the one rhythm meant, or no round could keep it."""


class MeasureProblem(Problem):
    """What was typed does not say what is measured."""


class LeaveProblem(Problem):
    """What was typed does not say from when to when somebody is away."""


class DayProblem(Problem):
    """What was typed does not name the one day that is asked about, or nothing can be said of that day."""


class AnswerProblem(Problem):
    """A check-in lacks something it needs; `key_result` is the id of what it is about."""


class NotAllowed(Problem):
    """The person may not do this; nothing changed."""


class NotFound(Problem):
    """What was asked for is not there (any more)."""


class TooLate(Problem):
    """The moment for this has passed; the sentence says what is possible instead."""
