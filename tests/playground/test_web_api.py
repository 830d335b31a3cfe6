"""The Web API as Slack's own client calls it: answers, scopes, pages, refusals, bad days."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import Channel, InstalledApp, Person, Playground
from tests.playground.conftest import StillClock
from tests.playground.echo import MANIFEST
from tests.playground.forms import plain


@pytest.fixture
async def client(playground: Playground, installed: InstalledApp) -> AsyncIterator[AsyncWebClient]:
    async with ClientSession() as session:
        yield AsyncWebClient(token=installed.bot_token, base_url=playground.api_url, session=session, retry_handlers=[])


async def refused(call: Any) -> dict[str, Any]:
    """The answer to a call that must be refused."""
    with pytest.raises(SlackApiError) as refusal:
        await call
    data: dict[str, Any] = refusal.value.response.data  # type: ignore[assignment]
    return data


async def test_auth_test_names_the_bot_and_its_scopes(client: AsyncWebClient, installed: InstalledApp) -> None:
    answer = await client.auth_test()

    assert (answer["user_id"], answer["bot_id"]) == (installed.bot_user_id, installed.bot_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_history_brings_metadata_when_asked_for_all_of_it(client: AsyncWebClient, dana: Person) -> None:
    metadata = {"event_type": "prompt", "event_payload": {"outbox_id": "o-1"}}
    posted = await client.chat_postMessage(channel=dana.id, text="Ready?", metadata=metadata)
    dm = posted["channel"]

    brief = await client.conversations_history(channel=dm)
    full = await client.conversations_history(channel=dm, include_all_metadata=True)

    assert brief["messages"][0]["metadata"] == {"event_type": "prompt"}
    assert full["messages"][0]["metadata"] == metadata

    await client.chat_update(channel=dm, ts=posted["ts"], text="Thank you")
    full = await client.conversations_history(channel=dm, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == metadata
    await client.chat_update(channel=dm, ts=posted["ts"], text="Thank you", metadata={})
    full = await client.conversations_history(channel=dm, include_all_metadata=True)
    assert "metadata" not in full["messages"][0]


async def test_history_is_paged_newest_first_and_bounded_by_time(
    client: AsyncWebClient, dana: Person, clock: StillClock
) -> None:
    posted = []
    for n in range(5):
        posted.append(await client.chat_postMessage(channel=dana.id, text=f"{n}"))
        clock.pass_time(minutes=1)
    dm = posted[0]["channel"]

    first = await client.conversations_history(channel=dm, limit=2)
    assert [message["text"] for message in first["messages"]] == ["4", "3"]
    assert first["has_more"] is True
    second = await client.conversations_history(channel=dm, limit=2, cursor=first["response_metadata"]["next_cursor"])
    assert [message["text"] for message in second["messages"]] == ["2", "1"]

    bounded = await client.conversations_history(
        channel=dm, oldest=posted[1]["ts"], latest=posted[3]["ts"], inclusive=True
    )
    assert [message["text"] for message in bounded["messages"]] == ["3", "2", "1"]
    wrong = await refused(client.conversations_history(channel=dm, cursor="nonsense"))
    assert wrong["error"] == "invalid_cursor"


async def test_a_missing_scope_is_named(playground: Playground, client: AsyncWebClient, dana: Person) -> None:
    assert (await refused(client.conversations_open(users=dana.id)))["needed"] == "im:write"

    poor = playground.install(MANIFEST, scopes=["chat:write", "im:read"])
    client.token = poor.bot_token
    posted = await client.chat_postMessage(channel=dana.id, text="hi")
    answer = await refused(client.conversations_history(channel=posted["channel"]))
    assert answer["error"] == "missing_scope"
    assert (answer["needed"], answer["provided"]) == ("im:history", "chat:write,im:read")
    assert [entry.name for entry in playground.refusals] == ["conversations.open", "conversations.history"]


async def test_an_ephemeral_message_is_for_one_person_and_cannot_be_changed(
    playground: Playground, client: AsyncWebClient, dana: Person, sam: Person, growth: Channel
) -> None:
    growth.invite(sam)
    posted = await client.chat_postEphemeral(channel=growth.id, user=dana.id, text="psst")

    assert [message.text for message in dana.reads(growth)] == ["psst"]
    assert sam.reads(growth) == growth.reads() == []
    answer = await refused(client.chat_update(channel=growth.id, ts=posted["message_ts"], text="x"))
    assert answer["error"] == "message_not_found"


async def test_places_a_message_cannot_go(
    playground: Playground, client: AsyncWebClient, dana: Person, growth: Channel
) -> None:
    other = playground.channel("other", members=[dana])
    hidden = playground.channel("hidden", members=[dana], private=True)

    async def error(channel: str) -> str:
        return str((await refused(client.chat_postMessage(channel=channel, text="hi")))["error"])

    assert await error(other.id) == "not_in_channel"
    assert await error(hidden.id) == "channel_not_found"
    assert await error("#growth") == "channel_not_found"
    growth.archive()
    assert await error(growth.id) == "is_archived"
    playground.deactivate(dana)
    assert await error(dana.id) == "user_disabled"


async def test_an_update_without_blocks_takes_them_away(client: AsyncWebClient, dana: Person) -> None:
    blocks = [{"type": "section", "text": plain("Old")}]
    posted = await client.chat_postMessage(channel=dana.id, text="Old", blocks=blocks)
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    await client.chat_update(**place, text="New")
    assert dana.reads()[0].shown == "New"
    assert (await refused(client.chat_update(**place, text="x" * 4001)))["error"] == "msg_too_long"
    answer = await refused(client.chat_update(channel=dana.id, ts=posted["ts"], text="x"))
    assert answer["error"] == "channel_not_found"

    await client.chat_delete(**place)
    assert dana.reads() == []
    assert (await refused(client.chat_update(**place, text="x")))["error"] == "message_not_found"


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
async def test_an_update_may_take_away_the_blocks_or_the_metadata_alone(client: AsyncWebClient, dana: Person) -> None:
    blocks = [{"type": "section", "text": plain("In blocks")}]
    metadata = {"event_type": "prompt", "event_payload": {"id": "o-1"}}
    posted = await client.chat_postMessage(channel=dana.id, text="In short", blocks=blocks, metadata=metadata)
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    changed = await client.chat_update(**place, metadata={})
    assert "metadata" not in changed["message"]
    assert dana.reads()[0].shown == "In blocks"
    await client.chat_update(**place, blocks=[])
    assert dana.reads()[0].shown == "In short"
    assert (await refused(client.chat_update(**place)))["error"] == "no_text"


async def test_timestamps_increase_though_the_clock_stands(client: AsyncWebClient, dana: Person) -> None:
    sent = [(await client.chat_postMessage(channel=dana.id, text="x"))["ts"] for _ in range(3)]

    assert sent == sorted(set(sent))
    assert sent[0].startswith("1794816000.")


async def test_invalid_blocks_are_refused_with_their_place(client: AsyncWebClient, dana: Person) -> None:
    blocks = [{"type": "section", "text": plain("x" * 3001)}]
    answer = await refused(client.chat_postMessage(channel=dana.id, text="x", blocks=blocks))

    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0/text" in answer["response_metadata"]["messages"][0]


async def test_people_are_listed_page_by_page(client: AsyncWebClient, dana: Person, sam: Person) -> None:
    names: list[str] = []
    async for page in await client.users_list(limit=2):
        names += [member["name"] for member in page["members"]]

    assert names == ["slackbot", "echo", "dana", "sam"]
    dana_told = (await client.users_info(user=dana.id, include_locale=True))["user"]
    assert (dana_told["tz"], dana_told["tz_offset"], dana_told["locale"]) == ("Europe/Rome", 3600, "it-IT")
    assert (await refused(client.users_lookupByEmail(email="sam@example.com")))["error"] == "missing_scope"
    assert (await refused(client.users_info(user="U404")))["error"] == "user_not_found"


async def test_forms_and_queries_are_understood(playground: Playground, installed: InstalledApp, dana: Person) -> None:
    blocks = json.dumps([{"type": "section", "text": plain("From a form")}])
    async with ClientSession() as session:
        form = {"token": installed.bot_token, "channel": dana.id, "text": "x", "blocks": blocks}
        posted = await (await session.post(f"{playground.api_url}chat.postMessage", data=form)).json()
        broken = {**form, "blocks": "[{"}
        refusal = await (await session.post(f"{playground.api_url}chat.postMessage", data=broken)).json()
        query = {"token": installed.bot_token, "user": dana.id}
        got = await (await session.get(f"{playground.api_url}users.info", params=query)).json()
        unknown = await (await session.get(f"{playground.api_url}chat.shout")).json()
        nobody = await (await session.get(f"{playground.api_url}auth.test")).json()

    assert posted["ok"] is True
    assert dana.reads()[0].shown == "From a form"
    assert refusal["error"] == "invalid_blocks_format"
    assert got["user"]["id"] == dana.id
    assert (unknown["error"], nobody["error"]) == ("unknown_method", "not_authed")


async def test_channels_are_known_as_far_as_the_app_may(
    playground: Playground, client: AsyncWebClient, dana: Person, installed: InstalledApp, growth: Channel
) -> None:
    playground.channel("hidden", members=[dana], private=True)
    ours = playground.channel("ours", members=[dana, installed], private=True)

    listed = await client.conversations_list(types="public_channel,private_channel")
    assert [channel["name"] for channel in listed["channels"]] == ["growth", "ours"]
    told = await client.conversations_info(channel=ours.id, include_num_members=True)
    assert (told["channel"]["is_private"], told["channel"]["num_members"]) == (True, 2)
    inside = await client.conversations_members(channel=growth.id)
    assert inside["members"] == [dana.id, installed.bot_user_id]


async def test_blocks_can_be_validated_without_a_token(playground: Playground) -> None:
    async with ClientSession() as session:
        good = {"blocks": json.dumps([{"type": "divider"}])}
        bad = {"blocks": json.dumps([{"type": "headline"}])}
        url = f"{playground.api_url}blocks.validate"
        assert (await (await session.post(url, data=good)).json())["ok"] is True
        answer = await (await session.post(url, data=bad)).json()

    assert answer["error"] == "invalid_blocks"
    assert answer["errors"][0]["pointer"].startswith("/blocks/0")


async def test_bad_days_can_be_ordered(playground: Playground, client: AsyncWebClient, dana: Person) -> None:
    playground.faults.refuse("chat.postMessage", "internal_error")
    playground.faults.ratelimit("chat.postMessage", retry_after=7)
    playground.faults.break_down("chat.postMessage", status=503)
    playground.faults.lose_answer("chat.postMessage")

    async def post() -> Any:
        return await client.chat_postMessage(channel=dana.id, text="hi")

    assert (await refused(post()))["error"] == "internal_error"
    with pytest.raises(SlackApiError) as limited:
        await post()
    assert limited.value.response.headers["Retry-After"] == "7"
    with pytest.raises(SlackApiError):
        await post()
    assert dana.reads() == []
    with pytest.raises(ClientConnectionError):
        await post()
    assert [message.text for message in dana.reads()] == ["hi"]
    await post()
    assert playground.refusals == []  # what was ordered is nobody's mistake


async def test_reactions_and_threads(playground: Playground, dana: Person) -> None:
    scopes = ["chat:write", "reactions:write", "im:history", "team:read", "im:write"]
    app = playground.install(MANIFEST, scopes=scopes)
    client = AsyncWebClient(token=app.bot_token, base_url=playground.api_url)
    dm = (await client.conversations_open(users=dana.id))["channel"]["id"]
    head = (await client.chat_postMessage(channel=dm, text="Head"))["ts"]
    reply = (await client.chat_postMessage(channel=dm, text="Reply", thread_ts=head))["ts"]
    await client.chat_postMessage(channel=dm, text="Reply to the reply", thread_ts=reply)
    await client.reactions_add(channel=dm, timestamp=head, name="eyes")

    replies = await client.conversations_replies(channel=dm, ts=head)
    assert [message["text"] for message in replies["messages"]] == ["Head", "Reply", "Reply to the reply"]
    assert replies["messages"][0]["reactions"][0]["name"] == "eyes"
    assert replies["messages"][0]["reply_count"] == 2
    assert [message.text for message in dana.reads(app)[0].thread] == ["Reply", "Reply to the reply"]
    assert (await client.team_info())["team"]["domain"] == "playground"
