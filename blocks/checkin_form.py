"""The check-in modal: render() draws it and read() reads it back; nobody else knows its fields."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blocks import checkin_fields as fields
from blocks import ids, problems, standing
from blocks.checkin_fields import Question
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.text import (
    Mrkdwn,
    context,
    divider,
    plain,
    section,
)
from okr.checkins import Answer, needs_note
from okr.confidence import Scale
from okr.errors import AnswerProblem, Problem

PER_PAGE = 3
"""Key results on one page: value and confidence each make six inputs, which is where a modal gets long."""


@dataclass(frozen=True)
class Form:
    """One page of a check-in, and what the pages after it ask.

    `rest` are the key results of the pages to come, `done` how many pages are behind, `gone` why some cannot be
    answered any more. `opened` are the questions whose details are open, `shown` the value each field started from
    (so that "+2" adds once) and `based_on` the answer. `day` is the prompt's date, `counts_for` that of the round it
    answers when the prompt's is over. What `edits` changes the newest answer.
    """

    questions: tuple[Question, ...]
    rest: tuple[str, ...] = ()
    done: int = 0
    opened: frozenset[str] = frozenset()
    day: date | None = None
    zone: str = "UTC"
    shown: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    """Questions that were sent without the note they need; the form says so above the field."""
    overtaken: frozenset[str] = frozenset()
    """Questions that somebody else answered while the form was open; the form says so above the field."""
    based_on: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[Problem, ...] = ()
    counts_for: date | None = None
    edits: bool = False
    from_home: bool = False

    @property
    def pages(self) -> int:
        return self.done + 1 + -(-len(self.rest) // PER_PAGE)


@dataclass(frozen=True)
class Reading:
    """What a submitted page says: answers when all could be read, else an error for each field to mend.

    `missing` are questions that lack a note whose field was not open yet, `overtaken` those that somebody else has
    answered since the form was drawn.
    """

    answers: tuple[Answer, ...]
    errors: Mapping[str, str]
    missing: frozenset[str]
    overtaken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Memo:
    """What the form remembers between being drawn and being read (Slack's private_metadata)."""

    ids: tuple[str, ...]
    rest: tuple[str, ...]
    done: int
    opened: frozenset[str]
    shown: Mapping[str, str]
    based_on: Mapping[str, str]
    day: date | None
    edits: bool
    from_home: bool
    scale: Scale
    """What the form was drawn with: it stays, whatever the company chooses while somebody fills it in."""


def render(form: Form, language: Language) -> View:
    """One page of the form, every field filled with what was said last."""
    title = language.plain("Check-in")
    if form.pages > 1:
        title = language.plain("Check-in {page} of {pages}", page=form.done + 1, pages=form.pages)
    last = not form.rest
    return {
        "type": "modal",
        "callback_id": ids.CHECK_IN_VIEW,
        "title": plain(title, 24),
        "submit": plain(language.plain("Save") if last else language.plain("Save and next"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": _memo(form),
        "blocks": _blocks(form, language),
    }


def read_memo(view: Mapping[str, Any]) -> Memo:
    """What the form remembers, of a view as Slack sends it back."""
    memo = json.loads(view["private_metadata"])
    return Memo(
        ids=tuple(memo["ids"]),
        rest=tuple(memo["rest"]),
        done=memo["done"],
        opened=frozenset(memo["ids"][place] for place in memo["open"]),
        shown=dict(zip(memo["ids"], memo["shown"], strict=True)),
        based_on=dict(zip(memo["ids"], memo["last"], strict=True)),
        day=date.fromisoformat(memo["day"]) if memo["day"] else None,
        edits=memo["edits"],
        from_home=memo["home"],
        scale=Scale(memo["scale"]),
    )


def read(view: Mapping[str, Any], form: Form, language: Language) -> Reading:
    """Read a submitted page. `form` holds the same questions the page was drawn from, as they stand now."""
    memo = read_memo(view)
    answers: list[Answer] = []
    errors: dict[str, str] = {}
    missing: set[str] = set()
    for question in form.questions:
        try:
            answers.append(
                fields.read_answer(
                    view,
                    question,
                    language,
                    errors,
                    shown=memo.shown.get(question.id, ""),
                    opened=question.id in memo.opened,
                )
            )
        except AnswerProblem as problem:
            where = ids.field(ids.NOTE, question.id)
            if question.id in memo.opened:
                errors[where] = problems.say_plain(problem, language)
            else:
                missing.add(question.id)
        except fields.Unreadable:
            pass
    overtaken = {one.id for one in form.questions if one.by and memo.based_on.get(one.id) != _last(one)}
    told = not (errors or missing or overtaken)
    return Reading(tuple(answers) if told else (), errors, frozenset(missing), frozenset(overtaken))


def _memo(form: Form) -> str:
    keys = [question.id for question in form.questions]
    return json.dumps(
        {
            "ids": keys,
            "rest": form.rest,
            "done": form.done,
            "open": [place for place, key in enumerate(keys) if key in form.opened],
            "shown": [_shown(question, form) for question in form.questions],
            "last": [form.based_on.get(question.id, _last(question)) for question in form.questions],
            "day": form.day.isoformat() if form.day else "",
            "edits": form.edits,
            "home": form.from_home,
            "scale": (form.questions[0].scale if form.questions else Scale.COLOURS).value,
        },
        separators=(",", ":"),
    )


def _shown(question: Question, form: Form) -> str:
    if question.id in form.shown:
        return form.shown[question.id]
    return str(question.standing.value) if question.standing.value is not None else ""


def _last(question: Question) -> str:
    return question.standing.last.id if question.standing.last else ""


def _blocks(form: Form, language: Language) -> Blocks:
    blocks: Blocks = [context(problems.say(one, language)) for one in form.gone]
    if form.counts_for:
        when = language.day(form.counts_for)
        blocks.append(context(language.say("This counts for the check-in of {day}.", day=when)))
    for place, question in enumerate(form.questions):
        if place:
            blocks.append(divider())
        blocks.append(_heading(question, form, language))
        blocks.append(fields.value(question, _shown(question, form), language, focus=place == 0))
        blocks.append(fields.confidence(question, language))
        blocks += fields.details(
            question, language, opened=question.id in form.opened, missing=question.id in form.missing
        )
    return blocks


def _heading(question: Question, form: Form, language: Language) -> dict[str, Any]:
    one = question.standing
    lines = [standing.title(one), *standing.in_place_of(one, language), standing.facts(one, language, form.zone)]
    if question.id in form.overtaken:
        lines.append(
            language.say("⚠️ {name} answered this while you were at it. Save again to replace it.", name=question.by)
        )
    return section(Mrkdwn("\n").join(lines), block_id=f"about:{question.id}")


def opened_at_first(questions: tuple[Question, ...]) -> frozenset[str]:
    """Questions whose details open by themselves: the colour they start with needs a note."""
    return frozenset(
        question.id
        for question in questions
        if question.standing.last and needs_note(question.standing.last.confidence, question.before)
    )
