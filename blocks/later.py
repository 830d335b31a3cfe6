"""The small modal behind *Later*: an hour before the digest."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from blocks import ids, inputs
from blocks.language import Language
from blocks.message import View
from blocks.text import plain


def render(hours: Sequence[datetime], day: date, language: Language, zone: str) -> View:
    """Offers `hours`; `day` is the prompt's date."""
    options = [inputs.option(language.hour(hour, zone), str(int(hour.timestamp()))) for hour in hours]
    chosen = inputs.choice(options, options[0]["value"], kind="radio_buttons")
    hint = language.plain("This takes the place of my next reminder.")
    return {
        "type": "modal",
        "callback_id": ids.LATER_VIEW,
        "title": plain(language.plain("Later"), 24),
        "submit": plain(language.plain("Remind me then"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": day.isoformat(),
        "blocks": [inputs.labelled(ids.LATER_HOUR, language.plain("When shall I ask again?"), chosen, hint=hint)],
    }


def read(view: Mapping[str, Any]) -> tuple[date, int]:
    """(the prompt's date, the chosen moment in Unix seconds)."""
    return date.fromisoformat(view["private_metadata"]), int(inputs.read_choice(view, ids.LATER_HOUR))
