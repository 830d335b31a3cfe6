"""Every message and view, whatever people wrote: Slack takes it, and nobody is called by it."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks import besides, checkin_form, digest, help, home, ids, later, modal, notice, problems, prompt, status, tree
from blocks.checkin_fields import Question
from blocks.checkin_form import Form
from blocks.digest import Circumstances
from blocks.home import Home, TeamView
from blocks.language import Language, language
from blocks.message import Message, View
from blocks.problems import SENTENCES
from blocks.prompt import Prompt
from blocks.status import Status
from blocks.text import UNSEEN, escape, mention, section
from blocks.tree import Tree
from okr.digest import Digest, summarise
from okr.errors import Problem
from okr.goals import Action
from okr.standing import Standing
from playground.blockkit import check_message, check_view
from playground.blockkit.visible import visible_length
from tests.blocks import strategies as any_
from tests.blocks.crowd import LONG, LONGEST, TEXTS, crowd
from tests.making import MONDAY, ROME, at, round_of, team

CHANNEL = "<#C0GROWTH>"
NOON = at("2026-11-17 12:00", ROME)
SPOKEN, MAIN_BLOCKS, MAIN_CHARACTERS = 3900, 40, 9200
quick = settings(deadline=None, derandomize=True, max_examples=25)


def objects(payload: object, kind: str) -> Iterator[Mapping[str, Any]]:
    """Every object of this type, however deep it lies."""
    if isinstance(payload, Mapping):
        if payload.get("type") == kind:
            yield payload
        for value in payload.values():
            yield from objects(value, kind)
    elif isinstance(payload, list):
        for value in payload:
            yield from objects(value, kind)


def active_entities(payload: Mapping[str, Any]) -> list[str]:
    """All that Slack would make a mention or a link of: every angle bracket in its markup that is not escaped."""
    texts = [str(one["text"]) for one in objects(payload, "mrkdwn")]
    if "type" not in payload:
        texts.append(str(payload["text"]))
    return [found for text in texts for found in re.findall(r"<[^>]*>?", text)]


def is_safe(payload: Mapping[str, Any]) -> None:
    """Nothing is mentioned but the team's channel, nothing is linked by itself, nothing turns the text around."""
    assert set(active_entities(payload)) <= {CHANNEL}
    marked = list(objects(payload, "mrkdwn"))
    assert [one for one in marked if one.get("verbatim") is not True] == []
    assert [one for one in (*marked, *objects(payload, "plain_text")) if UNSEEN.search(one["text"])] == []


def is_fine(message: Message) -> None:
    """Slack takes the message, also when it is an update, and a screen reader gets all of its text."""
    payload = {"text": message.text, "blocks": message.blocks}
    assert check_message(payload, editing=True) == []
    assert 0 < len(message.text) <= SPOKEN
    is_safe(payload)


def is_a_fine_modal(view: View) -> None:
    assert check_view(view, "modal") == []
    is_safe(view)


@given(any_.prompts(), any_.languages)
@quick
def test_every_prompt_reminder_and_receipt_is_taken(asked: Prompt, reader: Language) -> None:
    message = prompt.render(asked, reader)
    is_fine(message)
    if not (asked.over and asked.waiting):
        assert {CHANNEL} <= set(active_entities({"text": message.text, "blocks": message.blocks}))


@given(any_.prompts(), any_.languages)
@quick
def test_every_prompt_that_waits_can_be_answered(asked: Prompt, reader: Language) -> None:
    message = prompt.render(asked, reader)
    actions = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    expired = asked.over or (asked.reminder and not asked.open)
    assert actions[-1]["action_id"] == ids.WHY
    assert (len(actions) > 1) is bool(asked.waiting and not expired)


@given(any_.forms(), any_.languages)
@quick
def test_every_page_of_a_form_is_taken(form: Form, reader: Language) -> None:
    view = checkin_form.render(form, reader)
    is_a_fine_modal(view)
    assert len(view["private_metadata"]) <= 3000


@given(any_.texts, any_.languages, st.integers(0, 60))
@quick
def test_every_notice_in_place_of_a_form_is_taken(text: str, reader: Language, count: int) -> None:
    is_a_fine_modal(modal.saving(reader))
    is_a_fine_modal(modal.saved(reader, count))
    is_a_fine_modal(modal.notice(reader, escape(f"No: {text}")))


@given(any_.digests(), any_.circumstances, any_.languages)
@quick
def test_every_digest_is_taken_and_leaves_no_key_result_out(
    summary: Digest, circumstances: Circumstances, reader: Language
) -> None:
    is_a_whole_digest(summary, digest.render(summary, reader, circumstances))


def is_a_whole_digest(summary: Digest, messages: list[Message]) -> None:
    """The main message can be read at a glance, and every key result stands in it or in its thread."""
    for message in messages:
        is_fine(message)
    main = messages[0]
    assert len(main.blocks) <= MAIN_BLOCKS
    assert visible_length(main.blocks) <= MAIN_CHARACTERS
    shown = "\n".join(one["text"] for message in messages for one in objects(message.blocks, "mrkdwn"))
    assert {f"№{place};" for place in range(len(summary.standings))} <= set(re.findall(r"№\d+;", shown))


@pytest.mark.parametrize(
    ("locale", "text", "length"),
    [
        *((locale, text, LONG) for locale in ("en-GB", "it-IT") for text in TEXTS),
        *((locale, "ampersands", LONG) for locale in ("de-DE", "fr-FR")),
        ("en-GB", "words", LONGEST),
    ],
)
def test_sixty_key_results_of_nothing_but_long_texts_fit_everywhere(locale: str, text: str, length: int) -> None:
    shown, reader = crowd(TEXTS[text], length), language(locale)
    owner = shown[0].owner
    for reminder in (0, 1):
        is_fine(prompt.render(Prompt(owner, MONDAY, shown, NOON, ("C0GROWTH",) * 3, reminder=reminder), reader))
    summary = summarise(team(name=owner.name), round_of(), shown)
    messages = digest.render(summary, reader, Circumstances((MONDAY,) * 30, updated=True, over=True))
    is_a_whole_digest(summary, messages)
    is_fine(status.render(Status(status.heading("person", reader, owner.name), shown, frozenset(), ROME), reader))
    is_fine(notice.render(shown, [], MONDAY, reader, ROME))
    views = tuple(TeamView(team(name=owner.name, next_date=MONDAY), shown[place : place + 3]) for place in range(20))
    home_tab = home.render(Home(owner, shown, views), reader)
    assert check_view(home_tab, "home") == []
    is_safe(home_tab)
    questions = tuple(Question(one, one.before, (Action("a", one.key_result.id, owner.name),)) for one in shown[:3])
    opened = frozenset(question.id for question in questions)
    is_a_fine_modal(checkin_form.render(Form(questions, opened=opened, missing=opened), reader))


@pytest.mark.parametrize("cut", range(12))
@pytest.mark.parametrize("written", ["&amp;", "&lt;!channel&gt; ", "<#C0GROWTH> "])
def test_a_digest_told_to_a_lead_keeps_its_lines_and_is_cut_between_its_marks(written: str, cut: int) -> None:
    text = f"Growth: check-in of Monday\n{'x' * cut}{written * 1000}"[:SPOKEN]
    said = Message(text=text[: text.rfind(written)], blocks=[section(escape("Hello"))])
    told = notice.render_unposted(said, "r2", "C0GROWTH", "is_archived", language("en-GB"))
    is_fine(told)
    assert re.findall(r"&(?!amp;|lt;|gt;)|<(?!#C0GROWTH>)", told.text) == []
    assert told.text.splitlines()[1] == "Growth: check-in of Monday"
    assert told.blocks[1:-1] == said.blocks


@given(any_.languages)
@quick
def test_a_digest_that_became_shorter_says_so(reader: Language) -> None:
    is_fine(digest.nothing_more(reader))


@given(st.data(), any_.languages)
@quick
def test_every_status_is_taken(data: st.DataObject, reader: Language) -> None:
    is_fine(status.render(data.draw(any_.statuses(reader)), reader))


@given(any_.company_digests(), any_.circumstances, any_.languages)
@quick
def test_every_digest_of_a_company_is_taken_and_leaves_no_team_out(
    summary: Digest, circumstances: Circumstances, reader: Language
) -> None:
    messages = digest.render(summary, reader, circumstances)
    is_a_whole_digest(summary, messages)
    shown = "\n".join(one["text"] for message in messages for one in objects(message.blocks, "mrkdwn"))
    lines = [besides.line(one, summary.team.zone, reader) for one in summary.beside]
    assert [one for one in lines if one not in shown] == []


@given(any_.trees(), any_.languages)
@quick
def test_every_tree_is_taken_as_a_message_and_as_a_window(shown: Tree, reader: Language) -> None:
    message = tree.render(shown, reader)
    is_fine(message)
    assert visible_length(message.blocks) <= MAIN_CHARACTERS
    is_a_fine_modal(tree.render_view(shown, reader))


@given(any_.homes(), any_.languages)
@quick
def test_every_home_tab_is_taken(shown: Home, reader: Language) -> None:
    strangers = [home.render_stranger(reader, guest=guest) for guest in (False, True)]
    for view in (home.render(shown, reader), *strangers):
        assert check_view(view, "home") == []
        is_safe(view)


@given(any_.many_standings(), any_.languages, any_.zones)
@quick
def test_every_notice_to_a_lead_is_taken(left: tuple[Standing, ...], reader: Language, zone: str) -> None:
    is_fine(notice.render(left, [], MONDAY, reader, zone))


@given(any_.hours(), any_.languages, any_.zones)
@quick
def test_every_choice_of_a_later_hour_is_taken(hours: list[datetime], reader: Language, zone: str) -> None:
    is_a_fine_modal(later.render(hours, MONDAY, reader, zone))


@given(any_.texts, any_.languages)
@quick
def test_help_answers_any_word(word: str, reader: Language) -> None:
    is_fine(help.render(reader))
    for guest in (False, True):
        is_fine(help.render_unknown(word, reader, guest=guest))


def filled(sentence: str, text: str) -> dict[str, object]:
    """The fields a sentence mentions, each as people may have written it."""
    special: dict[str, object] = {"was": "green", "now": "red", "whole": 15, "decimals": 6, "value": Decimal("-1.5")}
    return {name: special.get(name, text) for name in re.findall(r"{(\w+)}", sentence)}


@pytest.mark.parametrize("id", SENTENCES)
@given(text=any_.texts, reader=any_.languages)
@settings(quick, max_examples=10)
def test_every_problem_is_said_where_the_person_is(id: str, text: str, reader: Language) -> None:
    problem = Problem(id, **filled(SENTENCES[id], text))
    said = problems.say(problem, reader)
    is_fine(Message(text=said, blocks=[section(said)]))
    is_a_fine_modal(modal.notice(reader, said))
    assert 0 < len(problems.say_plain(problem, reader)) <= 1000


def test_a_problem_may_name_somebody_the_bot_mentions_itself() -> None:
    said = problems.say(Problem("not_found.person", name=mention("U0AVA")), language("en-GB"))
    assert active_entities({"text": said, "blocks": []}) == ["<@U0AVA>"]


@pytest.mark.parametrize("locale", any_.LOCALES)
def test_what_nobody_foresaw_is_said_with_its_number(locale: str) -> None:
    said = problems.say_unexpected("5a0c", language(locale))
    assert said.endswith("`5a0c`.")
    is_fine(Message(text=said, blocks=[section(said)]))


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "hello <!channel>", "blocks": []},
        {"text": "hello", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "hello <!channel>"}}]},
        {"type": "home", "blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "hello <!channel>"}]}]},
    ],
)
def test_the_check_itself_finds_a_mention_wherever_it_stands(payload: dict[str, Any]) -> None:
    assert active_entities(payload) == ["<!channel>"]
