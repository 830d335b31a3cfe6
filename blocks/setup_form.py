"""The modal in which a team is set up: render() draws it, read() reads it back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from blocks import ids, inputs, problems, setup_standards
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.rhythm import read_rhythm, say_rhythm
from blocks.text import context, plain, section
from okr.cadence import Rhythm
from okr.errors import Problem
from okr.standards import Standards

CHANNEL, NAME, PEOPLE, RHYTHM, OWN_RHYTHM = "setup_channel", "setup_name", "setup_people", "setup_rhythm", "setup_own"
DIGEST_HOUR, LANGUAGE = "setup_digest_hour", "setup_language"
LONGEST_NAME, LONGEST_RHYTHM = 100, 300
MOST_PEOPLE = 100
DIGEST_HOURS = range(7, 21)
OWN = "own"
BESIDE_THE_CHANNEL = ("setup.not_in_channel", "setup.no_scope", "setup.taken")
NAMES = {"en": "English", "it": "Italiano"}
"""Each language as those say it who speak it."""


@dataclass(frozen=True)
class SetupForm:
    """A team to be set up, or with `team_id` one to be changed. `people` and `channel` are Slack ids.

    The `standards` are the company's: they can be changed unless they are `set_by` the lead of the team of this name.
    `uninvited` says that okrbot is not in the channel yet.
    """

    channel: str
    name: str
    people: tuple[str, ...]
    language: str
    rhythm: Rhythm
    team_id: str = ""
    standards: Standards = field(default_factory=Standards)
    set_by: str = ""
    uninvited: bool = False


@dataclass(frozen=True)
class SetupWords:
    """What was chosen and written; `standards` are the values of those fields alone that were changed."""

    channel: str
    name: str
    people: tuple[str, ...]
    language: str
    rhythm: Rhythm
    team_id: str
    standards: Mapping[str, str]


def render(form: SetupForm, language: Language) -> View:
    return {
        "type": "modal",
        "callback_id": ids.SETUP_VIEW,
        "title": plain(language.plain("Set up a team"), 24),
        "submit": plain(language.plain("Save"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": json.dumps({"id": form.team_id, "shown": setup_standards.values(form.standards)}),
        "blocks": _blocks(form, language),
    }


def read(view: Mapping[str, Any], language: Language, today: date, current: Rhythm) -> SetupWords | Mapping[str, str]:
    """What was set up, or an error for each field to mend. `current` is the rhythm of the team, or the usual one."""
    try:
        rhythm = _read_rhythm(view, language, today, current)
    except Problem as problem:
        where = OWN_RHYTHM if inputs.read_text(view, OWN_RHYTHM) else DIGEST_HOUR
        return {where: problems.say_plain(problem, language)}
    return SetupWords(
        channel=str(inputs.state(view, CHANNEL).get("selected_conversation") or ""),
        name=" ".join(inputs.read_text(view, NAME).split()),
        people=tuple(inputs.state(view, PEOPLE).get("selected_users") or ()),
        language=inputs.read_choice(view, LANGUAGE),
        rhythm=rhythm,
        team_id=read_team(view),
        standards=setup_standards.read(view, json.loads(view["private_metadata"])["shown"]),
    )


def read_team(view: Mapping[str, Any]) -> str:
    """The id of the team that is changed, empty for a new one."""
    return str(json.loads(view["private_metadata"])["id"])


def channel_problem(problem: Problem, language: Language) -> Mapping[str, str]:
    """The error beside the channel."""
    return {CHANNEL: problems.say_plain(problem, language)}


def _blocks(form: SetupForm, language: Language) -> Blocks:
    rooms: dict[str, Any] = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if form.channel:
        rooms["initial_conversation"] = form.channel
    people: dict[str, Any] = {"type": "multi_users_select"}
    if form.people:
        people["initial_users"] = list(form.people[:MOST_PEOPLE])
    languages = [inputs.option(name, code) for code, name in NAMES.items()]
    name = inputs.text(form.name, most=LONGEST_NAME)
    first = language.say("I am not in this channel yet: type `/invite @okrbot` there before you save.")
    blocks: Blocks = [
        *([section(first)] if form.uninvited else []),
        inputs.labelled(
            CHANNEL, language.plain("Channel"), rooms, hint=language.plain("Here the team reads its digest.")
        ),
        inputs.labelled(NAME, language.plain("What the team is called"), name),
        inputs.labelled(
            PEOPLE,
            language.plain("Who works in it"),
            people,
            hint=language.plain("They may write OKRs for it. I only ever ask those who own a key result."),
        ),
        *_rhythms(form, language),
        inputs.labelled(LANGUAGE, language.plain("Language of the digest"), inputs.choice(languages, form.language)),
    ]
    if form.set_by:
        blocks.append(setup_standards.say(form.standards, form.set_by, language))
    else:
        blocks += setup_standards.fields(form.standards, language)
    you = language.say("You lead this team: you confirm what others propose, and hear when something is stuck.")
    return blocks if form.team_id else [*blocks, context(you)]


def _rhythms(form: SetupForm, language: Language) -> Blocks:
    usual = (
        language.plain("every Monday at 9:00; digest Tuesday"),
        language.plain("every second Monday at 9:00; digest Tuesday"),
        language.plain("every Friday at 14:00; digest Monday"),
        language.plain("every first Monday of the month at 9:00; digest Tuesday"),
    )
    options = [inputs.option(one[:1].upper() + one[1:], one) for one in usual]
    chosen = usual[0]
    if form.team_id:
        options.insert(0, inputs.option(language.plain("As it is"), OWN, say_rhythm(form.rhythm, language)))
        chosen = OWN
    own = inputs.text(most=LONGEST_RHYTHM, example=language.plain("every last Friday of the month at 16:00"))
    hint = language.plain("Everybody is asked at this hour, in their own time zone.")
    return [
        inputs.labelled(RHYTHM, language.plain("When I ask"), inputs.choice(options, chosen), hint=hint),
        inputs.labelled(OWN_RHYTHM, language.plain("Or in your own words"), own, optional=True),
        _digest_hour(form.rhythm.digest_at, language),
    ]


def _digest_hour(current: time, language: Language) -> dict[str, Any]:
    hours = sorted({current, *(time(hour) for hour in DIGEST_HOURS)})
    options = [inputs.option(f"{hour:%H:%M}", f"{hour:%H:%M}") for hour in hours]
    hint = language.plain("In the team’s time zone; an hour in your own words counts more.")
    chosen = inputs.choice(options, f"{current:%H:%M}")
    return inputs.labelled(DIGEST_HOUR, language.plain("Hour of the digest"), chosen, hint=hint)


def _read_rhythm(view: Mapping[str, Any], language: Language, today: date, current: Rhythm) -> Rhythm:
    """In one's own words, else as chosen; what these leave open is as it was, but for the hour of the digest. Raises
    Problem.
    """
    hour = inputs.read_choice(view, DIGEST_HOUR)
    base = replace(current, digest_at=time.fromisoformat(hour)) if hour else current
    phrase = inputs.read_text(view, OWN_RHYTHM) or inputs.read_choice(view, RHYTHM)
    if phrase != OWN:
        return read_rhythm(phrase, language, today=today, base=base, running=current)
    if not base.digest_days and base.digest_at <= base.at:
        raise Problem("setup.digest_early", at=f"{base.at:%H:%M}")
    return base
