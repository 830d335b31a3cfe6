"""What `/okr tree` answers: goals and what contributes to them, each level further in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blocks import modal, sharing, standing
from blocks.counts import counts_line
from blocks.language import Language
from blocks.message import Blocks, Message, View
from blocks.room import MOST_BLOCKS, MOST_CHARACTERS, lines_that_fit, spoken, that_fit
from blocks.text import Mrkdwn, bold, clip, context, escape, header, length, section, unmarked
from okr.digest import counts
from okr.standing import Standing
from okr.tree import Branch, counted

MOST_IN_A_MODAL, LONGEST_MODAL = 95, 40_000
SECTION_ROOM, TITLE, NAME, DEEPEST = 2900, 120, 60, 6
INWARDS = "\N{EM SPACE}\N{EM SPACE}"
"""How far one level stands further in than the one above: of spaces that Slack keeps."""


@dataclass(frozen=True)
class Tree:
    """`about` is a team's name, empty for the company. `zone` is the reader's."""

    about: str
    tops: tuple[Branch, ...]
    zone: str


@dataclass(frozen=True)
class _Line:
    """One line; `goals` says how many goals it stands for: none for a remark, or for one that stands elsewhere too."""

    depth: int
    text: Mrkdwn
    goals: int = 1


def render(tree: Tree, language: Language) -> Message:
    """As much as fits; what does not is counted."""
    blocks = _blocks(tree, language, MOST_BLOCKS, MOST_CHARACTERS)
    lines = [unmarked(one.text) for top in tree.tops for one in _lines(top, language)]
    text = spoken([escape(_title(tree, language)), *_head(tree, language)], lines, lambda count: _more(count, language))
    return Message(text=text, blocks=blocks)


def render_view(tree: Tree, language: Language) -> View:
    """The same as a window."""
    return modal.told(language, _blocks(tree, language, MOST_IN_A_MODAL, LONGEST_MODAL), language.plain("Tree"))


def _blocks(tree: Tree, language: Language, most: int, characters: int) -> Blocks:
    head = [header(_title(tree, language)), *map(section, _head(tree, language))]
    packed = list(_packed(tree, language))
    room = characters - length(head) - len(_more(10**6, language))
    shown = that_fit([block for block, _ in packed], blocks=most - len(head) - 1, characters=room)
    left = sum(goals for _, goals in packed[len(shown) :])
    return [*head, *shown, *([context(_more(left, language))] if left else [])]


def _title(tree: Tree, language: Language) -> str:
    if tree.about:
        return language.plain("The tree of {team}", team=clip(tree.about, 100))
    return language.plain("The tree of goals")


def _head(tree: Tree, language: Language) -> list[Mrkdwn]:
    if not tree.tops:
        return [language.say("Nothing here right now.")]
    every = list(counted(tree.tops).values())
    return [
        _joined(
            [counts_line(counts(every), language), *_fresh(sum(not one.stale for one in every), len(every), language)]
        )
    ]


def _packed(tree: Tree, language: Language) -> Iterator[tuple[dict[str, object], int]]:
    """Each top in as many sections as it needs, with the number of goals in each."""
    for top in tree.tops:
        lines = list(_lines(top, language))
        while lines:
            texts = [_inwards(one) for one in lines]
            count = len(lines_that_fit(texts, most=len(texts), characters=SECTION_ROOM))
            yield section(Mrkdwn("\n").join(texts[:count])), sum(one.goals for one in lines[:count])
            lines = lines[count:]


def _inwards(line: _Line) -> Mrkdwn:
    return Mrkdwn(INWARDS * min(line.depth, DEEPEST)) + line.text


def _lines(one: Branch, language: Language, depth: int = 0) -> Iterator[_Line]:
    """An objective, its key results, and under each what contributes to it."""
    yield _Line(depth, _objective(one, language, depth))
    if one.under:
        team = clip(one.under.team.name, NAME)
        said = language.say("Contributes to {title} – {team}", title=clip(one.under.title, TITLE), team=team)
        yield _Line(depth + 1, said, goals=0)
    for each in one.own:
        yield _Line(depth + 1, _key_result(each, language))
        if each.sharing and each.standing:
            said = sharing.say(each.sharing, each.standing.key_result.measure, language)
            yield _Line(depth + 2, said, goals=0)
        yield from _below(each.below, language, depth + 2)
    yield from _below(one.below, language, depth + 1)


def _below(branches: Sequence[Branch], language: Language, depth: int) -> Iterator[_Line]:
    for one in branches:
        if one.standing:
            yield _Line(depth, _share(one, one.standing, language), goals=0)
        else:
            yield from _lines(one, language, depth)


def _objective(one: Branch, language: Language, depth: int) -> Mrkdwn:
    """↳ *Title* – Growth · 43% done · 🟢 2 on track · 4 of 6 fresh"""
    title = language.say(
        "{title} – {team}", title=bold(clip(one.objective.title, TITLE)), team=clip(one.team.name, NAME)
    )
    facts = [_reached(depth) + title]
    if one.progress is not None:
        facts.append(language.say("{done} done", done=language.percent(one.progress)))
    own = [each.standing for each in one.own if each.standing]
    if own:
        facts.append(counts_line(counts(own), language))
    return _joined([*facts, *_fresh(*one.fresh, language)])


def _key_result(one: Branch, language: Language) -> Mrkdwn:
    """• Returning customers: 52% · 60% done · 🟢 On track · 2 of 3 fresh"""
    assert one.standing is not None  # noqa: S101 - drawn for key results alone
    title = language.say("• {title}", title=clip(one.title, TITLE))
    fresh = _fresh(*one.fresh, language) if one.below else []
    return _joined([title, *_stands(one.standing, language), *fresh])


def _share(one: Branch, stands: Standing, language: Language) -> Mrkdwn:
    """↳ Revenue of Growth – Growth · target 400,000 € · 43% done · 🟢 On track; it stands under its objective too."""
    title = language.say("↳ {title} – {team}", title=clip(one.title, TITLE), team=clip(one.team.name, NAME))
    return _joined([title, standing.target(stands.key_result.measure, language), *_stands(stands, language)])


def _stands(one: Standing, language: Language) -> list[Mrkdwn]:
    if one.key_result.is_done:
        return [language.say("✅ Done")]
    if one.last is None:
        return [standing.confidence(one, language)]
    value = escape(standing.value(one.last.value, one.key_result.measure, language))
    if one.key_result.measure.is_corridor:
        return [value, standing.confidence(one, language)]
    done = language.say("{done} done", done=language.percent(one.progress))
    return [value, done, standing.confidence(one, language)]


def _fresh(fresh: int, every: int, language: Language) -> list[Mrkdwn]:
    """4 of 6 fresh; nothing where nothing contributes."""
    return [language.say("{fresh} of {all} fresh", fresh=fresh, all=every)] if every else []


def _reached(depth: int) -> Mrkdwn:
    return Mrkdwn("↳ " if depth else "")


def _joined(parts: Sequence[Mrkdwn]) -> Mrkdwn:
    return Mrkdwn(" · ").join(parts)


def _more(count: int, language: Language) -> Mrkdwn:
    return language.say_count(
        "and {count} more. A team’s own tree shows it: `/okr tree growth`",
        "and {count} more. A team’s own tree shows them: `/okr tree growth`",
        count,
    )
