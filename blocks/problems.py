"""What a problem says, in the reader's language: plain, short, and with a way on."""

from datetime import date
from decimal import Decimal

from blocks import numbers
from blocks.language import Language
from blocks.text import Mrkdwn, clip
from okr.confidence import Confidence
from okr.errors import Problem

MOST_QUOTED = 150
"""Characters of what a person wrote that a sentence repeats."""


def marked(message: str) -> str:
    """Mark a sentence for translation where it is defined, not where it is said."""
    return message


SENTENCES = {
    "number.empty": marked("Write today’s value."),
    "number.unreadable": marked("“{text}” is not a number I can read. Write it like {example}."),
    "number.two_readings": marked("“{text}” can be read in two ways. Write {first} or {second}."),
    "number.minus_or_less": marked("{amount} less? Then write {less}. If you mean a value below zero, write {value}."),
    "number.minus_alone": marked("This value has never been below zero. If it is now, write {value}."),
    "number.percent_on_other_unit": marked("This is not measured in percent. Write “{text}” without the % sign."),
    "number.wrong_currency": marked("This is counted in {expected}. Write the amount in {expected}."),
    "number.relative_needs_last": marked("There is no value yet to add to. Write the whole value."),
    "number.too_long": marked("That number is too long: at most {whole} digits and {decimals} decimals."),
    "rhythm.empty": marked("Write when I should ask, for example “{example}”."),
    "rhythm.unreadable": marked("“{text}” is not a rhythm I can read. Write it like “{example}”."),
    "rhythm.two_readings": marked("“{text}” can be read in two ways. Write “{first}” or “{second}”."),
    "rhythm.no_hour": marked("No clock shows “{text}”. Write the hour like {example}."),
    "rhythm.no_day": marked("“{text}” is not a day in the calendar. Write it like {example}."),
    "rhythm.every_day": marked("I ask on the days you name. For Monday to Friday write “{example}”."),
    "rhythm.day_of_month": marked("I ask on weekdays, not on dates. Write it like “{example}”."),
    "rhythm.no_fifth": marked("Not every month has a fifth one. Write it like “{example}”."),
    "rhythm.too_rare": marked("I can count from 1 to {most} weeks. Write it like “{example}”."),
    "rhythm.digest_early": marked("The digest must come after {at}, when I ask. Write it like “{example}”."),
    "rhythm.digest_late": marked(
        "The digest would come when the next round is open already, or a week later. Write it like “{example}”."
    ),
    "rhythm.digest_which": marked(
        "I ask on several days, so say how long after each the digest comes. Write it like “{example}”."
    ),
    "rhythm.digest_needed": marked(
        "No working day fits the digest, and the same day is too late for it. Write it like “{example}”."
    ),
    "rhythm.single_reminder": marked(
        "A single reminder always comes before the digest; only the first of two has an hour. Write “{example}”."
    ),
    "measure.empty": marked("Write from what to what, for example “from 31% to 45%”."),
    "measure.unreadable": marked(
        "“{text}” is no measure I can read. Write it like “from 31% to 45%”, “at most 60 min”, "
        "or its steps, one to a line."
    ),
    "measure.from_where": marked("“{text}”: from where? Write it like “from 31% to 45%”, or “at least 99%”."),
    "measure.two_units": marked("“{first}” and “{second}” are counted differently. Write both in the same unit."),
    "measure.steps": marked("Steps need a share each, rising to 100%: “Draft 20%”, “Tested 60%”, “Live 100%”."),
    "measure.baseline_is_target": marked("Both numbers are the same: where should it get to?"),
    "measure.empty_corridor": marked("The first number must be below the second."),
    "measure.too_many_steps": marked("A menu holds at most {most} steps."),
    "measure.steps_must_rise_to_100": marked("Steps must rise to 100%: “Draft 20%”, “Tested 60%”, “Live 100%”."),
    "definition.reason_missing": marked("People check in on this already: say in a line why it changes."),
    "definition.dates": marked("The last day has to come after the first."),
    "definition.above": marked(
        "It can contribute to what its own team, or a team above, works on. Please choose again."
    ),
    "definition.ring": marked(
        "That contributes to this one already, perhaps by way of others. Please choose something else."
    ),
    "share.way": marked(
        "Only a way from one number to another has shares, and is one. Let it contribute to an objective instead."
    ),
    "share.unit": marked(
        "This is counted in {part} and the other in {whole}, so it is no share of it. "
        "Let it contribute to an objective instead."
    ),
    "share.direction": marked(
        "One goes up and the other down, so this is no share of it. Let it contribute to an objective instead."
    ),
    "definition.weight": marked("Write a number above 0."),
    "definition.no_person": marked(
        "The owner has to be a person in this workspace, not an app, and nobody who has left. Nothing was saved."
    ),
    "definition.no_draft": marked("“{title}” has no drafts left to confirm."),
    "undo.late": marked("That was more than ten minutes ago. `/okr edit` changes it, `/okr history` says what it was."),
    "undo.changed": marked("It has changed again since. `/okr edit` changes it, `/okr history` says what it was."),
    "setup.taken": marked("{team} reads its digest there already. Type `/okr setup` in that channel to change it."),
    "setup.not_in_channel": marked(
        "Invite me there first: type /invite @okrbot in that channel, then press Save again."
    ),
    "setup.digest_early": marked("The digest must come after {at}, when I ask."),
    "setup.no_scope": marked(
        "This channel is private, and okrbot’s Slack app lacks the permission {scope} to look into it. Choose a public "
        "channel, or ask whoever installed okrbot to add the permission and install the app again."
    ),
    "not_allowed.standards": marked(
        "Only the lead of {team} or an admin can change what holds for the whole company. Nothing was changed."
    ),
    "not_allowed.setup_guest": marked("Guests cannot set up a team. Ask somebody who works here to do it."),
    "not_allowed.setup": marked("Only the lead of {team} or an admin can set it up anew. Nothing was changed."),
    "not_allowed.propose": marked("You can write down OKRs for the teams you work in. Ask an admin to add you to one."),
    "not_allowed.define": marked("Only the lead of {team} or an admin can confirm this. Nothing was changed."),
    "not_allowed.edit": marked("Only its owner, the lead of {team} or an admin can change this. Nothing was changed."),
    "not_found.editable": marked("You own nothing that you could change. `/okr new` starts an objective."),
    "not_found.title": marked("Nothing you may change is called “{text}”. Everything you may change: `/okr edit`"),
    "not_found.definition": marked("That is not there any more. Nothing was changed."),
    "answer.step_missing": marked("Choose the step you have reached."),
    "answer.confidence_missing": marked("Choose how confident you are."),
    "answer.note_for_red": marked("Off track needs a note: what stands in the way, and what would help?"),
    "answer.note_for_change": marked("You changed from {was} to {now}: write in a line why."),
    "answer.key_result_gone": marked("“{title}” is no longer active, so there is nothing to answer."),
    "not_allowed.answer": marked("Only {owner}, the team’s lead or an admin can answer this one. Nothing was changed."),
    "not_allowed.read": marked("You can see the teams you are in. Ask an admin of this workspace for more."),
    "not_allowed.export": marked(
        "Only admins whom the company names can take everything with them. Ask one of them for the file."
    ),
    "export.unknown": marked(
        "“{text}” is no export I know. Write `/okr export` and choose, or put yaml, xlsx, csv or markdown behind it, "
        "and history for every check-in."
    ),
    "export.scope": marked(
        "I may not send files here: the Slack app lacks the scope `files:write`. Whoever looks after the app can add "
        "it under OAuth & Permissions and install the app again. Nothing was sent."
    ),
    "export.refused": marked(
        "Slack did not take the file ({reason}). Nothing was sent; `okrbot export` on the server writes it too."
    ),
    "export.unreachable": marked("Slack did not answer while I sent the file. Please try again in a minute."),
    "not_allowed.doctor": marked("Only admins can see how okrbot itself is doing, or send something again."),
    "not_allowed.preview": marked(
        "Only the lead of {team} or an admin can see whom it will ask. What will reach you: `/okr preview`"
    ),
    "not_allowed.preview_all": marked(
        "Only admins can see what will reach everybody. What will reach you: `/okr preview`"
    ),
    "preview.days": marked("“{text}”: I can look 1 to {most} days ahead. Write it like `{example}`."),
    "preview.which": marked("{first} and {second} share that channel. Write the team’s name: `/okr preview {first}`"),
    "preview.person": marked(
        "I can show what will reach you, or a team. Write it like `/okr preview`, or `/okr preview growth`."
    ),
    "not_found.person": marked("{name} has no key results here. `/okr new` can give them some."),
    "not_found.team": marked("There is no team called “{name}”. Everything I know: `/okr help`"),
    "not_found.words": marked(
        "I find no team called “{name}”, and no key result or objective with these words that you may see. "
        "Everything I know: `/okr help`"
    ),
    "not_found.team_nearest": marked(
        "There is no team called “{name}”. Did you mean {nearest}? Try `/okr {command} {nearest}`."
    ),
    "not_found.handle": marked(
        "I find nobody called “{name}”. Choose them from the list that Slack offers behind @. "
        "Everything I know: `/okr help`"
    ),
    "not_found.channel_name": marked(
        "I find no channel called “{name}”. Choose it from the list that Slack offers behind #. "
        "Everything I know: `/okr help`"
    ),
    "not_found.more": marked(
        "I do not understand “{text}” behind {about}. I can answer one question at a time, "
        "for example `/okr status at-risk`."
    ),
    "not_found.channel": marked("No team posts its digest in that channel."),
    "not_found.company": marked(
        "This workspace has no OKRs yet. Invite me to your team’s channel and type `/okr setup` there."
    ),
    "not_found.you": marked(
        "You have no key results of your own. Try `/okr status at-risk` to see where help is needed."
    ),
    "not_found.you_guest": marked(
        "You have no key results of your own. As a guest you can see the teams you are in: try `/okr status #channel`."
    ),
    "repeat.not_offered": marked("“{title}” needs a real answer this time: please use *Check in*."),
    "away.when": marked("Until when? For example `/okr away until Friday`, or `/okr away from 2 Dec until 9 Dec`."),
    "away.unreadable": marked(
        "I cannot read “{text}” as days. For example `/okr away until 3 December`, or "
        "`/okr away from Monday until Friday`."
    ),
    "away.passed": marked("Those days have passed. Until when are you away? For example `/okr away until Friday`."),
    "away.reversed": marked("The last day, {last}, comes before the first, {first}. Which days do you mean?"),
    "away.year": marked(
        "Do you mean {last}? Then write the year too. Otherwise that day has passed, or it comes before the first one."
    ),
    "away.back": marked(
        "I cannot read “{text}” as a day to come. For example `/okr back` now, or `/okr back on Thursday`."
    ),
    "away.two_readings": marked("“{text}” can be read in two ways. Write “{first}” or “{second}”."),
    "away.too_long": marked("That is more than a year. An admin can name somebody else for your key results."),
    "as_of.unreadable": marked("I cannot read “{text}” as a day. For example `/okr status growth {example}`"),
    "as_of.two_readings": marked("“{text}” can be read in two ways. Write “{first}” or “{second}”."),
    "as_of.future": marked(
        "That day is still to come: {day}. I can say how things stand, or stood on a day that has passed."
    ),
    "as_of.unknown": marked("I knew nothing yet at the end of {day}. What I know begins on {first}."),
    "history.none": marked("Nothing that you may see is called “{text}”. The history of yours: `/okr history`"),
    "history.none_of_yours": marked(
        "You have no key results of your own. For somebody else’s, write its title: `/okr history refunds`"
    ),
    "later.no_hour": marked(
        "There is no later hour left before the digest. You can check in any time with `/okr checkin`."
    ),
    "later.no_reminder": marked("That was the last reminder. You can check in any time with `/okr checkin`."),
    "form.expired": marked("I was too slow: Slack waits only three seconds. Please press the button again."),
    "later.passed": marked("That hour has passed, or the digest comes before it. Please choose another."),
}


def say(problem: Problem, language: Language) -> Mrkdwn:
    """The problem as Slack markup."""
    return language.say(_sentence(problem), **_fields(problem, language))


def say_plain(problem: Problem, language: Language) -> str:
    """The problem as plain text, to stand beside a field."""
    return language.plain(_sentence(problem), **_fields(problem, language))


def say_not_saved(language: Language) -> Mrkdwn:
    """Begins a direct message to somebody who has closed the form that could not be saved."""
    return language.say("⚠️ What you sent was not saved.")


def say_nothing_waits(language: Language) -> Mrkdwn:
    """The answer to *Nothing changed* where everything has its answer already."""
    return language.say("Everything here has its answer already. `/okr checkin` opens the form for what comes next.")


def say_unexpected(reference: str, language: Language) -> Mrkdwn:
    """What a person reads when something broke that nobody foresaw."""
    return language.say(
        "Sorry, something broke on my side; it was nothing you did. Please try again in a minute. "
        "If it happens again, give an admin this number: `{reference}`.",
        reference=reference,
    )


def say_slow(language: Language) -> Mrkdwn:
    """What a person reads when an act takes longer than they would wait without a word."""
    return language.say("This takes longer than usual. I am still at it, and I will say so if it fails.")


def confidence_word(confidence: Confidence, language: Language) -> str:
    return {
        Confidence.GREEN: language.plain("On track"),
        Confidence.YELLOW: language.plain("At risk"),
        Confidence.RED: language.plain("Off track"),
    }[confidence]


def _sentence(problem: Problem) -> str:
    if problem.id == "number.minus_or_less" and problem.fields.get("less") is None:
        return SENTENCES["number.minus_alone"]
    return SENTENCES[problem.id]


def _fields(problem: Problem, language: Language) -> dict[str, object]:
    return {name: _field(name, value, language) for name, value in problem.fields.items()}


def _field(name: str, value: object, language: Language) -> object:
    if isinstance(value, Decimal):
        return numbers.write_input(value, language.locale)
    if isinstance(value, date):
        return language.full_day(value)
    if name in ("was", "now") and value:
        return confidence_word(Confidence(str(value)), language)
    if isinstance(value, Mrkdwn) or not isinstance(value, str):
        return value
    return clip(value, MOST_QUOTED)
