"""What stands in the input elements of a view or message, in Slack's shape and in a plain one.

The plain one is what the page and the tests speak: a string, a list of strings, or None.
"""

from dataclasses import dataclass, field

from playground.elements import SEVERAL_CHOICES, SINGLE_CHOICES, TEXT_INPUTS, Element, elements_in
from playground.errors import CannotDoError
from playground.jsons import Json

Plain = str | list[str] | None

# Elements whose state is one key holding a string or a list of strings: (key, key of the initial value).
NAMED_CHOICES = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
NAMED_LISTS = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}


@dataclass
class Values:
    """The values of all elements of one surface, as `state.values` lists them."""

    entries: dict[str, dict[str, Json]] = field(default_factory=dict)
    offered: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # answers to block_suggestion

    @classmethod
    def of(cls, blocks: list[Json]) -> "Values":
        """The values blocks start with."""
        values = cls()
        for element in elements_in(blocks):
            if element.keeps_value:
                values._put(element, initial_entry(element))
        return values

    def carried_over(self, blocks: list[Json]) -> "Values":
        """The values after blocks were replaced: kept where block_id, action_id and type are the same."""
        values = Values.of(blocks)
        values.offered = dict(self.offered)
        for element in elements_in(blocks):
            old = self.entry(element)
            if element.keeps_value and old is not None and _still_fits(element, old, self):
                values._put(element, old)
        return values

    def entry(self, element: Element) -> Json | None:
        return self.entries.get(element.block_id, {}).get(element.action_id)

    def set(self, element: Element, plain: Plain) -> None:
        """Choose or type a value; raises CannotDoError for one the element does not offer."""
        self._put(element, entry_for(element, plain, self.options(element)))

    def options(self, element: Element) -> list[Json]:
        return element.options + self.offered.get((element.block_id, element.action_id), [])

    def plain(self, element: Element) -> Plain:
        entry = self.entry(element)
        return plain_of(entry) if entry else None

    def all_plain(self) -> dict[str, dict[str, Plain]]:
        return {
            block_id: {action_id: plain_of(entry) for action_id, entry in actions.items()}
            for block_id, actions in self.entries.items()
        }

    def _put(self, element: Element, entry: Json) -> None:
        self.entries.setdefault(element.block_id, {})[element.action_id] = entry


def initial_entry(element: Element) -> Json:
    """The state an element has before anybody touched it."""
    json, kind = element.json, element.type
    if kind in SINGLE_CHOICES:
        return {"type": kind, "selected_option": json.get("initial_option")}
    if kind in SEVERAL_CHOICES:
        return {"type": kind, "selected_options": list(json.get("initial_options") or [])}
    if kind in NAMED_LISTS:
        key, initial = NAMED_LISTS[kind]
        return {"type": kind, key: list(json.get(initial) or [])}
    if kind in NAMED_CHOICES:
        key, initial = NAMED_CHOICES[kind]
        return _with_zone(element, {"type": kind, key: json.get(initial)})
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": json.get("initial_value")}
    if kind == "file_input":
        return {"type": kind, "files": []}
    return {"type": kind, "value": json.get("initial_value")}


def entry_for(element: Element, plain: Plain, options: list[Json]) -> Json:
    """The state an element has with a plain value in it."""
    kind = element.type
    several = [plain] if isinstance(plain, str) else list(plain or [])
    single = several[0] if several else None
    if kind in SINGLE_CHOICES:
        return {"type": kind, "selected_option": _option(options, single, element) if single else None}
    if kind in SEVERAL_CHOICES:
        most = element.json.get("max_selected_items")
        if most and len(several) > most:
            raise CannotDoError(f"{element.label or kind} takes at most {most} options")
        return {"type": kind, "selected_options": [_option(options, one, element) for one in several]}
    if kind in NAMED_LISTS:
        return {"type": kind, NAMED_LISTS[kind][0]: several}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": int(single) if single else None}
    if kind in NAMED_CHOICES:
        return _with_zone(element, {"type": kind, NAMED_CHOICES[kind][0]: single or None})
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": rich_text(single) if single else None}
    if kind in TEXT_INPUTS:
        return {"type": kind, "value": _typed(element, single)}
    raise CannotDoError(f"A {kind} takes no value")


def plain_of(entry: Json) -> Plain:
    """The plain value of a state entry."""
    kind = entry["type"]
    if kind in SINGLE_CHOICES:
        option = entry["selected_option"]
        return option["value"] if option else None
    if kind in SEVERAL_CHOICES:
        return [option["value"] for option in entry["selected_options"]]
    if kind in NAMED_LISTS:
        return list(entry[NAMED_LISTS[kind][0]])
    if kind in NAMED_CHOICES:
        chosen = entry[NAMED_CHOICES[kind][0]]
        return None if chosen is None else str(chosen)
    if kind == "rich_text_input":
        return plain_of_rich_text(entry["rich_text_value"])
    if kind == "file_input":
        return []
    value = entry["value"]
    return None if value is None else str(value)


def rich_text(*elements: Json | str) -> Json:
    """Typed text, with what is mentioned in it, as the rich_text block Slack's composer makes of it."""
    children = [{"type": "text", "text": one} if isinstance(one, str) else one for one in elements]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": children}]}


def plain_of_rich_text(block: Json | None) -> str | None:
    if block is None:
        return None
    parts = [child.get("text", "") for section in block["elements"] for child in section.get("elements", [])]
    return "".join(parts)


def _option(options: list[Json], value: str, element: Element) -> Json:
    for option in options:
        if option.get("value") == value:
            return option
    raise CannotDoError(f"{element.label or element.type} does not offer {value!r}")


def _typed(element: Element, text: str | None) -> str | None:
    most = element.json.get("max_length") or 3000
    if text and len(text) > most:
        raise CannotDoError(f"{element.label or element.type} takes at most {most} characters")
    return text or None


def _with_zone(element: Element, entry: Json) -> Json:
    if element.type == "timepicker" and element.json.get("timezone"):
        entry["timezone"] = element.json["timezone"]
    return entry


def _still_fits(element: Element, old: Json, values: Values) -> bool:
    if old["type"] != element.type:
        return False
    if element.type in ("external_select", "multi_external_select"):
        return True
    offered = {option.get("value") for option in values.options(element)}
    if element.type in SINGLE_CHOICES:
        option = old["selected_option"]
        return option is None or option["value"] in offered
    if element.type in SEVERAL_CHOICES:
        return all(option["value"] in offered for option in old["selected_options"])
    return True
