"""The part of the form of a team that holds for the whole company: drawn and read back for those who decide it, said in
a line to everybody else.
"""

from collections.abc import Mapping
from typing import Any

from blocks import inputs, standing
from blocks.language import Language
from blocks.message import Blocks
from blocks.text import Mrkdwn, bold, clip, context, divider, section
from okr.confidence import Scale
from okr.standards import Limits, Standards

SCALE, OBJECTIVES, PERSONAL = "setup_scale", "setup_objectives", "setup_personal"
KEY_RESULTS = "setup_key_results"
MOST = 10
SPANS = ((1, 3), (2, 4), (2, 5), (3, 5), (3, 7), (5, 10))


def fields(standards: Standards, language: Language) -> Blocks:
    """All filled in: they can be left as they are."""
    limits, shown = standards.limits, values(standards)
    return [
        divider(),
        section(bold(language.plain("For the whole company"))),
        inputs.labelled(
            SCALE, language.plain("Confidence"), inputs.choice(_scales(language), shown[SCALE]), optional=True
        ),
        _count(OBJECTIVES, language.plain("Objectives of a team, at most"), limits.objectives),
        _count(PERSONAL, language.plain("Objectives of a person, at most"), limits.personal_objectives),
        inputs.labelled(
            KEY_RESULTS,
            language.plain("Key results of an objective"),
            inputs.choice(_spans(limits), shown[KEY_RESULTS]),
            hint=language.plain("Beyond these I point it out to whoever writes; nothing is refused."),
            optional=True,
        ),
    ]


def say(standards: Standards, top: str, language: Language) -> dict[str, Any]:
    """For whoever does not decide it."""
    limits = standards.limits
    given = {
        Scale.COLOURS: language.say("Confidence is given as a colour."),
        Scale.ONE_TO_FIVE: language.say("Confidence is given from 1 to 5."),
        Scale.ZERO_TO_TEN: language.say("Confidence is given from 0 to 10."),
    }[standards.scale]
    most = language.say(
        "At most {objectives} objectives for a team and {personal} for a person, {span} key results each.",
        objectives=limits.objectives,
        personal=limits.personal_objectives,
        span=_span(limits.fewest_key_results, limits.most_key_results),
    )
    who = language.say("The lead of {team} and admins can change this here.", team=clip(top, 60))
    return context(Mrkdwn(" ").join([given, most, who]))


def values(standards: Standards) -> dict[str, str]:
    """What stands in the fields; a form remembers it, to know later what its reader has changed."""
    limits = standards.limits
    return {
        SCALE: standards.scale.value,
        OBJECTIVES: str(limits.objectives),
        PERSONAL: str(limits.personal_objectives),
        KEY_RESULTS: _span(limits.fewest_key_results, limits.most_key_results),
    }


def read(view: Mapping[str, Any], shown: Mapping[str, str]) -> Mapping[str, str]:
    """What was decided: without what was left as it was `shown`, was emptied, or was not on the form."""
    chosen = {name: inputs.read_choice(view, name) for name in shown}
    return {name: value for name, value in chosen.items() if value not in ("", shown[name])}


def decided(chosen: Mapping[str, str], current: Standards) -> Standards:
    """What holds from now on: what was not decided is as it is now, which somebody else may have changed meanwhile."""
    found = {**values(current), **chosen}
    fewest, _, most = found[KEY_RESULTS].partition("–")
    limits = Limits(int(found[OBJECTIVES]), int(found[PERSONAL]), int(fewest), int(most or fewest))
    return Standards(Scale(found[SCALE]), limits)


def _scales(language: Language) -> list[dict[str, Any]]:
    names = {
        Scale.COLOURS: language.plain("A colour"),
        Scale.ONE_TO_FIVE: language.plain("1 to 5"),
        Scale.ZERO_TO_TEN: language.plain("0 to 10"),
    }
    return [inputs.option(name, scale.value, _means(scale, language)) for scale, name in names.items()]


def _means(scale: Scale, language: Language) -> str:
    if not scale.numbers:
        return language.plain("on track, at risk, off track")
    return language.plain("{green} on track, {yellow} at risk, {red} off track", **standing.spans(scale))


def _count(id: str, label: str, chosen: int) -> dict[str, Any]:
    numbers = sorted({*range(1, MOST + 1), chosen})
    options = [inputs.option(str(number), str(number)) for number in numbers]
    return inputs.labelled(id, label, inputs.choice(options, str(chosen)), optional=True)


def _spans(limits: Limits) -> list[dict[str, Any]]:
    spans = sorted({*SPANS, (limits.fewest_key_results, limits.most_key_results)})
    return [inputs.option(_span(*one), _span(*one)) for one in spans]


def _span(fewest: int, most: int) -> str:
    return str(most) if fewest == most else f"{fewest}–{most}"
