"""Every act there is, done by one reader at one moment."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from blocks import setup_standards
from blocks.key_result_form import KeyResultWords
from blocks.objective_form import ObjectiveWords
from blocks.review_form import ReviewWords
from blocks.setup_form import SetupWords
from okr.checkins import Answer, Via
from okr.confidence import Confidence, Scale
from okr.errors import NotAllowed, NotFound
from okr.exports import Wanted as Export
from okr.goals import Ambition, State
from okr.measures import Measure, MeasureKind
from rituals.actors import Reader
from rituals.definitions import Act
from rituals.previews import Wanted
from rituals.statuses import Question
from tests.stage import Stage

MEASURE = Measure(MeasureKind.INCREASE, baseline=Decimal(0), target=Decimal(100))


@dataclass
class Case:
    """A moment in which one person acts; what they do is undone by nothing, so acts leave the table as it is."""

    stage: Stage
    reader: Reader
    ids: dict[str, str]
    now: datetime

    @property
    def workspace(self) -> str:
        return self.stage.running.workspace.id

    def act(self, what: str) -> Act:
        return Act(self.workspace, self.reader, f"{what}:{self.reader.actor.slack_id}", self.now)


async def _read(case: Case, title: str) -> None:
    shown = await case.stage.running.rituals.statuses.answer(
        case.workspace, case.reader, Question("team", "Growth"), case.now
    )
    mine = await case.stage.running.rituals.statuses.home(case.workspace, case.reader, case.now)
    if f"*{title}*" not in str(shown.blocks) + str(mine):
        raise NotFound("not shown")


async def _history(case: Case, title: str) -> None:
    shown = await case.stage.running.rituals.histories.tell(case.workspace, case.reader, title, case.now)
    if title not in shown.text:
        raise NotFound("not shown")


async def _answer(case: Case, title: str) -> None:
    said = Answer(case.ids[title], Decimal(5), Confidence.GREEN.given)
    await case.stage.running.rituals.checkins.record(
        case.workspace,
        case.reader.actor,
        [said],
        via=Via.MODAL,
        source=f"{title}:{case.reader.actor.slack_id}",
        now=case.now,
    )


async def _change(case: Case, title: str, **wanted: object) -> None:
    """One field is changed; Dana, who leads, brings it back."""
    dana = await case.stage.running.rituals.actors.find(case.workspace, case.stage.dana.id, case.now)
    await _changed(case, title, "there", **wanted)
    before = {"state": State.ABANDONED if title == "Banners" else State.ACTIVE, "check_in_owner": case.stage.marcus.id}
    back = {name: before[name] for name in wanted}
    await _changed(Case(case.stage, dana, case.ids, case.now), title, f"back {case.reader.actor.slack_id}", **back)


async def _changed(case: Case, title: str, how: str, **wanted: object) -> None:
    key_results = case.stage.running.rituals.key_results
    form = await key_results.open(case.workspace, case.reader, case.ids[title])
    assert form.definition is not None
    words = KeyResultWords(
        objective_id=form.objective_id,
        key_result_id=case.ids[title],
        number=1,
        title=title,
        measure=None,
        owner=form.owner,
        check_in_owner=form.check_in_owner,
        source="",
        weight=Decimal(1),
        actions=(),
        state=None,
        reason="",
        seen=form.seen,
    )
    changed = replace(words, **wanted)  # type: ignore[arg-type]
    await key_results.change(case.act(f"{title} {wanted} {how}"), changed)


async def _undo(case: Case) -> None:
    """Dana has just written one down."""
    dana = await case.stage.running.rituals.actors.find(case.workspace, case.stage.dana.id, case.now)
    theirs = Case(case.stage, dana, case.ids, case.now)
    await _add(theirs, holds=True, how=f"for {case.reader.actor.slack_id}")
    source = theirs.act(f"add for {case.reader.actor.slack_id} Be seen").source
    await case.stage.running.rituals.undoing.undo(case.act("undo"), source)


def _objective(title: str, case: Case, owner: Reader) -> ObjectiveWords:
    return ObjectiveWords(
        title=title,
        team_id=case.ids["team"],
        cycle_id=case.ids["cycle"],
        owner=owner.actor.slack_id,
        ambition=Ambition.COMMITTED,
        why="",
        state=None,
        objective_id="",
        seen={},
    )


async def _propose(case: Case) -> None:
    form = await case.stage.running.rituals.objectives.begin(case.workspace, case.reader, case.now)
    if "Growth" not in [one.name for one in form.teams]:
        raise NotAllowed("not offered")
    words = _objective("Be known", case, case.reader)
    await case.stage.running.rituals.objectives.add(case.act("propose"), words)


async def _add(case: Case, *, holds: bool, under: str = "Be seen", how: str = "") -> None:
    words = KeyResultWords(
        objective_id=case.ids[under],
        key_result_id="",
        number=1,
        title="Flyers",
        measure=MEASURE,
        owner=case.reader.actor.slack_id,
        check_in_owner="",
        source="",
        weight=Decimal(1),
        actions=(),
        state=None,
        reason="",
        seen={},
    )
    saved = await case.stage.running.rituals.key_results.add(case.act(f"add {how or holds} {under}"), words)
    if holds and saved.draft:
        raise NotAllowed("only a draft")


async def _edit(case: Case, title: str) -> None:
    rituals = case.stage.running.rituals
    forms = rituals.objectives if title == "Be seen" else rituals.key_results
    await forms.open(case.workspace, case.reader, case.ids[title])


async def _review(case: Case, *, confirmed: bool) -> None:
    """There is always a draft: Nora writes one just before."""
    nora = await case.stage.running.rituals.actors.find(case.workspace, case.stage.nora.id, datetime.now(UTC))
    act = Act(case.workspace, nora, f"again {confirmed}:{case.reader.actor.slack_id}", case.now)
    words = ObjectiveWords(
        "A draft", case.ids["team"], case.ids["cycle"], nora.actor.slack_id, Ambition.COMMITTED, "", None, "", {}
    )
    saved = await case.stage.running.rituals.objectives.add(act, words)
    await case.stage.running.rituals.reviews.decide(
        case.act(f"review {confirmed}"), ReviewWords(saved.objective_id, confirmed=confirmed, note="", seen={})
    )


async def _set_up(case: Case, channel: str) -> None:
    await case.stage.running.rituals.setups.begin(case.workspace, case.reader, channel)


async def _set_standards(case: Case) -> None:
    """What is set up stays as it is but for the scale, which is changed back."""
    setups, growth = case.stage.running.rituals.setups, case.stage.growth
    form = await setups.begin(case.workspace, case.reader, growth.id)
    for scale in (Scale.ZERO_TO_TEN, Scale.COLOURS):
        chosen = {setup_standards.SCALE: scale.value}
        words = SetupWords(growth.id, form.name, form.people, form.language, form.rhythm, form.team_id, chosen)
        await setups.save(case.workspace, "", case.reader, words, source=f"{scale}:{case.reader}", now=case.now)


async def _preview(case: Case, name: str) -> None:
    await case.stage.running.rituals.previews.look(case.workspace, case.reader, Wanted(2, name, name), case.now)


async def _away(case: Case) -> None:
    absences = case.stage.running.rituals.absences
    day = case.now.date() + timedelta(days=200)
    await absences.say(case.workspace, case.reader, day, day, case.now)


async def _export(case: Case, title: str) -> None:
    taken = await case.stage.running.rituals.exports.take_for(case.workspace, case.reader, Export(), case.now)
    if title not in taken.content.decode():
        raise NotFound("not in the file")


async def _doctor(case: Case) -> None:
    await case.stage.running.rituals.doctor.look(case.workspace, case.reader.actor, case.now)


async def _post_again(case: Case) -> None:
    await case.stage.running.rituals.doctor.post_again(case.workspace, case.reader.actor, "none", 1, case.now)


ACTS: dict[str, Callable[[Case], Awaitable[None]]] = {
    "read": lambda case: _read(case, "Posters"),
    "read private": lambda case: _read(case, "Secret posters"),
    "read history": lambda case: _history(case, "Posters"),
    "history of private": lambda case: _history(case, "Secret posters"),
    "answer": lambda case: _answer(case, "Posters"),
    "answer private": lambda case: _answer(case, "Secret posters"),
    "edit key result": lambda case: _edit(case, "Posters"),
    "edit private": lambda case: _edit(case, "Secret posters"),
    "edit objective": lambda case: _edit(case, "Be seen"),
    "pause": lambda case: _change(case, "Leaflets", state=State.PAUSED),
    "give up": lambda case: _change(case, "Leaflets", state=State.ABANDONED),
    "take up again": lambda case: _change(case, "Banners", state=State.ACTIVE),
    "hand over": lambda case: _change(case, "Leaflets", check_in_owner=case.stage.priya.id),
    "undo the lead's": _undo,
    "propose": _propose,
    "add key result": lambda case: _add(case, holds=False),
    "add and it holds": lambda case: _add(case, holds=True),
    "add to private": lambda case: _add(case, holds=False, under="Be silent"),
    "review": lambda case: _review(case, confirmed=True),
    "send back": lambda case: _review(case, confirmed=False),
    "set up anew": lambda case: _set_up(case, case.stage.growth.id),
    "set up a new team": lambda case: _set_up(case, ""),
    "preview oneself": lambda case: _preview(case, ""),
    "preview the team": lambda case: _preview(case, "Growth"),
    "preview everybody": lambda case: _preview(case, "all"),
    "be away": _away,
    "export": lambda case: _export(case, "Posters"),
    "export private": lambda case: _export(case, "Secret posters"),
    "see the doctor": _doctor,
    "post again": _post_again,
    "set the standards": _set_standards,
}
