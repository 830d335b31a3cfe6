"""One key result in a few lines: the same words in prompts, digests, status and Home."""

from decimal import Decimal

from blocks import numbers
from blocks.language import Language
from blocks.problems import confidence_word
from blocks.text import Mrkdwn, bar, bold, clip, escape, unmarked
from okr.absence import Excuse
from okr.cadence import local_date
from okr.checkins import CheckIn, Via
from okr.confidence import Confidence, Given, Scale
from okr.measures import Measure, MeasureKind
from okr.standing import Standing

SHAPES = {Confidence.GREEN: "🟢", Confidence.YELLOW: "⚠️", Confidence.RED: "🛑"}
"""Three shapes and three colours, so that neither alone carries the meaning."""
NO_COLOUR = "⚪"
TITLE = 150
ON_PACE = Decimal("0.02")


def title(one: Standing) -> Mrkdwn:
    return bold(clip(one.key_result.title, TITLE))


def in_place_of(one: Standing, language: Language) -> list[Mrkdwn]:
    """A line for whoever is asked instead of somebody who is away, else none."""
    if not one.instead_of:
        return []
    return [language.say("For {name}, who is away.", name=clip(one.instead_of.name, 60))]


def value(amount: Decimal, measure: Measure, language: Language) -> str:
    """A value with its unit; for a milestone the step that was reached."""
    if measure.kind is MeasureKind.MILESTONE:
        step = measure.step_at(amount)
        return clip(step.title, 60) if step else language.plain("not begun")
    return numbers.write(amount, measure.unit, language.locale)


def target(measure: Measure, language: Language) -> Mrkdwn:
    """What the value is to reach, or the corridor it is to stay in."""
    if measure.kind is MeasureKind.MILESTONE:
        return language.say("target: {step}", step=clip(measure.steps[-1].title, 60))
    if measure.kind is MeasureKind.KEEP_WITHIN:
        return _corridor(measure, language)
    assert measure.target is not None  # noqa: S101 - Measure holds it
    return language.say("target {target}", target=value(measure.target, measure, language))


def facts(
    one: Standing, language: Language, zone: str, *, review: bool = False, past: bool = False, dated: bool = False
) -> Mrkdwn:
    """Value with its age and target, progress against today's pace, confidence: two lines.

    With `review`, a key result still waiting for this round's answer reads *answer due*; where it is being asked
    that needs no saying. `past` is for how it stood on an earlier day: then days have dates, as with `dated`, and
    nobody is asked.
    """
    said = progress_line(one, language, past=past)
    if review and not past and one.in_review and one.instead_of:
        said = language.say("{said} · answer due from {name}", said=said, name=clip(one.asked.name, 60))
    elif review and one.in_review:
        said = language.say("{said} · answer due", said=said)
    return Mrkdwn("\n").join([value_line(one, language, zone, dated=dated or past), said])


def done_facts(one: Standing, language: Language, zone: str, *, past: bool = False) -> Mrkdwn:
    """The same for what was reached: no pace and no colour any more."""
    said = [_done(language)]
    if one.last and not one.key_result.measure.is_corridor:
        said.insert(0, _drawn(one, language))
    return Mrkdwn("\n").join([value_line(one, language, zone, dated=past), Mrkdwn(" · ").join(said)])


def value_line(one: Standing, language: Language, zone: str, *, dated: bool = False) -> Mrkdwn:
    """43% (7 days ago) · target 60%; `dated` where it stays in a conversation, in which "yesterday" soon is wrong."""
    if one.last is None and one.passed_over:
        said = excuse_word(one.passed_over, language)
        return language.say("No value yet, {why} · {target}", why=said, target=target(one.key_result.measure, language))
    if one.last is None:
        return language.say("No value yet · {target}", target=target(one.key_result.measure, language))
    return language.say(
        "{value} ({age}) · {target}",
        value=bold(value(one.last.value, one.key_result.measure, language)),
        age=age(one.last, one, language, zone, dated=dated),
        target=target(one.key_result.measure, language),
    )


def age(last: CheckIn, one: Standing, language: Language, zone: str, *, dated: bool = False) -> str:
    """When the number was last said; a repeated one was only confirmed. Where nobody was asked, why not."""
    if one.passed_over:
        day = language.short_day(local_date(last.at, zone))
        return language.plain("{why}, value from {day}", why=excuse_word(one.passed_over, language), day=day)
    when = (language.date if dated else language.age)(last.at, one.today, zone)
    return language.plain("confirmed {when}", when=when) if last.via is Via.ONE_TAP else when


def excuse_word(excuse: Excuse, language: Language) -> str:
    """Why nobody is asked, in a word or two."""
    return {
        Excuse.AWAY: language.plain("away"),
        Excuse.HOLIDAY: language.plain("holiday"),
        Excuse.DAY_OFF: language.plain("day off"),
        Excuse.LEFT: language.plain("has left"),
        Excuse.ENDED: language.plain("no longer active"),
    }[excuse]


def progress_line(one: Standing, language: Language, *, past: bool = False) -> Mrkdwn:
    """▰▰▱▱▱▱▱▱▱▱ 15% done, 31 points behind pace · 🟢 On track"""
    if one.last is None and one.expected is None:
        return confidence(one, language)
    if one.last is None and one.expected is not None:
        expected = language.percent(one.expected)
        today = language.say("pace today {expected}", expected=expected)
        if past:
            today = language.say("pace on that day {expected}", expected=expected)
        return Mrkdwn(" · ").join([confidence(one, language), today])
    return Mrkdwn(" · ").join([pace(one, language), confidence(one, language)])


def pace(one: Standing, language: Language) -> Mrkdwn:
    """How far what was answered is, and how far it should be today."""
    if one.key_result.measure.is_corridor:
        return language.say("inside its range") if one.progress else language.say("outside its range")
    return Mrkdwn(", ").join([_drawn(one, language), against_pace(one, language)])


def _drawn(one: Standing, language: Language) -> Mrkdwn:
    return language.say("{bar} {done} done", bar=bar(one.progress), done=language.percent(one.progress))


def against_pace(one: Standing, language: Language) -> Mrkdwn:
    """31 points behind pace, 4 points ahead, or on pace."""
    points = language.points(abs(one.lag))
    if abs(one.lag) < ON_PACE:
        return language.say("on pace")
    if one.lag > 0:
        return language.say("{count} points behind pace", count=points)
    return language.say("{count} points ahead of pace", count=points)


def confidence(one: Standing, language: Language) -> Mrkdwn:
    """Shape and word; no colour for silence."""
    if one.stale:
        return language.say("{shape} No recent answer", shape=NO_COLOUR)
    if one.last is None:
        return language.say("{shape} Not started", shape=NO_COLOUR)
    return said(one.last.given, language)


def said(given: Given, language: Language) -> Mrkdwn:
    """🟢 On track, and 7 of 10 where a number was given."""
    return Mrkdwn(", ").join(filter(None, [marked(given.confidence, language), number(given, language)]))


def marked(colour: Confidence, language: Language) -> Mrkdwn:
    """🟢 On track"""
    return escape(f"{SHAPES[colour]} {confidence_word(colour, language)}")


def spans(scale: Scale) -> dict[str, str]:
    """The numbers of each colour: green is 7–10."""
    return {colour.value: "–".join(map(str, dict.fromkeys(scale.span(colour)))) for colour in Confidence}


def number(given: Given, language: Language) -> Mrkdwn:
    """7 of 10; nothing where a colour was given."""
    if given.number is None:
        return Mrkdwn("")
    return language.say("{number} of {most}", number=given.number, most=given.scale.numbers[-1])


def change(one: Standing, language: Language) -> Mrkdwn:
    """40% → 45%"""
    measure = one.key_result.measure
    assert one.before is not None  # noqa: S101 - only what moved is said to have moved
    assert one.last is not None  # noqa: S101
    return escape(f"{value(one.before.value, measure, language)} → {value(one.last.value, measure, language)}")


def spoken(one: Standing, language: Language, zone: str, *, dated: bool = False) -> Mrkdwn:
    """One line for a screen reader."""
    return language.say(
        "{title}: {value}, {confidence}",
        title=clip(one.key_result.title, 60),
        value=unmarked(value_line(one, language, zone, dated=dated)),
        confidence=_done(language) if one.key_result.is_done else confidence(one, language),
    )


def _done(language: Language) -> Mrkdwn:
    return language.say("✅ Done")


def _corridor(measure: Measure, language: Language) -> Mrkdwn:
    low = None if measure.low is None else value(measure.low, measure, language)
    high = None if measure.high is None else value(measure.high, measure, language)
    if low is None:
        return language.say("keep at most {high}", high=high)
    if high is None:
        return language.say("keep at least {low}", low=low)
    return language.say("keep between {low} and {high}", low=low, high=high)
