"""Everything okrbot says, as it stands in the snapshots: reviewed when it changes, and none of it left out."""

import gettext
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from difflib import unified_diff
from types import CodeType, FrameType, FunctionType
from typing import get_type_hints

import pytest

import blocks
from blocks import command_words, ids
from blocks import language as languages
from blocks.message import Blocks, Message, View
from blocks.problems import SENTENCES
from tests.blocks.test_language import every_text
from tests.snapshots.pages import FOLDER, LOCALES, pages
from tests.snapshots.surfaces import SURFACES

WRITE = "Read the difference; if it is what you want, `make snapshots` writes it."
NOWHERE_DRAWN = {ids.CHECK_IN_SHORTCUT}
"""The name of a shortcut stands in Slack's manifest alone."""
DRAWINGS = (Message, list[Message], View, Blocks)
"""What a function returns that draws a surface, or a part of one."""


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return pages()


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_reads_as_it_was_reviewed(surface: str, code: str, drawn: dict[str, str]) -> None:
    path = f"{code}/{surface}.txt"
    kept = (FOLDER / path).read_text(encoding="utf-8") if (FOLDER / path).exists() else ""
    difference = unified_diff(kept.splitlines(), drawn[path].splitlines(), "reviewed", "now", lineterm="")
    assert kept == drawn[path], "\n".join([path, WRITE, *difference])


def test_no_snapshot_is_left_of_what_is_gone(drawn: dict[str, str]) -> None:
    assert sorted(f"{path.parent.name}/{path.name}" for path in FOLDER.glob("*/*.txt")) == sorted(drawn)


@pytest.mark.parametrize("code", LOCALES)
def test_every_button_form_and_field_stands_in_a_snapshot(code: str, drawn: dict[str, str]) -> None:
    named = {value for name, value in vars(ids).items() if name.isupper()} - NOWHERE_DRAWN
    everything = "\n".join(text for path, text in drawn.items() if path.startswith(code))
    assert {one for one in named if one not in everything} == set()


@pytest.mark.parametrize("code", LOCALES)
def test_help_names_every_command(code: str, drawn: dict[str, str]) -> None:
    said = drawn[f"{code}/help.txt"]
    commands = command_words.COMMANDS.items()
    assert [one for one, words in commands if not any(f"`/okr {word}" in said for word in words)] == []


@pytest.mark.parametrize("code", LOCALES)
def test_every_problem_is_said_in_a_snapshot(code: str, drawn: dict[str, str]) -> None:
    assert [id for id in SENTENCES if f"===== {id} =====" not in drawn[f"{code}/problems.txt"]] == []


def test_every_function_that_draws_is_called_for_a_snapshot() -> None:
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, arg: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        pages()
    finally:
        sys.setprofile(before)
    assert [f"{one.__module__}.{one.__name__}" for one in _drawing() if one.__code__ not in called] == []


def test_every_text_is_said_in_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()

    class Listening(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            said.add(message)
            return message

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return self.gettext(msgid1 if n == 1 else msgid2)

    monkeypatch.setattr(languages, "_texts", lambda code: Listening())
    pages()
    texts = {text for one in every_text() for text in ([one] if isinstance(one, str) else one)}
    assert sorted(texts - said) == []


def _drawing() -> Iterator[FunctionType]:
    """Every public function of blocks/ that draws."""
    for module in pkgutil.iter_modules(blocks.__path__, "blocks."):
        for name, one in vars(importlib.import_module(module.name)).items():
            here = isinstance(one, FunctionType) and one.__module__ == module.name and not name.startswith("_")
            if here and get_type_hints(one).get("return") in DRAWINGS:
                yield one
