"""Telling a lead, once, what nobody else would notice: an owner has left or cannot be written to, or a digest has
nowhere to go.
"""

from datetime import datetime

from okr.definitions import waiting
from okr.deliveries import UNPOSTED, Delivery, Kind
from okr.goals import Person
from okr.leads import nearest_lead
from rituals.leads import next_notice, owe_notice, tell_of_drafts
from storage import definitions, deliveries, flags, key_results, people, rounds, teams
from storage.database import Transaction


async def tell_of_refusal(tx: Transaction, delivery: Delivery, reason: str, now: datetime) -> None:
    """Slack lets nobody write to a person or into a channel: a lead hears of it."""
    if delivery.kind is Kind.DIGEST:
        if delivery.part == 0 and not delivery.is_update:
            await _hand_to_lead(tx, delivery, now)
    elif delivery.person_id and await people.park(tx, delivery.workspace, delivery.person_id, reason):
        person = (await people.some(tx, delivery.workspace, [delivery.person_id]))[delivery.person_id]
        await tell_leads(tx, delivery.workspace, flags.UNREACHABLE, person, now)


async def tell_leads(tx: Transaction, workspace: str, flag: str, person: Person, now: datetime) -> None:
    """Owe each lead one notice on their next Monday about the key results nobody answers for now, and about drafts
    that waited for this person.
    """
    all_teams = await teams.every(tx, workspace)
    everybody = await people.every(tx, workspace)
    for one in await key_results.active(tx, workspace, of_person=person.id):
        lead = nearest_lead(all_teams, everybody, all_teams[one.team_id], besides=person.id)
        if lead is None:
            continue
        day, due = next_notice(lead, now)
        if await flags.raise_once(tx, workspace, flag, one.id, person.id, person_id=lead.id, day=day, now=now):
            await owe_notice(tx, workspace, lead, day, due)
    for team in [one for one in all_teams.values() if one.lead_id == person.id]:
        if waiting(await definitions.titles(tx, workspace, [team.id])):
            await tell_of_drafts(tx, workspace, team, now)


async def _hand_to_lead(tx: Transaction, digest: Delivery, now: datetime) -> None:
    """The channel takes no digest: its lead reads it in their direct message, with what to do about the channel."""
    assert digest.round_id is not None  # noqa: S101 - a digest is owed for a round
    round = await rounds.by_id(tx, digest.workspace, digest.round_id)
    all_teams = await teams.every(tx, digest.workspace)
    lead = nearest_lead(all_teams, await people.every(tx, digest.workspace), all_teams[round.team_id])
    if lead:
        await deliveries.plan(
            tx,
            digest.workspace,
            f"unposted:{round.id}",
            Kind.NOTICE,
            now,
            person_id=lead.id,
            round_id=round.id,
            day=round.date,
            part=UNPOSTED,
        )
