"""How many key results carry which colour, in a line."""

from blocks import standing
from blocks.language import Language
from blocks.text import Mrkdwn, escape
from okr.confidence import Confidence
from okr.digest import Counts


def counts_line(counts: Counts, language: Language, previous: Counts | None = None) -> Mrkdwn:
    """🟢 5 on track (+1) · 🛑 none off track (−1); without a change where nothing changed, and without a colour that
    nothing has where that is no news.
    """
    if not counts.total:
        return language.say("No key results yet")
    before = previous or counts
    parts = [
        _count(standing.SHAPES[one], _coloured(one, now, language), now - then)
        for one, now, then in (
            (Confidence.GREEN, counts.green, before.green),
            (Confidence.YELLOW, counts.yellow, before.yellow),
            (Confidence.RED, counts.red, before.red),
        )
        if now or then
    ]
    if counts.withdrawn:
        without = language.plain("{count} without a recent answer", count=counts.withdrawn)
        parts.append(_count(standing.NO_COLOUR, without))
    if counts.unknown:
        parts.append(_count(standing.NO_COLOUR, language.plain("{count} not started", count=counts.unknown)))
    return Mrkdwn(" · ").join(parts)


def _coloured(confidence: Confidence, count: int, language: Language) -> str:
    if not count:
        return {
            Confidence.GREEN: language.plain("none on track"),
            Confidence.YELLOW: language.plain("none at risk"),
            Confidence.RED: language.plain("none off track"),
        }[confidence]
    return {
        Confidence.GREEN: language.plain("{count} on track", count=count),
        Confidence.YELLOW: language.plain("{count} at risk", count=count),
        Confidence.RED: language.plain("{count} off track", count=count),
    }[confidence]


def _count(shape: str, text: str, change: int = 0) -> Mrkdwn:
    return escape(f"{shape} {text} ({change:+d})".replace("-", "−") if change else f"{shape} {text}")
