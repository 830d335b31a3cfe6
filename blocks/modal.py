"""Modals that only say something: that a form is being saved, was saved, or why it could not be."""

from collections.abc import Sequence

from blocks import ids, problems
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.text import Mrkdwn, plain, section
from okr.errors import Problem

MOST_BLOCKS = 100
"""Blocks of a modal in Slack."""


def notice(language: Language, text: Mrkdwn) -> View:
    """A sentence, and nothing to fill in."""
    return told(language, [section(text)])


def told(language: Language, blocks: Blocks, title: str = "") -> View:
    """More than a sentence, and nothing to fill in."""
    return {
        "type": "modal",
        "callback_id": ids.NOTICE_VIEW,
        "title": plain(title or language.plain("OKRs"), 24),
        "close": plain(language.plain("Close"), 24),
        "blocks": blocks[:MOST_BLOCKS],
    }


def waiting(language: Language) -> View:
    """Shown while nobody knows yet whether what was typed can be taken."""
    return notice(language, language.say("One moment… please leave this open."))


def saving(language: Language) -> View:
    """Shown while a slow save goes on; if it fails, a direct message says so."""
    return notice(language, language.say("Saving… you can close this, your answers are on their way."))


def saved(language: Language, count: int, gone: Sequence[Problem] = ()) -> View:
    """Shown after the last page when no message in Slack will say so, or when something was left out."""
    said = [problems.say(one, language) for one in gone]
    if count or not gone:
        said.insert(
            0,
            language.say_count(
                "Saved: {count} key result. Thank you!", "Saved: {count} key results. Thank you!", count
            ),
        )
    return notice(language, Mrkdwn("\n").join(said))


def done(language: Language) -> View:
    """Shown when a slow save has ended after all."""
    return notice(language, language.say("Done. You can close this."))
