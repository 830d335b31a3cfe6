"""Structured logs: an event and its fields, never a token and never what people wrote."""

import json
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

SECRETS = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=ticket=)[^&\s'\"]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")
"""Slack's tokens, the one-time tickets of its sockets, and names with passwords in addresses."""


def configure(level: str, stream: TextIO | None = None) -> None:
    """Log to stderr, in colour on a terminal and as JSON lines elsewhere.

    Libraries only warn, whatever the level: at DEBUG Slack's print whole requests, texts and all, and Bolt's
    loggers follow the root's level.
    """
    stream = stream or sys.stderr
    terminal = stream.isatty()
    _configure_libraries(stream)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _trace,
            _mask,
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )


def _configure_libraries(stream: TextIO) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Libraries())
    root = logging.getLogger()
    for one in [one for one in root.handlers if isinstance(one.formatter, _Libraries)]:
        root.removeHandler(one)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def told(error: BaseException) -> str:
    """An error and where it came from, without its words: they may quote what somebody wrote, or a token.

    The causes come first, as Python itself shows them.
    """
    return "".join(_told(error, set()))


def _told(error: BaseException, seen: set[int]) -> list[str]:
    if id(error) in seen:
        return []
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    lines = [line for one in (before, *inner) if one for line in _told(one, seen)]
    return [*lines, *traceback.format_list(traceback.extract_tb(error.__traceback__)), f"{type(error).__name__}\n"]


def _trace(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error:
        event["exception"] = told(error)
    return event


def _mask(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Nobody should log a secret; where somebody does, it is not one any more."""
    return {name: masked(value) if isinstance(value, str) else value for name, value in event.items()}


def masked(text: str) -> str:
    return SECRETS.sub("•••", text)


class _Libraries(logging.Formatter):
    """What a library warns of, as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said = {"event": masked(record.getMessage()), "level": record.levelname.lower(), "logger": record.name}
        if record.exc_info and record.exc_info[1]:
            said["exception"] = told(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)
