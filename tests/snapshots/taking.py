"""Taking everything along: the form an admin fills in, and the words above the file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from blocks import export_form, export_words
from blocks.language import Language
from okr.company import Company, ObjectivePlan
from okr.exports import Export, Format, Wanted
from tests.making import MONDAY, ROME
from tests.snapshots.drawing import Drawn

GOAL = ObjectivePlan(key="love", team="growth", cycle="q4", title="Become the shop people come back to")


def export_modal(reader: Language) -> Mapping[str, Drawn]:
    return {"/okr export": export_form.render(reader)}


def export_words_(reader: Language) -> Mapping[str, Drawn]:
    company = Company("Ruota", (), (), (), (GOAL, replace(GOAL, key="solid")), (), ())
    export = Export(company, {}, {}, datetime(2026, 11, 16, 9, tzinfo=UTC), ROME)
    one = replace(export, company=replace(company, objectives=(GOAL,)))
    said = {
        f"{format}{' with history' if history else ''}": export_words.render(
            export, Wanted(format, history=history), "", MONDAY, reader
        )
        for format in Format
        for history in (False, True)
    }
    flaw = 'line 12, teams[4].parent: expected a parent, since "company" is the top already, got none'
    return {
        **said,
        "A company that no single file can say": export_words.render(one, Wanted(), flaw, MONDAY, reader),
        "Where the command was typed": export_words.render_sent(reader),
    }
