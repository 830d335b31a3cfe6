"""The image and the compose file, as far as they can be tried without Docker."""

import asyncio
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from typer.testing import CliRunner

from bot.__main__ import main
from bot.settings import Settings
from tests.bot.servers import serving
from tests.scheduling import dockerfile

COMPOSE = Path("compose.yaml")
OURS = re.compile(r"OKRBOT_\w+")


def uv() -> Path:
    """The uv that installed this project, else the one on the PATH."""
    own = Path(".tools/bin/uv").resolve()
    found = str(own) if own.exists() else shutil.which("uv")
    if not found:
        pytest.skip("there is no uv to build with")
    return Path(found)


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return dict(loaded["services"])


@pytest.mark.timeout(180)
def test_the_build_makes_an_environment_in_which_okrbot_runs(tmp_path: Path) -> None:
    made = dockerfile.build(tmp_path, uv())
    empty = tmp_path / "empty"
    empty.mkdir()
    helped = subprocess.run([made / "bin" / "okrbot", "--help"], cwd=empty, env={}, capture_output=True, text=True)  # noqa: S603
    assert helped.returncode == 0, helped.stderr
    for command in ("run", "worker", "import", "demo"):
        assert f" {command} " in helped.stdout
    inside = {one.name for one in next((made / "lib").glob("python*")).joinpath("site-packages").iterdir()}
    assert {"bot", "storage", "procrastinate", "psycopg"} <= inside
    assert {"pytest", "mypy", "playwright", "tests"} & inside == set()
    assert not list(empty.iterdir())


def test_the_image_has_the_uv_of_the_makefile() -> None:
    (version,) = re.findall(r"^UV_VERSION := (\S+)$", Path("Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [one for one in dockerfile.instructions() if one[0] == "RUN" and f"uv=={version}" in one[1]]


def test_every_package_of_the_bot_is_copied_into_the_image_and_past_the_dockerignore() -> None:
    copied = {source for word, rest in dockerfile.stage("build") if word == "COPY" for source in rest.split()[:-1]}
    wheel = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert set(wheel["packages"]) <= copied
    let_in = {line[1:] for line in Path(".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    assert copied == let_in


def test_the_container_is_not_root_and_writes_only_where_its_database_is() -> None:
    last = dockerfile.stage("")
    assert ("USER", "okrbot") in last
    assert ("VOLUME", "/data") in last
    assert any("OKRBOT_DATABASE_URL=sqlite:////data/" in rest for word, rest in last if word == "ENV")


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
async def test_the_container_is_as_healthy_as_its_page_says(status: int, healthy: bool) -> None:
    _, *arguments = dockerfile.health_command()
    async with serving(lambda: web.Response(status=status)) as url:
        port = url.split(":")[2].partition("/")[0]
        asked = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env={"OKRBOT_HEALTH_PORT": port}, stderr=asyncio.subprocess.DEVNULL
        )
        assert (await asked.wait() == 0) is healthy


def test_every_setting_of_the_image_and_of_the_compose_file_exists() -> None:
    known = {f"OKRBOT_{name.upper()}" for name in Settings.model_fields}
    for file in (COMPOSE, dockerfile.FILE):
        named = set(OURS.findall(file.read_text(encoding="utf-8")))
        assert named
        assert named <= known


def test_compose_runs_one_process_for_people_and_two_workers_on_postgresql(services: dict[str, dict[str, Any]]) -> None:
    assert services["run"]["command"] == "run"
    assert services["worker"]["command"] == "worker"
    assert services["worker"]["deploy"]["replicas"] == 2
    for name in ("run", "worker"):
        settings = services[name]["environment"]
        assert settings["OKRBOT_ENGINE"] == "distributed"
        assert settings["OKRBOT_DATABASE_URL"].startswith("postgresql://okrbot:${POSTGRES_PASSWORD")
        assert settings["OKRBOT_DATABASE_URL"].endswith("@database/okrbot")
        assert list(services[name]["depends_on"]) == ["database"]
        assert services[name]["read_only"] is True


@pytest.mark.parametrize("service", ["run", "worker"])
def test_compose_asks_for_commands_that_exist(service: str, services: dict[str, dict[str, Any]]) -> None:
    assert CliRunner().invoke(main, [services[service]["command"], "--help"]).exit_code == 0
