"""What `/okr export` is told, the form that asks for it, and what is said above the file."""

import pytest

from blocks import command_words, export_form, export_words
from blocks.language import Language
from okr.company import Company
from okr.exports import Export, Format, Wanted
from playground.blockkit import check_message, check_view
from tests.blocks.sending import ENGLISH, ITALIAN
from tests.making import MONDAY, ROME, at

COMPANY = Company("Northwind <!channel>", (), (), (), (), (), ())
EXPORT = Export(COMPANY, {}, {}, at("2026-11-16 09:00", ROME), ROME)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", Wanted()),
        ("yaml", Wanted()),
        ("XLSX", Wanted(Format.XLSX)),
        ("excel with history", Wanted(Format.XLSX, history=True)),
        ("csv check-ins", Wanted(Format.CSV, history=True)),
        ("pagina con storia", Wanted(Format.MARKDOWN, history=True)),
        ("tabella e cronologia", Wanted(Format.CSV, history=True)),
        ("storia", Wanted(history=True)),
        ("pdf", None),
        ("csv xlsx", None),
        ("yaml of growth", None),
    ],
)
def test_a_format_is_read_in_either_language(typed: str, wanted: Wanted | None) -> None:
    assert command_words.export(typed) == wanted


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN], ids=["English", "Italian"])
def test_the_form_reads_back_what_was_chosen(reader: Language) -> None:
    view = export_form.render(reader)
    assert check_view(view, "modal") == []
    formats, history = (block["element"] for block in view["blocks"])
    for option in formats["options"]:
        for chosen in ([], history["options"]):
            values = {
                export_form.FORMAT: {export_form.FORMAT: {"selected_option": option}},
                export_form.HISTORY: {export_form.HISTORY: {"selected_options": chosen}},
            }
            wanted = Wanted(Format(option["value"]), history=bool(chosen))
            assert export_form.read({"state": {"values": values}}) == wanted
    assert len(formats["options"]) == len(Format)


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN], ids=["English", "Italian"])
def test_what_stands_above_the_file_is_taken_by_slack_whatever_it_says(reader: Language) -> None:
    for wanted in (Wanted(format, history=history) for format in Format for history in (False, True)):
        message = export_words.render(EXPORT, wanted, "teams[1]: <!here>\n" * 200, MONDAY, reader)
        assert check_message({"text": message.text, "blocks": message.blocks}) == []
        assert "<!" not in message.text
        assert len(message.text) < 3900
