"""The small modal behind *Later*: an hour before the digest."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from blocks import ids
from blocks.language import Language
from blocks.message import View
from blocks.text import LABEL, plain


def render(hours: Sequence[datetime], day: date, language: Language, zone: str) -> View:
    """Offers `hours`; `day` is the prompt's date."""
    options = [{"text": plain(language.hour(hour, zone), 75), "value": str(int(hour.timestamp()))} for hour in hours]
    return {
        "type": "modal",
        "callback_id": ids.LATER_VIEW,
        "title": plain(language.plain("Later"), 24),
        "submit": plain(language.plain("Remind me then"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": day.isoformat(),
        "blocks": [
            {
                "type": "input",
                "block_id": ids.LATER_HOUR,
                "label": plain(language.plain("When shall I ask again?"), LABEL),
                "hint": plain(language.plain("This takes the place of my next reminder."), 150),
                "element": {
                    "type": "radio_buttons",
                    "action_id": ids.LATER_HOUR,
                    "options": options,
                    "initial_option": options[0],
                },
            }
        ],
    }


def read(view: Mapping[str, Any]) -> tuple[date, int]:
    """(the prompt's date, the chosen moment in Unix seconds)."""
    state = view["state"]["values"][ids.LATER_HOUR][ids.LATER_HOUR]
    return date.fromisoformat(view["private_metadata"]), int(state["selected_option"]["value"])
