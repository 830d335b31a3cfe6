"""What a problem says, in the reader's language: plain, short, and with a way on."""

from decimal import Decimal

from blocks import numbers
from blocks.language import Language
from blocks.text import Mrkdwn
from okr.confidence import Confidence
from okr.errors import Problem


def marked(message: str) -> str:
    """Mark a sentence for translation where it is defined, not where it is said."""
    return message


SENTENCES = {
    "number.empty": marked("Write the value of today."),
    "number.unreadable": marked("“{text}” is not a number I can read. Write it like {example}."),
    "number.two_readings": marked("“{text}” can be read in two ways. Write {first} or {second}."),
    "number.minus_or_less": marked("{amount} less? Then write {less}. If you mean a value below zero, write {value}."),
    "number.minus_alone": marked("This value has never been below zero. If it is now, write {value}."),
    "number.percent_on_other_unit": marked("This is not measured in percent. Write “{text}” without the % sign."),
    "number.wrong_currency": marked("This is counted in {expected}. Write the amount in {expected}."),
    "number.relative_needs_last": marked("There is no value yet to add to. Write the whole value."),
    "number.too_long": marked("That number is too long: at most {whole} digits and {decimals} decimals."),
    "answer.step_missing": marked("Choose the step you have reached."),
    "answer.confidence_missing": marked("Choose how confident you are."),
    "answer.note_for_red": marked("Off track needs a note: what stands in the way, and what would help?"),
    "answer.note_for_change": marked("You changed from {was} to {now}: write in a line why."),
    "answer.key_result_gone": marked("“{title}” is no longer active, so there is nothing to answer."),
    "not_allowed.answer": marked("Only {owner}, the team's lead or an admin can answer this one. Nothing was changed."),
    "not_allowed.read": marked("You can see the teams you are in. Ask an admin of this workspace for more."),
    "not_found.person": marked("I know no key results of {name}. Only people named in the company file have some."),
    "not_found.team": marked("There is no team called “{name}”."),
    "not_found.team_nearest": marked(
        "There is no team called “{name}”. Did you mean {nearest}? Try `/okr status {nearest}`."
    ),
    "not_found.channel": marked("No team posts its digest in that channel."),
    "not_found.company": marked(
        "This workspace has no OKRs yet. An admin can add them with `okrbot import company.yaml`."
    ),
    "not_found.you": marked(
        "You have no key results of your own. Try `/okr status at-risk` to see where help is needed."
    ),
    "repeat.not_offered": marked("“{title}” needs a real answer this time: please use *Check in*."),
    "later.no_hour": marked(
        "There is no later hour left before the digest. You can check in any time with `/okr checkin`."
    ),
    "later.no_reminder": marked("That was the last reminder. You can check in any time with `/okr checkin`."),
    "later.passed": marked("That hour has passed, or the digest comes before it. Please choose another."),
}


def say(problem: Problem, language: Language) -> Mrkdwn:
    """The problem as Slack markup."""
    return language.say(_sentence(problem), **_fields(problem, language))


def say_plain(problem: Problem, language: Language) -> str:
    """The problem as plain text, to stand beside a field."""
    return language.plain(_sentence(problem), **_fields(problem, language))


def say_unexpected(reference: str, language: Language) -> Mrkdwn:
    """What a person reads when something broke that nobody foresaw."""
    return language.say(
        "Something went wrong on my side, and I am sorry. Please try again; "
        "if it stays, give an admin this number: {reference}.",
        reference=reference,
    )


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
    if name in ("was", "now") and value:
        return confidence_word(Confidence(str(value)), language)
    return value
