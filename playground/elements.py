"""The interactive elements inside blocks: finding them, naming them, giving them ids."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from playground.ids import Ids
from playground.jsons import Json, text_of

SINGLE_CHOICES = ("static_select", "external_select", "radio_buttons")
SEVERAL_CHOICES = ("multi_static_select", "multi_external_select", "checkboxes")
TEXT_INPUTS = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input")
PRESSED = ("button", "overflow", "workflow_button", "icon_button", "feedback_buttons")  # these keep no value
INTERACTIVE = (
    *SINGLE_CHOICES,
    *SEVERAL_CHOICES,
    *TEXT_INPUTS,
    *PRESSED,
    "users_select",
    "multi_users_select",
    "conversations_select",
    "multi_conversations_select",
    "channels_select",
    "multi_channels_select",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "file_input",
)


@dataclass(frozen=True)
class Element:
    """An interactive element where it stands."""

    block: Json
    json: Json

    @property
    def block_id(self) -> str:
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        return str(self.json.get("action_id", ""))

    @property
    def type(self) -> str:
        return str(self.json.get("type", ""))

    @property
    def in_input(self) -> bool:
        return self.block.get("type") == "input"

    @property
    def keeps_value(self) -> bool:
        return self.type not in PRESSED

    @property
    def dispatches(self) -> bool:
        """Whether a change is told to the app at once."""
        return not self.in_input or bool(self.block.get("dispatch_action"))

    @property
    def label(self) -> str:
        """What a person calls it: the label of its input block, its own text, or its placeholder."""
        if self.in_input:
            return text_of(self.block.get("label"))
        return text_of(self.json.get("text")) or text_of(self.json.get("placeholder"))

    @property
    def names(self) -> list[str]:
        """Everything a person might call it by."""
        names = [
            self.label,
            text_of(self.json.get("placeholder")),
            str(self.json.get("accessibility_label", "")),
        ]
        if self.block.get("type") == "section":
            names.append(text_of(self.block.get("text")))
        return [name for name in names if name]

    @property
    def options(self) -> list[Json]:
        """The options written into the element itself, those of its groups included."""
        grouped = [option for group in self.json.get("option_groups") or [] for option in group["options"]]
        return list(self.json.get("options") or []) + grouped

    def visible_to(self, user: str) -> bool:
        chosen = self.json.get("visible_to_user_ids")
        return not chosen or user in chosen


def elements_in(blocks: list[Json]) -> Iterator[Element]:
    """Every interactive element of some blocks, in reading order."""
    for block in blocks:
        if block.get("type") == "container":
            yield from elements_in(block.get("child_blocks") or [])
        elif block.get("type") == "carousel":
            yield from elements_in(block.get("elements") or [])
        else:
            for json in _candidates(block):
                if isinstance(json, dict) and json.get("type") in INTERACTIVE:
                    yield Element(block, json)


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Element | None:
    matching = (
        element for element in elements_in(blocks) if element.block_id == block_id and element.action_id == action_id
    )
    return next(matching, None)


def with_ids(blocks: list[Json], ids: Ids) -> list[Json]:
    """A copy of blocks in which every block and element has an id, as Slack stores them."""
    copies = deepcopy(blocks)
    for block in copies:
        _name_block(block, ids)
    for element in elements_in(copies):
        if not element.json.get("action_id"):
            element.json["action_id"] = ids.next("a")
    return copies


def _candidates(block: Json) -> list[Any]:
    kind = block.get("type")
    if kind == "input":
        return [block.get("element")]
    if kind == "section":
        return [block.get("accessory")]
    if kind == "card":
        return list(block.get("actions") or [])
    if kind in ("actions", "context_actions"):
        return list(block.get("elements") or [])
    return []


def _name_block(block: Json, ids: Ids) -> None:
    if not block.get("block_id"):
        block["block_id"] = ids.next("b")
    children = block.get("child_blocks") if block.get("type") == "container" else None
    if block.get("type") == "carousel":
        children = block.get("elements")
    for child in children or []:
        _name_block(child, ids)
