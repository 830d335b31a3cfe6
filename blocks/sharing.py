"""How far a number is shared out, in a sentence that blocks nothing."""

from blocks import standing
from blocks.language import Language
from blocks.text import Mrkdwn, bold, clip
from okr.alignment import SharedOut, Sharing
from okr.measures import Measure


def say(sharing: Sharing, whole: Measure, language: Language) -> Mrkdwn:
    """Shares add up to 850,000 € of 1,000,000 €: 150,000 € is not yet anybody's."""
    given, all_of_it = (standing.value(one, whole, language) for one in (sharing.given, sharing.whole))
    rest = standing.value(abs(sharing.open), whole, language)
    if sharing.open > 0:
        said = language.say(
            "Shares add up to {given} of {whole}: {rest} is not yet anybody’s.",
            given=given,
            whole=all_of_it,
            rest=rest,
        )
    elif sharing.open < 0:
        said = language.say(
            "Shares add up to {given} of {whole}: {rest} more than there is.", given=given, whole=all_of_it, rest=rest
        )
    else:
        said = language.say("Shares add up to {whole}: all of it is somebody’s.", whole=all_of_it)
    if sharing.strange:
        strange = language.say_count(
            "{count} more is not counted in the same.", "{count} more are not counted in the same.", sharing.strange
        )
        said = Mrkdwn(" ").join([said, strange])
    return said


def say_of(one: SharedOut, language: Language) -> Mrkdwn:
    """The same with what it is about."""
    return language.say(
        "{title}: {said}", title=bold(clip(one.title, 100)), said=say(one.sharing, one.measure, language)
    )
