"""What is told unasked: to a lead on a Monday everything that came up, once to somebody who is back, and to a lead
the digest that has nowhere to go.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from blocks import greeting, leave, review_form
from blocks import notice as words
from blocks.language import language
from okr import cadence
from okr.authority import may_read_of, may_read_owned
from okr.definitions import Titled
from okr.deliveries import FINDINGS, GREETING, REVIEWED, TO_LEAD, UNPOSTED, WELCOME, Delivery
from okr.goals import Person, State
from rituals import findings
from rituals.actors import actor_of
from rituals.digests import digest_of
from rituals.drawing import Drawn
from rituals.leads import led_by, to_review
from rituals.welcomes import welcome
from storage import definitions, deliveries, flags, key_results, people, prompts, revisions, standings, teams
from storage import findings as stored
from storage.database import Database, Transaction
from storage.findings import Said


class Notices:
    """Draws notices from today's data."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def draw(self, workspace: str, deliveries: Sequence[Delivery], now: datetime) -> Mapping[str, Drawn]:
        """For a lead the key results whose owner left or cannot be written to, as far as nobody has taken them over
        meanwhile; for somebody who comes back what was answered in their place, and what waits.
        """
        async with self.database.reading() as tx:
            drawn = {one.id: await _drawn(tx, one, now) for one in deliveries}
            for_leads = [one for one in deliveries if one.part == TO_LEAD and not one.is_update]
            unheard = [told for one in for_leads for told in await findings.not_for_lead(tx, one, now)]
        if unheard:
            await self._forget(workspace, unheard)
        return drawn

    async def _forget(self, workspace: str, unheard: Sequence[Said]) -> None:
        """Whoever leads by now hears of it with their next notice; the owner's message names nobody until then."""
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            for one in unheard:
                await stored.forget_lead(tx, workspace, one)
                await deliveries.freshen_one(tx, workspace, findings.message_key(one.person_id, one.day))


async def _drawn(tx: Transaction, delivery: Delivery, now: datetime) -> Drawn:
    if delivery.part == GREETING:
        assert delivery.channel is not None  # noqa: S101 - it was owed to a channel
        return Drawn(delivery.channel, greeting.render(language(delivery.locale or "en-US")))
    if delivery.part == REVIEWED:
        return await _reviewed(tx, delivery, now)
    assert delivery.person_id is not None  # noqa: S101 - notices are owed to a person
    assert delivery.date is not None  # noqa: S101 - about a date
    if delivery.part == FINDINGS:
        return await findings.drawn(tx, delivery, now)
    if delivery.part == WELCOME:
        return await _welcome(tx, delivery, now)
    if delivery.part == UNPOSTED:
        return await _unposted(tx, delivery, now)
    lead = (await people.some(tx, delivery.workspace, [delivery.person_id]))[delivery.person_id]
    address = (await people.addresses(tx, delivery.workspace, [lead.id]))[lead.id]
    told = await flags.for_person(tx, delivery.workspace, lead.id, delivery.date)
    found = await key_results.some(tx, delivery.workspace, told)
    today = cadence.local_date(now, lead.zone)
    all_of_them = await standings.gather(tx, delivery.workspace, found, now=now, today=today)
    actor = await actor_of(tx, delivery.workspace, lead, now)
    all_teams = await teams.some(tx, delivery.workspace, {one.team_id for one in found})
    left = [
        one
        for one in all_of_them
        if (one.asked.deactivated or one.asked.unreachable)
        and may_read_of(actor, one.key_result, all_teams[one.key_result.team_id])
    ]
    drafts = await _drafts(tx, delivery.workspace, lead, now)
    open = await findings.for_lead(tx, delivery, lead, now)
    if not (left or drafts or open.found) or lead.deactivated:
        return Drawn(address, reason="nothing left to tell")
    return Drawn(address, words.render(left, drafts, delivery.date, language(lead.locale), lead.zone, open))


async def _drafts(tx: Transaction, workspace: str, lead: Person, now: datetime) -> list[Titled]:
    """What waits for this lead to be confirmed, by its objectives."""
    all_teams = await teams.every(tx, workspace)
    found = await definitions.titles(tx, workspace, await led_by(tx, workspace, lead, all_teams))
    return to_review(found, await actor_of(tx, workspace, lead, now), all_teams)


async def _reviewed(tx: Transaction, delivery: Delivery, now: datetime) -> Drawn:
    """The lead's answer to what somebody has proposed."""
    assert delivery.person_id is not None  # noqa: S101 - notices are owed to a person
    objective_id, by, note, after = await revisions.one(tx, delivery.workspace, delivery.key.split(":")[1])
    found = await people.some(tx, delivery.workspace, [delivery.person_id, by])
    address = (await people.addresses(tx, delivery.workspace, [delivery.person_id]))[delivery.person_id]
    objective = await definitions.objective(tx, delivery.workspace, objective_id)
    if objective is None:
        return Drawn(address, reason="the objective is gone")
    team = (await teams.some(tx, delivery.workspace, [objective.team_id]))[objective.team_id]
    actor = await actor_of(tx, delivery.workspace, found[delivery.person_id], now)
    if not may_read_owned(actor, team, [objective.owner_id], private=objective.private):
        return Drawn(address, reason="they may not read it any more")
    confirmed = after["state"] == State.ACTIVE
    reader = language(found[delivery.person_id].locale)
    return Drawn(address, review_form.say_verdict(objective.title, found[by].name, note, reader, confirmed=confirmed))


async def _unposted(tx: Transaction, delivery: Delivery, now: datetime) -> Drawn:
    """The digest a channel did not take, for the team's lead."""
    assert delivery.person_id is not None  # noqa: S101 - notices are owed to a person
    assert delivery.round_id is not None  # noqa: S101 - a digest is owed for a round
    lead = (await people.some(tx, delivery.workspace, [delivery.person_id]))[delivery.person_id]
    address = (await people.addresses(tx, delivery.workspace, [lead.id]))[lead.id]
    team, messages = await digest_of(tx, delivery, now)
    reason = await deliveries.refusal(tx, delivery.workspace, delivery.round_id)
    message = words.render_unposted(messages[0], delivery.round_id, team.channel, reason, language(lead.locale))
    return Drawn(address, message, parts=len(messages))


async def _welcome(tx: Transaction, delivery: Delivery, now: datetime) -> Drawn:
    """Silent where there is nothing to say, and where a prompt of the same day says it."""
    assert delivery.person_id is not None  # noqa: S101 - notices are owed to a person
    assert delivery.date is not None  # noqa: S101 - about a date
    person = (await people.some(tx, delivery.workspace, [delivery.person_id]))[delivery.person_id]
    address = (await people.addresses(tx, delivery.workspace, [person.id]))[person.id]
    found = await welcome(tx, delivery.workspace, person, delivery.date, now)
    if found is None or person.deactivated:
        return Drawn(address, reason="they are not back")
    if found.is_empty and not delivery.is_update:
        return Drawn(address, reason="nothing happened meanwhile")
    if not delivery.is_update and await prompts.is_prompted(tx, delivery.workspace, person.id, delivery.date):
        return Drawn(address, reason="the prompt of the day says it")
    return Drawn(address, leave.render_return(found, delivery.date, language(person.locale)))
