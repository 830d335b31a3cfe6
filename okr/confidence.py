"""What the owner believes: a colour with a word, given on the workspace's scale and kept on one of 0 to 10."""

from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How likely the owner thinks the target is, from worst to best."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"

    @property
    def level(self) -> int:
        """The place on the internal scale of 0 to 10 that every scale is kept on."""
        return {"red": 2, "yellow": 5, "green": 8}[self.value]

    @property
    def worry(self) -> int:
        """0 for green, 1 for yellow, 2 for red: for sorting the most worrying first."""
        return {"red": 2, "yellow": 1, "green": 0}[self.value]

    @property
    def given(self) -> "Given":
        """The colour as an answer."""
        return Given(self.level)


class Scale(StrEnum):
    """What a confidence is given in; it is stored beside each answer."""

    COLOURS = "colours"
    ONE_TO_FIVE = "1-5"
    ZERO_TO_TEN = "0-10"

    @property
    def numbers(self) -> range:
        """What may be given, from worst to best; nothing where colours are."""
        return {"colours": range(0), "1-5": range(1, 6), "0-10": range(11)}[self.value]

    @property
    def answers(self) -> tuple["Given", ...]:
        """All that may be given, from worst to best."""
        if not self.numbers:
            return tuple(one.given for one in Confidence)
        return tuple(Given(_level(number, self), self) for number in self.numbers)

    def span(self, confidence: Confidence) -> tuple[int, int]:
        """The lowest and the highest number that reads as this colour."""
        levels = [number for number in self.numbers if from_level(_level(number, self)) is confidence]
        return levels[0], levels[-1]


@dataclass(frozen=True)
class Given:
    """A confidence as it was given: its place on the internal scale, and the scale it was said on."""

    level: int
    scale: Scale = Scale.COLOURS

    @property
    def confidence(self) -> Confidence:
        return from_level(self.level)

    @property
    def number(self) -> int | None:
        """What was said; None where it was a colour."""
        numbers = self.scale.numbers
        return next((one for one in numbers if _level(one, self.scale) == self.level), None)

    @property
    def word(self) -> str:
        """What was said, as it is kept: green, 4, 7."""
        return self.confidence.value if self.number is None else str(self.number)

    def on(self, scale: Scale) -> "Given":
        """The nearest of another scale that has the same colour; between two, the one nearer to the middle."""
        if scale is self.scale:
            return self
        same = [one for one in scale.answers if one.confidence is self.confidence]
        middle = Confidence.YELLOW.level
        return min(same, key=lambda one: (abs(one.level - self.level), abs(one.level - middle)))


def from_level(level: int) -> Confidence:
    """Read an internal level back as a colour: 0-3 red, 4-6 yellow, 7-10 green."""
    if level <= 3:
        return Confidence.RED
    return Confidence.YELLOW if level <= 6 else Confidence.GREEN


def _level(number: int, scale: Scale) -> int:
    """Where a number of a scale lies on 0 to 10: 1 to 5 become 1, 3, 5, 7, 9."""
    return 2 * number - 1 if scale is Scale.ONE_TO_FIVE else number
