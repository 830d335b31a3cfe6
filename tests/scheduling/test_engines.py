"""Which engine runs where: a wrong combination is one line and exit code 2."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import CANNOT_START, main
from scheduling.distributed import as_cron

POSTGRES = "postgresql://there/okrbot"


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env to be found, and no Slack."""
    monkeypatch.chdir(tmp_path)


def stopped(command: str, **given: str) -> str:
    """The one line that was said."""
    settings = {
        "slack_bot_token": "xoxb-1",
        "slack_app_token": "xapp-1",
        "slack_api_url": "http://127.0.0.1:9/",
    } | given
    ended = CliRunner().invoke(main, [command], env={f"OKRBOT_{name.upper()}": one for name, one in settings.items()})
    assert ended.exit_code == CANNOT_START
    assert ended.stdout == ""
    (said,) = ended.stderr.splitlines()
    return said.removeprefix("okrbot: ")


@pytest.mark.parametrize("command", ["run", "worker"])
def test_many_workers_need_postgresql(command: str) -> None:
    assert stopped(command, engine="distributed").startswith("OKRBOT_ENGINE=distributed needs PostgreSQL: set ")


@pytest.mark.parametrize("command", ["run", "worker"])
def test_many_workers_need_one_more_package(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    said = stopped(command, engine="distributed", database_url=POSTGRES)
    assert said == "OKRBOT_ENGINE=distributed needs one more package: install okrbot[distributed]"


def test_a_worker_has_nothing_to_do_beside_the_local_engine() -> None:
    assert stopped("worker", database_url=POSTGRES).startswith("okrbot worker needs OKRBOT_ENGINE=distributed")


def test_an_engine_is_local_or_distributed() -> None:
    assert stopped("run", engine="magic") == "OKRBOT_ENGINE: Input should be 'local' or 'distributed'"


@pytest.mark.parametrize(("token", "said"), [("", "is missing"), ("xapp-1", "holds an app token")])
def test_a_worker_needs_the_bot_token_and_no_other(token: str, said: str) -> None:
    assert stopped("worker", slack_bot_token=token, slack_app_token="").startswith(f"OKRBOT_SLACK_BOT_TOKEN {said}")


@pytest.mark.parametrize(
    ("every", "cron"),
    [(15, "* * * * * */15"), (1.5, "* * * * * */1"), (0.2, "* * * * * */1"), (60, "*/1 * * * *"), (300, "*/5 * * * *")],
)
def test_a_tick_comes_at_least_as_often_as_it_is_set(every: float, cron: str) -> None:
    assert as_cron(every) == cron
