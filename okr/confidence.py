"""What the owner believes: a colour with a word, kept on one internal scale of 0 to 10."""

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


class Scale(StrEnum):
    """The scale an answer was given on; it is stored beside the answer."""

    COLOURS = "colours"
    ONE_TO_FIVE = "1-5"
    ZERO_TO_TEN = "0-10"


def from_level(level: int) -> Confidence:
    """Read an internal level back as a colour: 0-3 red, 4-6 yellow, 7-10 green."""
    if level <= 3:
        return Confidence.RED
    return Confidence.YELLOW if level <= 6 else Confidence.GREEN
