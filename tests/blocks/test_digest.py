"""What the digest has room for: worries first, what is well with what is left, and nothing lost."""

from dataclasses import replace

import pytest

from blocks import digest
from blocks.language import language
from blocks.message import Message
from blocks.room import MOST_CHARACTERS
from blocks.text import length
from okr.confidence import Confidence
from okr.digest import Counts, summarise
from okr.standing import Standing
from tests.making import checkin, coloured, round_of, team

RED, GREEN = Confidence.RED, Confidence.GREEN
ENGLISH = language("en-GB")
LONG = "Wholesale orders have to wait for the second supplier, who answers nobody. " * 4


def red(number: int) -> Standing:
    """A key result that is off track, said at the greatest length there is."""
    one = coloured(f"Red {number:02}: {LONG}"[:150], RED, 41)
    return replace(one, last=replace(one.last, note=LONG, blocker=LONG) if one.last else None)


def green(number: int) -> Standing:
    """A key result that is on track, moved, and has a win to tell."""
    one = coloured(f"Green {number:02}: {LONG}"[:60], GREEN, 60, before=checkin(50))
    return replace(one, last=replace(one.last, win=f"Win {number:02}: {LONG}"[:200]) if one.last else None)


def rendered(reds: int, greens: int) -> list[Message]:
    standings = [*map(red, range(reds)), *map(green, range(greens))]
    return digest.render(summarise(team(), round_of(), standings), ENGLISH)


def lines(message: Message) -> list[str]:
    return [line for block in message.blocks for line in str(block.get("text", {}).get("text")).split("\n")]


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (Counts(green=2, red=1), None, "🟢 2 on track · 🛑 1 off track"),
        (Counts(green=2), Counts(green=2), "🟢 2 on track"),
        (Counts(green=2), Counts(green=1, yellow=1), "🟢 2 on track (+1) · ⚠️ none at risk (−1)"),
        (Counts(unknown=3), None, "⚪ 3 not started"),
        (Counts(withdrawn=1, red=1), Counts(red=2), "🛑 1 off track (−1) · ⚪ 1 without a recent answer"),
        (Counts(), None, "No key results yet"),
    ],
)
def test_a_colour_that_nothing_has_is_left_out_unless_that_is_news(
    now: Counts, before: Counts | None, said: str
) -> None:
    assert digest.counts_line(now, ENGLISH, before) == said


def test_what_is_well_never_pushes_a_worry_out_of_the_digest() -> None:
    main, *thread = rendered(reds=8, greens=40)
    assert sum(line.startswith("*Red ") for line in lines(main)) == 8
    assert length(main.blocks) <= MOST_CHARACTERS
    assert not any("*Red " in line for message in thread for line in lines(message))


def test_what_is_well_is_counted_at_least_and_told_in_the_thread() -> None:
    main, *thread = rendered(reds=20, greens=40)
    for counted in ("*What moved* 40 in the thread", "*Wins* 40 in the thread", "*🟢 On track* 40 in the thread"):
        assert counted in lines(main)
    told = [line for message in thread for line in lines(message)]
    assert sum(line.startswith("🎉 Win ") for line in told) == 40
    assert sum(line.startswith("▲ Green ") for line in told) == 40
    assert sum(line.startswith("Green ") for line in told) == 40


@pytest.mark.parametrize(("reds", "wins"), [(0, 5), (8, 5), (9, 2), (11, 0)])
def test_what_is_well_takes_the_room_that_is_left(reds: int, wins: int) -> None:
    main, *thread = rendered(reds, greens=40)
    in_main, in_thread = ("\n".join(line for one in messages for line in lines(one)) for messages in ([main], thread))
    assert length(main.blocks) <= MOST_CHARACTERS
    for mark in ("🎉 Win {:02}", "▲ Green {:02}"):
        assert [mark.format(n) in in_main for n in range(40)] == [mark.format(n) not in in_thread for n in range(40)]
    assert in_main.count("🎉 Win ") == wins
