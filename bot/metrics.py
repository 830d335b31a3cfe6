"""What the process counts, for Prometheus. Labels hold kinds, methods and Slack's error words: never a name, an id or
a text.
"""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from okr.deliveries import Kind

ENVELOPES = ("events_api", "slash_commands", "interactive")
ACK_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
TICK_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300)


class Metrics:
    """One registry for each bot: a process may build several. `moved_at` is when a delivery last ended, on the event
    loop's clock: a long tick that still moves is alive.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.moved_at = 0.0
        self._deliveries = self._counter("deliveries", "Attempts at a delivery that ended", "kind", "state", "reason")
        self._duplicates = self._counter("duplicates_found", "Messages found once too often and deleted", "kind")
        self._calls = self._counter("slack_calls", "Calls of Slack's Web API", "method", "outcome")
        self._limited = self._counter("slack_rate_limited", "Calls that Slack answered with 429", "method")
        self._replaced = self._counter("sockets_replaced", "Socket Mode connections replaced", "why")
        self._ticks = self._counter("ticks", "Ticks of the scheduler", "outcome")
        self._restarts = self._counter("scheduler_restarts", "Restarts of the scheduler by its watchdog", "why")
        self._broken = self._counter("acts_broken", "Acts of people that ended in what nobody foresaw", "act")
        self._acks = Histogram(
            "okrbot_acknowledgement_seconds",
            "From what Slack brought to its acknowledgement",
            ["kind"],
            buckets=ACK_BUCKETS,
            registry=self.registry,
        )
        self._tick_seconds = Histogram(
            "okrbot_tick_seconds", "How long a tick takes", buckets=TICK_BUCKETS, registry=self.registry
        )
        self._sockets = self._gauge("sockets_open", "Socket Mode connections that are open")
        self._overdue = self._gauge("overdue_seconds", "How long the oldest delivery is overdue, 0 when none is")

    def page(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self.registry)

    # Counting, as the rituals see it

    def delivered(self, kind: Kind, what: str, reason: str = "") -> None:
        self.moved_at = asyncio.get_running_loop().time()
        self._deliveries.labels(kind.value, what, reason).inc()

    def duplicates(self, kind: Kind, count: int) -> None:
        self._duplicates.labels(kind.value).inc(count)

    # The doors and Slack

    def broke(self, act: str) -> None:
        self._broken.labels(act).inc()

    def acknowledged(self, kind: str, seconds: float) -> None:
        self._acks.labels(kind if kind in ENVELOPES else "other").observe(seconds)

    def called(self, method: str, outcome: str) -> None:
        self._calls.labels(method, outcome).inc()
        if outcome == "http_429":
            self._limited.labels(method).inc()

    def watch_sockets(self, are_open: Callable[[], int]) -> None:
        self._sockets.set_function(are_open)

    def socket_replaced(self, why: str) -> None:
        self._replaced.labels(why).inc()

    # The scheduler

    def ticked(self, seconds: float, *, failed: bool) -> None:
        self._ticks.labels("failed" if failed else "ok").inc()
        self._tick_seconds.observe(seconds)

    def restarted(self, why: str) -> None:
        self._restarts.labels(why).inc()

    def overdue(self, seconds: float) -> None:
        self._overdue.set(seconds)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"okrbot_{name}", what, labels, registry=self.registry)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(f"okrbot_{name}", what, registry=self.registry)


class CallCounter(AsyncRetryHandler):
    """Sees every answer of Slack's, and never asks for another try. Bolt gives each listener a client of its own
    and hands the retry handlers on, so this is the one place that sees them all.
    """

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(max_retry_count=0)
        self.metrics = metrics

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        method = urlsplit(request.url).path.rpartition("/")[2]
        self.metrics.called(method, _outcome(response, error))
        return False


def _outcome(response: HttpResponse | None, error: Exception | None) -> str:
    """ok, Slack's word for the error, an HTTP status, or the kind of failure."""
    if response is None:
        return type(error).__name__ if error else "unreadable"
    if response.status_code != 200:
        return f"http_{response.status_code}"
    body = response.body or {}
    return "ok" if body.get("ok") else str(body.get("error") or "unreadable")
