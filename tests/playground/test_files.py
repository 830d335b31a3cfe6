"""Files: sent in Slack's three steps, seen and downloaded by people, fetched by apps, and what is refused."""

import copy
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, FormData
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from playground import Channel, InstalledApp, Person, Playground
from playground.page_state import page_state
from tests.playground.echo import MANIFEST, Bot

SHEET = b"Team,Goal\r\nGrowth,Win\r\n"


def manifest() -> Any:
    made: Any = copy.deepcopy(MANIFEST)
    made["oauth_config"]["scopes"]["bot"] += ["files:read", "files:write"]
    made["settings"]["event_subscriptions"]["bot_events"].append("file_shared")
    return made


@pytest.fixture
def installed(playground: Playground) -> InstalledApp:
    return playground.install(manifest())


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def client(playground: Playground, installed: InstalledApp, http: ClientSession) -> AsyncWebClient:
    return AsyncWebClient(token=installed.bot_token, base_url=playground.api_url, session=http, retry_handlers=[])


async def error(call: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await call
    return str(refusal.value.response["error"])


async def dm_of(client: AsyncWebClient, person: Person) -> str:
    return str((await client.chat_postMessage(channel=person.id, text="One moment"))["channel"])


async def test_slacks_own_client_sends_a_file_that_people_see_and_download(
    playground: Playground, client: AsyncWebClient, http: ClientSession, growth: Channel, dana: Person, sam: Person
) -> None:
    sent = await client.files_upload_v2(
        content=SHEET, filename="OKRs 2026.csv", title="OKRs", channel=growth.id, initial_comment="*Here* it is"
    )

    [message] = dana.reads(growth)
    assert message.shown == "Here it is\n(file: OKRs, 23 bytes)"
    assert [(one.name, one.content) for one in message.files] == [("OKRs 2026.csv", SHEET)]
    [drawn] = page_state(playground._slack, dana.id)["messages"][growth.id]
    [file] = drawn["files"]
    assert (file["id"], file["pretty_type"], file["size"]) == (sent["file"]["id"], "CSV", len(SHEET))
    async with http.get(playground.url + file["url"]) as answer:
        assert await answer.read() == SHEET
        assert answer.headers["Content-Disposition"] == 'attachment; filename="okrs_2026.csv"'
    async with http.get(playground.url + file["url"].replace(dana.id, sam.id)) as answer:
        assert answer.status == 404, "Sam is not in the channel"


async def test_a_file_goes_into_a_thread_and_into_several_places(
    playground: Playground, client: AsyncWebClient, growth: Channel, dana: Person
) -> None:
    head = await client.chat_postMessage(channel=growth.id, text="Exports")
    await client.files_upload_v2(content=SHEET, filename="a.csv", channel=growth.id, thread_ts=head["ts"])
    assert [str(one.files[0]) for one in growth.reads()[0].thread] == ["(file: a.csv, 23 bytes)"]

    dm = await dm_of(client, dana)
    uploads = [{"content": SHEET, "filename": "b.csv"}, {"content": b"# OKRs", "filename": "c.md"}]
    await client.files_upload_v2(file_uploads=uploads, channels=[dm, growth.id])
    assert [one.name for one in dana.reads()[-1].files] == [one.name for one in growth.reads()[-1].files]
    assert dana.reads()[-1].shown == "(file: b.csv, 23 bytes)\n(file: c.md, 6 bytes)"


async def test_an_app_fetches_what_a_person_sent_with_its_token_alone(
    playground: Playground, client: AsyncWebClient, http: ClientSession, installed: InstalledApp, bot: Bot, dana: Person
) -> None:
    heard: list[Any] = []

    @bot.app.event("file_shared")
    async def hear(event: Any) -> None:
        heard.append(event)

    await dana.sends_file("goals.csv", SHEET, text="Please read it")
    [event] = heard
    told = (await client.files_info(file=event["file_id"]))["file"]
    assert (event["user_id"], told["name"], told["size"]) == (dana.id, "goals.csv", len(SHEET))
    token = {"Authorization": f"Bearer {installed.bot_token}"}
    async with http.get(told["url_private_download"], headers=token) as answer:
        assert await answer.read() == SHEET
    async with http.get(told["url_private_download"]) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html"), "as from Slack: a page, and no error"
    history = await client.conversations_history(channel=event["channel_id"])
    assert history["messages"][0]["subtype"] == "file_share"
    assert history["messages"][0]["files"][0]["id"] == told["id"]
    stranger = playground.install(manifest())
    client.token = stranger.bot_token
    assert await error(client.files_info(file=told["id"])) == "file_not_found"


async def test_scopes_are_asked_for_by_name(playground: Playground, client: AsyncWebClient, growth: Channel) -> None:
    poor = playground.install(manifest(), scopes=["chat:write"])
    await growth.invite(poor)
    client.token = poor.bot_token
    with pytest.raises(SlackApiError) as refusal:
        await client.files_upload_v2(content=SHEET, filename="a.csv", channel=growth.id)
    assert refusal.value.response["needed"] == "files:write"
    assert await error(client.files_info(file="F1")) == "missing_scope"
    assert growth.reads() == []


async def test_the_bytes_go_once_in_time_and_whole_to_the_address_that_was_given(
    playground: Playground, client: AsyncWebClient, http: ClientSession, growth: Channel
) -> None:
    async def address() -> tuple[str, str]:
        given = await client.files_getUploadURLExternal(filename="a.csv", length=len(SHEET))
        return given["upload_url"], given["file_id"]

    async def status(url: str, content: bytes = SHEET) -> int:
        async with http.post(url, data=content) as answer:
            return answer.status

    url, file = await address()
    assert await error(client.files_completeUploadExternal(files=[{"id": file}])) == "file_not_found", "no bytes yet"
    assert await status(url[:-1]) == 400
    assert await status(url) == 200
    assert await status(url) == 400, "used"
    await client.files_completeUploadExternal(files=[{"id": file}], channel_id=growth.id)
    again = client.files_completeUploadExternal(files=[{"id": file}], channel_id=growth.id)
    assert await error(again) == "file_not_found", "that is said only once"

    url, file = await address()
    assert await status(url, SHEET + b"more") == 400
    assert await error(client.files_completeUploadExternal(files=[{"id": file}])) == "file_not_found"
    url, file = await address()
    playground.expire_uploads()
    assert await status(url) == 400
    assert [one.name for one in growth.reads()[0].files] == ["a.csv"]

    playground.faults.break_down("upload", 503)
    with pytest.raises(SlackRequestError, match="503"):
        await client.files_upload_v2(content=SHEET, filename="b.csv", channel=growth.id)
    assert len(growth.reads()) == 1


async def test_a_form_carries_the_bytes_too(
    client: AsyncWebClient, http: ClientSession, playground: Playground, growth: Channel, installed: InstalledApp
) -> None:
    given = await client.files_getUploadURLExternal(filename="a.csv", length=len(SHEET))
    sheet = FormData()
    sheet.add_field("filename", io.BytesIO(SHEET), filename="a.csv")
    async with http.post(given["upload_url"], data=sheet) as answer:
        assert await answer.text() == f"OK - {len(SHEET)}"
    form = {"files": json.dumps([{"id": given["file_id"]}]), "channel_id": growth.id, "token": installed.bot_token}
    async with http.post(f"{playground.api_url}files.completeUploadExternal", data=form) as answer:
        assert (await answer.json())["ok"] is True
    assert growth.reads()[0].files[0].content == SHEET


async def test_a_large_file_is_no_large_request(client: AsyncWebClient, http: ClientSession, growth: Channel) -> None:
    content = bytes(6 * 1024**2)
    given = await client.files_getUploadURLExternal(filename="large.xlsx", length=len(content))
    async with http.post(given["upload_url"], data=io.BytesIO(content)) as answer:
        assert answer.status == 200
    await client.files_completeUploadExternal(files=[{"id": given["file_id"]}], channel_id=growth.id)
    assert growth.reads()[0].files[0].content == content


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"filename": "", "length": 1}, "invalid_arguments"),
        ({"filename": "a" * 256, "length": 1}, "invalid_arguments"),
        ({"filename": "a.csv", "length": 0}, "invalid_arguments"),
        ({"filename": "a.csv", "length": "many"}, "invalid_arguments"),
        ({"filename": "a.csv", "length": 2 * 1024**3}, "file_upload_size_restricted"),
        ({"filename": "a.png", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ],
    ids=["no name", "long name", "empty", "no number", "too large", "long description"],
)
async def test_an_address_is_given_for_what_can_be_a_file(
    client: AsyncWebClient, given: dict[str, Any], said: str
) -> None:
    assert await error(client.files_getUploadURLExternal(**given)) == said


async def test_a_file_goes_only_where_the_app_is(
    playground: Playground, client: AsyncWebClient, dana: Person, sam: Person, growth: Channel
) -> None:
    other = playground.channel("other", members=[dana])
    hidden = playground.channel("hidden", members=[dana], private=True)
    dm = await dm_of(client, sam)

    async def refused(channel: str) -> str:
        return await error(client.files_upload_v2(content=SHEET, filename="a.csv", channel=channel))

    assert await refused(other.id) == "not_in_channel"
    assert await refused(hidden.id) == "channel_not_found"
    assert await refused("C0NOWHERE1") == "channel_not_found"
    assert await refused(dana.id) == "invalid_arguments", "a person is no channel here, other than for messages"
    await growth.archive()
    assert await refused(growth.id) == "is_archived"
    await playground.deactivate(sam)
    assert await refused(dm) == "user_disabled"
    missing = client.files_completeUploadExternal(files=[{"id": "F404"}], channel_id=dm)
    assert await error(missing) == "file_not_found"


async def test_a_deleted_message_takes_its_file_off_the_page(
    playground: Playground, client: AsyncWebClient, growth: Channel
) -> None:
    await client.files_upload_v2(content=SHEET, filename="a.csv", channel=growth.id)
    [message] = growth.reads()
    await client.chat_delete(channel=growth.id, ts=message.ts)
    assert growth.reads() == []
