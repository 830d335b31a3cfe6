"""What is said about an export: the message above the file, and where to find it."""

from datetime import date

from blocks.language import Language
from blocks.message import Message
from blocks.text import Mrkdwn, bold, clip, context, section
from okr.exports import Export, Format, Wanted

LONGEST_FLAWS = 600


def render(export: Export, wanted: Wanted, flaws: str, day: date, language: Language) -> Message:
    """`flaws` says why an import would not take the file as it is, if so; `day` is the reader's."""
    goals, results = len(export.company.objectives), len(export.company.key_results)
    lines = [
        language.say(
            "{company} as of {day}: {objectives}, {key_results}.",
            company=bold(clip(export.company.name, 100)),
            day=language.full_day(day),
            objectives=language.say_count("{count} objective", "{count} objectives", goals),
            key_results=language.say_count("{count} key result", "{count} key results", results),
        ),
        _kind(wanted, language),
    ]
    if flaws:
        reason = clip(" ".join(flaws.split()), LONGEST_FLAWS)
        lines.append(language.say("⚠️ `okrbot import` would not take it as it is: {reason}", reason=reason))
    left_out = _left_out(wanted, language)
    blocks = [section(Mrkdwn("\n").join(lines)), context(left_out)]
    return Message(text=Mrkdwn("\n").join([*lines, left_out]), blocks=blocks)


def say_sent(language: Language) -> Mrkdwn:
    """Where whoever asked finds it."""
    return language.say("Your export is in our direct messages.")


def render_sent(language: Language) -> Message:
    text = say_sent(language)
    return Message(text=text, blocks=[section(text)])


def _kind(wanted: Wanted, language: Language) -> Mrkdwn:
    match wanted.format:
        case Format.YAML:
            said = language.say("The company file: in an empty okrbot, `okrbot import` makes the same of it.")
        case Format.XLSX:
            said = language.say("A spreadsheet: how objectives and key results stand. `okrbot import` reads it too.")
        case Format.CSV if wanted.history:
            return language.say("A table with a row for each check-in.")
        case Format.CSV:
            said = language.say("A table with a row for each key result. `okrbot import` reads it too.")
        case Format.MARKDOWN:
            said = language.say("A page to read: the teams with their objectives and key results.")
    return Mrkdwn(" ").join([said, language.say("Every check-in is in it.")]) if wanted.history else said


def _left_out(wanted: Wanted, language: Language) -> Mrkdwn:
    if wanted.format is Format.YAML:
        return language.say(
            "Private goals that you may not read are not in it, nor are the addresses of people’s calendars. "
            "`okrbot export` on the server has everything."
        )
    return language.say(
        "Private goals that you may not read are not in it. `okrbot export` on the server has everything."
    )
