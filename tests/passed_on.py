"""What somebody does with forms that were drawn for others, and with what they see of themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from blocks import (
    checkin_form,
    definition_choice,
    export_form,
    key_result_form,
    later,
    objective_form,
    review_form,
    setup_form,
)
from blocks.templates import Offer, departments
from okr.definitions import Titled
from okr.goals import State
from tests.form import fills_in, opens_details
from tests.somebody import ENGLISH, MARK, MASK, MONDAY, PRICE, STEPS, Somebody


async def checks_in(one: Somebody, which: str = "price") -> None:
    luca = await one.reader(one.stage.luca)
    rituals = one.stage.running.rituals
    form = await rituals.checkins.find(one.workspace, luca, datetime.now(UTC), key_result_id=one.known[which])
    await one.is_shown(checkin_form.render(form, ENGLISH))


async def submits_a_check_in(one: Somebody) -> None:
    await checks_in(one)
    title = PRICE.replace(MARK, MASK)
    await fills_in(one.person, title, "7", "Off track")
    await one.person.submits()
    await one.person.closes_all()


async def adds_details(one: Somebody) -> None:
    await checks_in(one, "steps")
    await opens_details(one.person, STEPS.replace(MARK, MASK))
    await one.person.closes_all()


async def chooses_a_colour(one: Somebody) -> None:
    await checks_in(one, "steps")
    await fills_in(one.person, STEPS.replace(MARK, MASK), colour="Off track")
    await one.person.closes_all()


async def reviews(one: Somebody) -> None:
    dana = await one.reader(one.stage.dana)
    for objective in ("plan", "love"):
        form = await one.stage.running.rituals.reviews.open(one.workspace, dana, one.known[objective])
        await one.is_shown(review_form.render(form, ENGLISH))
        await one.person.submits()
        await one.person.closes_all()


async def objective(one: Somebody, *, closes: bool = False) -> None:
    dana = await one.reader(one.stage.dana)
    objectives = one.stage.running.rituals.objectives
    if closes:
        view = objective_form.render(await objectives.begin(one.workspace, dana, datetime.now(UTC)), ENGLISH)
    else:
        view = objective_form.render(await objectives.open(one.workspace, dana, one.known["plan"]), ENGLISH)
    await one.is_shown(view)
    await (one.person.closes() if closes else one.person.submits())
    await one.person.closes_all()


async def chooses_a_template(one: Somebody) -> None:
    dana = await one.reader(one.stage.dana)
    form = await one.stage.running.rituals.objectives.begin(one.workspace, dana, datetime.now(UTC))
    await one.is_shown(objective_form.render(form, ENGLISH))
    await one.person.chooses("Start from a template", departments(ENGLISH)[0].templates[0].title)
    await one.person.closes_all()


async def key_result(one: Somebody, *, new: bool = False, ends: str = "submits") -> None:
    dana = await one.reader(one.stage.dana)
    key_results = one.stage.running.rituals.key_results
    if new:
        form = await key_results.begin(one.workspace, dana, one.known["plan"])
        form = replace(form, offer=Offer(departments(ENGLISH)[0].templates[0].id))
    else:
        form = await key_results.open(one.workspace, dana, one.known["price"])
    await one.is_shown(key_result_form.render(form, ENGLISH))
    if ends == "skips":
        await one.person.clicks("Skip")
    else:
        await getattr(one.person, ends)()
    await one.person.closes_all()


async def chooses_to_edit(one: Somebody) -> None:
    titled = Titled(one.known["plan"], MASK, "", frozenset(), State.ACTIVE, private=True)
    below = replace(titled, key_result_id=one.known["price"], key_result=MASK)
    for place in range(3):
        view = definition_choice.render([titled, below], {titled.objective_id}, ENGLISH)
        menu = view["blocks"][0]["element"]
        menu["initial_option"] = menu["option_groups"][0]["options"][place]
        await one.is_shown(view)
        await one.person.submits()
        await one.person.closes_all()


async def exports(one: Somebody) -> None:
    await one.is_shown(export_form.render(ENGLISH))
    await one.person.submits()
    await one.person.closes_all()


async def puts_off(one: Somebody) -> None:
    hour = datetime.now(UTC) + timedelta(hours=1)
    await one.is_shown(later.render([hour], MONDAY, ENGLISH, "Europe/Rome"))
    await one.person.submits()
    await one.person.closes_all()


async def sets_up(one: Somebody) -> None:
    dana = await one.reader(one.stage.dana)
    form = await one.stage.running.rituals.setups.begin(one.workspace, dana, one.stage.growth.id)
    await one.is_shown(setup_form.render(form, ENGLISH))
    await one.person.submits()
    await one.person.closes_all()


async def comes_and_goes(one: Somebody) -> None:
    await one.stage.support.invite(one.person)
    await one.stage.support.kick(one.person)
    if one.person is one.stage.priya or one.person is one.stage.elena:
        await one.stage.support.invite(one.person)


async def changes(one: Somebody) -> None:
    await one.stage.playground.change(one.person, real_name=f"{one.person.member.real_name} Junior")


async def somebody_new(one: Somebody) -> None:
    one.stage.playground.person(f"new-{one.person.name}", real_name="Somebody New")
    await one.stage.settle()


async def home(one: Somebody) -> None:
    await one.person.opens_home()


async def shortcut(one: Somebody) -> None:
    await one.person.uses_shortcut("OKR check-in")
    await one.person.closes_all()
