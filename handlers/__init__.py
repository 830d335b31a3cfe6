"""The door for people: acknowledge, translate, call one ritual, reply."""

from http import HTTPStatus

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from blocks import ids
from handlers import (
    channels,
    checkins,
    commands,
    definitions,
    doctor,
    exports,
    findings,
    homes,
    messages,
    people,
    prompts,
    setups,
    trees,
    why,
)
from handlers.visits import Clock, Door
from rituals.bundle import Rituals

log = structlog.get_logger()


def register(app: AsyncApp, rituals: Rituals, clock: Clock) -> None:
    """Everything one can do in Slack."""
    on = Door(rituals, clock).listener

    app.command("/okr")(on(commands.command))
    app.shortcut(ids.CHECK_IN_SHORTCUT)(on(checkins.open_form_for_all))

    app.action(ids.CHECK_IN)(on(checkins.open_form))
    app.action(ids.EDIT)(on(checkins.open_form))
    app.action(ids.NOTHING_CHANGED)(on(checkins.repeat))
    app.action(ids.NOTHING_CHANGED_ALL)(on(checkins.repeat))
    app.action(ids.LATER)(on(prompts.open_later))

    app.action(ids.WHY)(on(why.explain))
    app.action(ids.FEWER)(on(findings.choose_how_often))
    app.action(ids.POST_AGAIN)(on(doctor.post_again))

    app.view(ids.EXPORT_VIEW)(on(exports.submit))

    app.action(ids.DETAILS)(on(checkins.open_details))
    app.action(ids.CONFIDENCE)(on(checkins.choose_confidence))
    app.view(ids.CHECK_IN_VIEW)(on(checkins.submit))
    app.view(ids.LATER_VIEW)(on(prompts.submit_later))

    app.action(ids.EDIT_DEFINITION)(on(definitions.open_on_top))
    app.action(ids.SETUP)(on(setups.begin))
    app.view(ids.SETUP_VIEW)(on(setups.submit))
    app.action(ids.TREE)(on(trees.open_tree))
    app.action(ids.NEW_OBJECTIVE)(on(definitions.begin))
    app.action(ids.CHOOSE_DEFINITION)(on(definitions.choose_any))
    app.action(ids.UNDO)(on(definitions.undo))
    app.action(ids.REVIEW)(on(definitions.open_review))
    app.view(ids.REVIEW_VIEW)(on(definitions.submit_review))
    app.view(ids.OBJECTIVE_VIEW)(on(definitions.submit_objective))
    app.view_closed(ids.OBJECTIVE_VIEW)(on(definitions.keep_objective))
    app.view_closed(ids.KEY_RESULT_VIEW)(on(definitions.keep_key_result))
    app.view(ids.KEY_RESULT_VIEW)(on(definitions.submit_key_result))
    app.action(ids.TEMPLATE)(on(definitions.start_from_template))
    app.action(ids.SKIP)(on(definitions.skip_key_result))
    app.view(ids.CHOICE_VIEW)(on(definitions.open_chosen))

    app.event("app_home_opened")(on(homes.open_home))
    app.event("member_joined_channel")(on(channels.join))
    app.event("member_left_channel")(on(channels.leave))
    app.event("message")(on(messages.point_to_help))
    app.event("user_change")(on(people.change))
    app.event("team_join")(on(people.change))

    _acknowledge_the_rest(app)


def _acknowledge_the_rest(app: AsyncApp) -> None:
    """What nobody listens to, and what makes no sense, is acknowledged, or Slack would deliver it again and again."""

    @app.error
    async def unheard(error: Exception) -> BoltResponse:
        if not isinstance(error, BoltUnhandledRequestError):
            log.error("listener failed", exc_info=error)
        return BoltResponse(status=HTTPStatus.OK)
