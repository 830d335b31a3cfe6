"""How much fits: as much as the limits leave room for, from the first on; the rest goes elsewhere or is counted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from blocks.language import Language
from blocks.message import Blocks
from blocks.text import SECTION, Mrkdwn, length, section

MOST_BLOCKS, MOST_CHARACTERS = 40, 9000
"""What a message shows at most: Slack takes 50 blocks, and refuses texts from 12,000 characters on."""
SPOKEN = 3900
"""Characters of a message's top-level text: an update refuses more than 4,000."""
MOST_SPOKEN = 20
"""Key results a screen reader reads out one by one."""


def that_fit(candidates: Iterable[dict[str, Any]], *, blocks: int, characters: int) -> Blocks:
    """As many of the blocks as there is room for."""
    fitting: Blocks = []
    for block in candidates:
        characters -= length([block])
        if len(fitting) >= blocks or characters < 0:
            break
        fitting.append(block)
    return fitting


def lines_that_fit(
    lines: Sequence[Mrkdwn], *, most: int, characters: int, gap: int = 1, least: int = 1
) -> Sequence[Mrkdwn]:
    """As many of the lines as there is room for with a gap after each, and `least` at least."""
    fitting = 0
    for line in lines[:most]:
        characters -= len(line) + gap
        if characters < 0:
            break
        fitting += 1
    return lines[: max(fitting, least)]


def packed(heading: Mrkdwn, lines: Sequence[Mrkdwn], *, most: int = 10) -> Iterator[dict[str, Any]]:
    """All lines, in as many sections under the same heading as they need."""
    while lines:
        shown = lines_that_fit(lines, most=most, characters=SECTION - len(heading))
        yield section(Mrkdwn("\n").join([heading, *shown]))
        lines = lines[len(shown) :]


def and_more(count: int, language: Language) -> Mrkdwn:
    """What stands for those that did not fit."""
    return language.say_count("and {count} more", "and {count} more", count)


def spoken(
    head: Sequence[Mrkdwn],
    lines: Sequence[Mrkdwn],
    more: Callable[[int], Mrkdwn],
    foot: Sequence[Mrkdwn] = (),
) -> str:
    """A message for a screen reader, which reads this and not the blocks; lines that do not fit are counted."""
    room = SPOKEN - sum(len(line) + 1 for line in (*head, more(len(lines)), *foot))
    shown = lines_that_fit(lines, most=MOST_SPOKEN, characters=room)
    rest = [more(len(lines) - len(shown))] if len(shown) < len(lines) else []
    return "\n".join([*head, *shown, *rest, *foot])
