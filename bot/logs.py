"""Structured logs: an event and its fields, never a token and never what people wrote."""

import logging
import sys

import structlog

QUIET = ("slack_sdk", "slack_bolt", "aiohttp", "apscheduler", "aiosqlite", "sqlalchemy", "alembic")
"""Libraries that say too much; slack_sdk prints whole requests at DEBUG, tokens included."""


def configure(level: str) -> None:
    """Log to stderr, in colour on a terminal and as JSON lines elsewhere."""
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.format_exc_info,
            *([] if terminal else [structlog.processors.JSONRenderer(ensure_ascii=False)]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
