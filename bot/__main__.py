"""The command line: `okrbot run`, `worker`, `doctor`, `preview`, `import`, `export`, `demo`."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import structlog
import typer

from blocks import problems
from blocks.language import language
from bot import imports, logs, settings
from bot.app import build, keep_what_is_loaded
from bot.checks import StartProblem
from bot.doctor import examine
from bot.exports import SUFFIXES, ExportProblem, check_place, export, save
from bot.preview import preview
from bot.settings import Engine, Settings, SettingsProblem
from bot.worker import check_engine, work
from okr.errors import Problem
from okr.exports import Format, Wanted
from okr.preview import DAYS, read_days
from rituals.company_marks import CompanyProblems
from rituals.messenger import Refused, SendError
from storage.database import DatabaseProblem

NEEDS_ATTENTION = 1
CANNOT_START = 2
INTERRUPTED = 130
"""As a shell says of a program that Ctrl-C has ended."""
main = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # tokens are among them
    help="Weekly OKR check-ins in Slack.",
)
T = TypeVar("T")
log = structlog.get_logger()


@main.command()
def run() -> None:
    """Run the bot in your Slack workspace. Settings: see .env.example."""
    chosen = _settings()
    _run(_until_told(_serve(chosen)))


@main.command()
def worker() -> None:
    """Keep time and send, beside `okrbot run` and other workers (OKRBOT_ENGINE=distributed, docs/scale.md)."""
    chosen = _settings(app_token=False)
    _run(_until_told(work(chosen)))


@main.command()
def doctor() -> None:
    """Who was asked, what came of it, what comes next, and whether okrbot is alive. Exit code 1: see to something."""
    chosen = _settings(tokens=False)
    said = _run(examine(chosen))
    _say(said.words)
    if not said.well:
        sys.exit(NEEDS_ATTENTION)


@main.command(name="preview")
def preview_(
    days: Annotated[str, typer.Option(help="How many days to look ahead, 1 to 92.")] = str(DAYS),
) -> None:
    """Who will be asked, reminded and told what, and when, and who will not and why. Sends and writes nothing."""
    try:
        ahead = read_days(days.strip(), "okrbot preview --days 30")
    except Problem as problem:
        _stop(problems.say_plain(problem, language("en-GB")).replace("`", ""))
    chosen = _settings(tokens=False)
    _say(_run(preview(chosen, ahead)))


@main.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="The company file, or a spreadsheet: .csv or .xlsx.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and write nothing.")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help='What a column of a spreadsheet is: "KR title=key result". Repeatable.')
    ] = None,
    sheet: Annotated[str, typer.Option(help="Which sheet of an .xlsx; else the first with key results.")] = "",
) -> None:
    """Describe your company (docs/company-file.md), or bring in key results from a spreadsheet (docs/spreadsheets.md).
    The same file twice changes nothing.
    """
    try:
        given = imports.read(file, column or [], sheet)
    except imports.ImportProblem as problem:
        _stop(str(problem))
    except CompanyProblems as problem:
        _stop(f"{problem}\nNothing was written.")
    for line in given.told:
        _say(line)
    chosen = _settings(app_token=False)
    _run(imports.bring_in(chosen, given, _say, dry_run=dry_run))


@main.command(name="export")
def export_(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; without one it is printed.")] = None,
    format: Annotated[Format | None, typer.Option(help="Else the file's ending tells; else yaml.")] = None,
    history: Annotated[bool, typer.Option("--history", help="With every check-in.")] = False,
    workspace: Annotated[str, typer.Option(help="Which one, by id or name, where the database has several.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Take everything with you: the company file (yaml), or how things stand as csv, xlsx or markdown."""
    form = format or SUFFIXES.get(file.suffix.casefold() if file else "", Format.YAML)
    chosen = _settings(tokens=False)
    try:
        check_place(file, form, force=force)
        taken = _run(export(chosen, Wanted(form, history=history), workspace))
        if file:
            save(file, taken.content)
        else:
            typer.echo(taken.content, nl=False)
    except ExportProblem as problem:
        _stop(str(problem))
    if taken.flaws:
        typer.echo(f"okrbot: okrbot import would not take this as it is:\n{taken.flaws}", err=True)
        sys.exit(NEEDS_ATTENTION)


@main.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page is served.")] = 8300,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Try the bot in a playground: a stand-in for Slack in your browser, one minute before Monday 09:00."""
    from bot.demo.play import play  # only the demo loads the playground

    _run(play(port=port, open_page=open_page))


async def _until_told(job: Coroutine[Any, Any, None]) -> None:
    """Run until SIGTERM or Ctrl-C, which may come at any moment, also while it is still starting."""
    running = asyncio.ensure_future(job)
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, running.cancel)
    with suppress(asyncio.CancelledError):
        await running


async def _serve(chosen: Settings) -> None:
    """Answer people, and with the local engine keep time too."""
    check_engine(chosen)
    async with await build(chosen) as bot:
        await bot.connect()
        await bot.meet_people()
        if chosen.engine is Engine.LOCAL:
            bot.keep_time()
        await bot.watch()
        keep_what_is_loaded()
        log.info("running", workspace=bot.workspace.name, engine=chosen.engine.value)
        try:
            await asyncio.Event().wait()
        finally:
            log.info("stopping")


def _settings(*, tokens: bool = True, app_token: bool = True) -> Settings:
    try:
        chosen = settings.read()
        if tokens:
            settings.require_tokens(chosen, app_token=app_token)
    except SettingsProblem as problem:
        _stop(str(problem))
    logs.configure(chosen.log_level)
    return chosen


def _run(job: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what an admin can mend is one line and exit code 2. What runs until Ctrl-C ends well by it; what
    was to end by itself has not done its work.
    """
    try:
        return asyncio.run(job)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except CompanyProblems as problem:
        _stop(f"{problem}\nNothing was written.")
    except (StartProblem, DatabaseProblem) as problem:
        _stop(str(problem))
    except Refused as refused:
        _stop(f"Slack refused: {refused.reason}")
    except SendError as error:
        _stop(f"no answer from Slack ({error.reason}): try again, and see OKRBOT_SLACK_API_URL and the network")


def _say(line: str) -> None:
    typer.echo(line)


def _stop(problem: str) -> NoReturn:
    typer.echo(f"okrbot: {problem}", err=True)
    sys.exit(CANNOT_START)


if __name__ == "__main__":
    main()
