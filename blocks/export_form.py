"""The form in which an admin chooses what to take along."""

from collections.abc import Mapping
from typing import Any

from blocks import ids, inputs
from blocks.language import Language
from blocks.message import View
from blocks.text import plain
from okr.exports import Format, Wanted

FORMAT, HISTORY = "export_format", "export_history"


def render(language: Language) -> View:
    formats = [
        inputs.option(language.plain("Company file (YAML)"), Format.YAML, language.plain("To be imported again")),
        inputs.option(language.plain("Spreadsheet (XLSX)"), Format.XLSX, language.plain("How things stand, in sheets")),
        inputs.option(
            language.plain("Table (CSV)"), Format.CSV, language.plain("A row for each key result, or each check-in")
        ),
        inputs.option(language.plain("Page (Markdown)"), Format.MARKDOWN, language.plain("To read and to pass on")),
    ]
    history: inputs.Element = {
        "type": "checkboxes",
        "options": [inputs.option(language.plain("With every check-in"), HISTORY)],
    }
    return {
        "type": "modal",
        "callback_id": ids.EXPORT_VIEW,
        "title": plain(language.plain("Export"), 24),
        "submit": plain(language.plain("Send me the file"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "blocks": [
            inputs.labelled(
                FORMAT, language.plain("What you want"), inputs.choice(formats, Format.YAML, kind="radio_buttons")
            ),
            inputs.labelled(HISTORY, language.plain("History"), history, optional=True),
        ],
    }


def read(view: Mapping[str, Any]) -> Wanted:
    chosen = inputs.state(view, HISTORY).get("selected_options") or []
    return Wanted(Format(inputs.read_choice(view, FORMAT)), history=bool(chosen))
