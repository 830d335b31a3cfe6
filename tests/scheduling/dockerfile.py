"""Reading a Dockerfile, and doing what its build stage does in a folder of one's own."""

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

FILE = Path("Dockerfile")
HOME = "/opt/okrbot"


def instructions() -> list[tuple[str, str]]:
    """(instruction, the rest), one for each, with continued lines joined."""
    text = re.sub(r"\\\n", " ", FILE.read_text(encoding="utf-8"))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def stage(name: str) -> list[tuple[str, str]]:
    """The instructions of the stage of this name, or of the last one for ""."""
    stages: dict[str, list[tuple[str, str]]] = {}
    current = ""
    for word, rest in instructions():
        if word == "FROM":
            current = rest.partition(" AS ")[2]
            stages[current] = []
        stages.setdefault(current, []).append((word, rest))
    return stages[name]


def build(folder: Path, uv: Path) -> Path:
    """Copy what the build stage copies, run uv as it does, and return the environment it made."""
    made = folder / "environment"
    context = folder / "build"
    context.mkdir()
    environment = {**os.environ, "PATH": f"{uv.parent}:{os.environ['PATH']}"}
    for word, rest in stage("build"):
        if word == "ENV":
            environment |= dict(pair.split("=", 1) for pair in shlex.split(rest.replace(HOME, str(made))))
        elif word == "COPY":
            *sources, target = rest.split()
            for source in sources:
                _copy(Path(source), context / target)
        elif word == "RUN" and rest.startswith("uv "):
            environment |= {"UV_COMPILE_BYTECODE": "0", "UV_LINK_MODE": "hardlink"}  # quicker, and nothing else
            done = subprocess.run(shlex.split(rest), cwd=context, env=environment, capture_output=True, text=True)  # noqa: S603
            assert done.returncode == 0, done.stderr
    return made


def health_command() -> list[str]:
    """What Docker runs to see whether a container is healthy."""
    (check,) = [rest for word, rest in stage("") if word == "HEALTHCHECK"]
    command: list[str] = json.loads(check.partition("CMD ")[2])
    return command


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)
