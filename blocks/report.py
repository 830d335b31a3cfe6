"""A report for whoever looks after the bot: made once, drawn for Slack and written for the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.room import MOST_BLOCKS, MOST_CHARACTERS, SPOKEN
from blocks.text import Mrkdwn, bold, context, escape, header, length, section

GOOD, BAD, NEUTRAL = "✓", "⚠", "·"
MOST_LINES = 2_900


@dataclass(frozen=True)
class Line:
    """One finding; `button` is what can be done about it in Slack."""

    mark: str
    text: Mrkdwn
    button: dict[str, Any] | None = None

    def marked(self) -> Mrkdwn:
        return Mrkdwn(f"{self.mark} ") + self.text

    def plain(self) -> str:
        return unescape(self.marked().replace("*", "").replace("`", ""))


@dataclass(frozen=True)
class Part:
    heading: str
    lines: tuple[Line, ...]

    @property
    def bad(self) -> bool:
        return any(one.mark == BAD for one in self.lines)


@dataclass(frozen=True)
class Report:
    """`verdict` says in a sentence whether anything needs attention; times are those of `zone`."""

    title: str
    verdict: Line
    parts: tuple[Part, ...]
    zone: str


def draw(report: Report, language: Language) -> Message:
    """For Slack; parts that do not fit are counted."""
    blocks: Blocks = [header(report.title), section(report.verdict.marked())]
    drawn = [_draw(part) for part in report.parts]
    shown = 0
    for one in drawn:
        if len(blocks) + len(one) > MOST_BLOCKS or length([*blocks, *one]) > MOST_CHARACTERS:
            break
        blocks += one
        shown += 1
    if shown < len(drawn):
        blocks.append(context(_more(len(drawn) - shown, language)))
    blocks.append(context(_zone_note(report, language)))
    lines = [report.verdict, *(line for part in report.parts for line in part.lines)]
    return Message(text=_spoken(report.title, lines), blocks=blocks)


def write(report: Report, language: Language) -> str:
    """The same for a terminal, whole."""
    lines = [f"{report.title}: {report.verdict.plain()}"]
    for part in report.parts:
        lines += ["", part.heading, *(f"  {line.plain()}" for line in part.lines)]
    return "\n".join([*lines, "", unescape(_zone_note(report, language))])


def _draw(part: Part) -> Blocks:
    """A section for lines that come together; one with a button has its own."""
    blocks: Blocks = []
    texts: list[Mrkdwn] = [bold(part.heading)]
    for line in part.lines:
        if texts and (line.button or sum(map(len, texts)) + len(line.text) > MOST_LINES):
            blocks.append(section(Mrkdwn("\n").join(texts)))
            texts = []
        if line.button:
            blocks.append(section(line.marked(), accessory=line.button))
        else:
            texts.append(line.marked())
    if texts:
        blocks.append(section(Mrkdwn("\n").join(texts)))
    return blocks


def _spoken(title: str, lines: Sequence[Line]) -> str:
    text = escape(title)
    for line in lines:
        if len(text) + len(line.text) + 4 > SPOKEN:
            return f"{text}\n…"
        text = Mrkdwn("\n").join([text, line.marked()])
    return text


def _more(count: int, language: Language) -> Mrkdwn:
    return language.say_count(
        "and {count} team more: `okrbot doctor` on the command line shows everything",
        "and {count} teams more: `okrbot doctor` on the command line shows everything",
        count,
    )


def _zone_note(report: Report, language: Language) -> Mrkdwn:
    return language.say("Times are those of {zone}.", zone=report.zone)
