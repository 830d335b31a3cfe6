"""What is well, in a few lines of the digest: moves, wins and greens take the room that worries leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks import besides, standing
from blocks.language import Language
from blocks.message import Blocks
from blocks.room import and_more, lines_that_fit, packed
from blocks.text import Mrkdwn, clip, section
from okr.digest import Digest
from okr.standing import Standing

MOST_LINES = 5
"""Lines of moves and of wins in the digest itself; more of them go to the thread."""
FOLDED, BESIDE = 1500, 2900
WIN, TITLE = 200, 60


@dataclass(frozen=True)
class Fold:
    """A heading with a line for each; in the digest at most `most` of them, and so many characters, below each other
    unless `inline`.
    """

    heading: Mrkdwn
    lines: tuple[Mrkdwn, ...]
    most: int = MOST_LINES
    inline: bool = False
    characters: int = FOLDED

    @property
    def gap(self) -> Mrkdwn:
        return Mrkdwn(" · " if self.inline else "\n")

    def counted(self, language: Language) -> Mrkdwn:
        """The least that is said of it."""
        return language.say("{heading} {count} in the thread", heading=self.heading, count=len(self.lines))


def folds(digest: Digest, language: Language) -> list[Fold]:
    """The other teams, moves, wins and greens, those that there are."""
    every = [
        Fold(
            language.say("*The teams*"),
            tuple(besides.line(one, digest.team.zone, language) for one in digest.beside),
            most=len(digest.beside),
            characters=BESIDE,
        ),
        Fold(language.say("*What moved*"), tuple(_move(one, language) for one in digest.movers)),
        Fold(language.say("*Wins*"), tuple(_win(one, language) for one in digest.wins)),
        Fold(
            language.say("*🟢 On track*"),
            tuple(_green(one, digest, language) for one in digest.greens),
            most=len(digest.greens),
            inline=True,
        ),
    ]
    return [one for one in every if one.lines]


def least(folds: Sequence[Fold], language: Language) -> int:
    """Characters they need at least: each is counted, when no line of it fits."""
    return sum(len(one.counted(language)) for one in folds)


def fitted(folds: Sequence[Fold], room: int, language: Language) -> tuple[Blocks, Blocks]:
    """(a section for each, what goes on in the thread). `room` is what all may take, and `least` at least."""
    shown: Blocks = []
    rest: Blocks = []
    for place, one in enumerate(folds):
        most = min(one.characters, room - least(folds[place + 1 :], language))
        text, left = _folded(one, most, language)
        room -= len(text)
        shown.append(section(text))
        rest += packed(one.heading, left)
    return shown, rest


def _folded(fold: Fold, room: int, language: Language) -> tuple[Mrkdwn, Sequence[Mrkdwn]]:
    """(what the digest says of it, the lines that did not fit)."""
    characters = room - len(fold.heading) - len(and_more(len(fold.lines), language)) - len(fold.gap)
    lines = lines_that_fit(fold.lines, most=fold.most, characters=characters, gap=len(fold.gap), least=0)
    left = fold.lines[len(lines) :]
    if not lines:
        return fold.counted(language), left
    more = [and_more(len(left), language)] if left else []
    said = fold.gap.join([*lines, *more])
    return Mrkdwn(" " if fold.inline else "\n").join([fold.heading, said]), left


def _move(one: Standing, language: Language) -> Mrkdwn:
    arrow = "▲" if one.moved > 0 else "▼"
    title = clip(one.key_result.title, TITLE)
    return language.say("{arrow} {title}: {change}", arrow=arrow, title=title, change=standing.change(one, language))


def _win(one: Standing, language: Language) -> Mrkdwn:
    assert one.last is not None  # noqa: S101 - a win stands in an answer
    return language.say("🎉 {win} – {owner}", win=clip(one.last.win, WIN), owner=clip(one.asked.name, TITLE))


def _green(one: Standing, digest: Digest, language: Language) -> Mrkdwn:
    assert one.last is not None  # noqa: S101 - a green was answered
    return language.say(
        "{title}: {value} ({age}, {pace})",
        title=clip(one.key_result.title, TITLE),
        value=standing.value(one.last.value, one.key_result.measure, language),
        age=standing.age(one.last, one, language, digest.team.zone, dated=True),
        pace=Mrkdwn(", ").join(filter(None, [_short_pace(one, language), standing.number(one.last.given, language)])),
    )


def _short_pace(one: Standing, language: Language) -> Mrkdwn:
    return standing.pace(one, language) if one.key_result.measure.is_corridor else standing.against_pace(one, language)
