"""Names that travel to Slack and back: actions, views, blocks, and what a button's value says."""

from dataclasses import dataclass
from datetime import date

CHECK_IN = "checkin.open"
EDIT = "checkin.edit"
NOTHING_CHANGED = "checkin.repeat"
NOTHING_CHANGED_ALL = "checkin.repeat_all"
LATER = "prompt.later"
DETAILS = "checkin.details"
CONFIDENCE = "checkin.confidence"

SETUP, NEW_OBJECTIVE = "setup.open", "definition.new"
EDIT_DEFINITION, CHOOSE_DEFINITION, UNDO = "definition.edit", "definition.choose", "definition.undo"
REVIEW = "definition.review"
TEMPLATE, SKIP = "definition.template", "definition.skip"

POST_AGAIN = "doctor.post_again"

TREE = "tree.open"

WHY = "message.why"
FEWER = "findings.fewer"

CHECK_IN_VIEW = "checkin"
LATER_VIEW = "later"
NOTICE_VIEW = "notice"
EXPORT_VIEW = "export"
SETUP_VIEW, REVIEW_VIEW = "setup", "review"
OBJECTIVE_VIEW, KEY_RESULT_VIEW, CHOICE_VIEW = "objective", "key_result", "definition_choice"
LATER_HOUR = "later.hour"
CHECK_IN_SHORTCUT = "okr_checkin"

VALUE, NOTE, WIN, BLOCKER, ACTIONS = "value", "note", "win", "blocker", "actions"


def about_day(day: date) -> str:
    """A button about all that is asked on a date."""
    return f"day:{day.isoformat()}"


def about_key_result(key_result_id: str, day: date | None = None) -> str:
    """A button about one key result; `day` says which prompt it stands in."""
    return f"kr:{key_result_id}:{day.isoformat() if day else ''}"


def about_sending(delivery_id: str, tries: int) -> str:
    """A button about a message that had been tried so often when the button was drawn."""
    return f"sending:{delivery_id}:{tries}"


def read_sending(value: str) -> tuple[str, int]:
    """(the message, how often it had been tried)."""
    _, delivery_id, tries = value.split(":")
    return delivery_id, int(tries)


def about_definition(objective_id: str, key_result_id: str = "") -> str:
    """A button, or an option of a menu, about an objective or one of its key results."""
    return f"key_result:{key_result_id}" if key_result_id else f"objective:{objective_id}"


def about_more(objective_id: str) -> str:
    """An option about a key result that is to be written under an objective."""
    return f"more:{objective_id}"


def read_definition(value: str) -> tuple[str, str]:
    """(the objective, or empty; the key result, or empty)."""
    kind, _, id = value.partition(":")
    return (id, "") if kind == "objective" else ("", id)


def read_more(value: str) -> str:
    """The objective under which a key result is to be written, if that is what is meant."""
    kind, _, id = value.partition(":")
    return id if kind == "more" else ""


@dataclass(frozen=True)
class AboutMessage:
    """Which message of ours a button stands under: `name` is a date or a round's id, `part` a reminder's number."""

    what: str
    part: int
    name: str

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.name)
        except ValueError:
            return None


def about_message(what: str, about: object, part: int = 0) -> str:
    """A button about the message it stands under; `about` is a date or a round's id."""
    return f"why:{what}:{part}:{about}"


def read_message(value: str) -> AboutMessage:
    """The message a button is about; one that cannot be read any more is about none."""
    _, what, part, name = (value.split(":", 3) + [""] * 3)[:4]
    return AboutMessage(what, int(part) if part.isdecimal() else 0, name)


def read_day(value: str) -> date | None:
    """The date a button is about, None when it is not about one."""
    last = value.rpartition(":")[2]
    return date.fromisoformat(last) if last else None


def read_key_result(value: str) -> str | None:
    """The key result a button is about, None when it is about a whole day."""
    kind, _, rest = value.partition(":")
    return rest.partition(":")[0] if kind == "kr" else None


def field(name: str, key_result_id: str) -> str:
    """The block id of a form's field. It never changes, so that what was typed survives an update."""
    return f"{name}:{key_result_id}"
