"""What became of a message, and why: the ledger's words and Slack's, in the reader's."""

from blocks.language import Language
from okr.deliveries import ENOUGH, NO_HOUR, UNREACHABLE
from okr.rollcall import NOT_PLANNED, Fate, Sending


def say_fate(fate: Fate, language: Language) -> str:
    return {
        Fate.ANSWERED: language.plain("answered"),
        Fate.ASKED: language.plain("asked, no answer yet"),
        Fate.DUE: language.plain("still to be asked"),
        Fate.LATE: language.plain("late to be asked"),
        Fate.SENDING: language.plain("being asked"),
        Fate.UNCLEAR: language.plain("outcome unclear"),
        Fate.PARKED: language.plain("could not be asked"),
        Fate.DROPPED: language.plain("not asked"),
        Fate.EXCUSED: language.plain("excused"),
    }[fate]


def say_why(sending: Sending, language: Language) -> str:
    """Why a message did not get out, and what helps."""
    if sending.settled_by_hand:
        return language.plain(
            "Slack’s answer was lost, and okrbot may not read that channel. Look whether it stands there; "
            "if not, use Post again."
        )
    return say_reason(sending.reason, language)


def say_reason(reason: str, language: Language) -> str:
    """The ledger's words and Slack's, in the reader's; one nobody has words for is shown as it is."""
    known = {
        "": "",
        NOT_PLANNED: language.plain("no message was planned"),
        "holiday": language.plain("public holiday"),
        "day off": language.plain("the team has a day off"),
        "away": language.plain("away"),
        "left": language.plain("the Slack account was deactivated"),
        "answered before": language.plain("answered before"),
        "the person has left": language.plain("the Slack account was deactivated"),
        "nobody is asked": language.plain("nobody is asked"),
        ENOUGH: language.plain("enough messages this week"),
        NO_HOUR: language.plain("too soon after another message, or outside working hours"),
        "nothing happened meanwhile": language.plain("nothing to say unless somebody answers for them"),
        "coaching is switched off": language.plain("coaching is switched off"),
        "nothing left to tell": language.plain("there is nothing left to tell"),
        "the prompt of the day says it": language.plain("the question of that day says it"),
        "the round has closed": language.plain("the round had closed"),
        "not_in_channel": language.plain("okrbot is not in the channel: invite it with /invite"),
        "channel_not_found": language.plain("the channel is gone, or private and okrbot is not in it"),
        UNREACHABLE: language.plain("Slack does not let okrbot write to them"),
        "cannot_dm_bot": language.plain("nobody can write to a bot"),
        "is_archived": language.plain("the channel is archived: give the team another one"),
        "user_disabled": language.plain("the Slack account was deactivated"),
        "missing_scope": language.plain("the Slack app lacks a permission: see docs/install.md"),
        "invalid_auth": language.plain("Slack does not take the bot token any more"),
        "token_revoked": language.plain("Slack does not take the bot token any more"),
        "account_inactive": language.plain("Slack does not take the bot token any more"),
        "ratelimited": language.plain("Slack asked for patience"),
        "unreachable": language.plain("Slack cannot be reached"),
    }
    if reason.startswith("broken"):
        return language.plain("it could not be written; the log says why ({reason})", reason=reason)
    scope = reason.removeprefix("missing_scope: ")
    if scope != reason:
        return language.plain("the Slack app lacks the permission {scope}: see docs/install.md", scope=scope)
    return known.get(reason, reason)
