"""What can go wrong, said in the words of whoever reads it."""

from typing import Any


class CannotDoError(Exception):
    """A person tried what Slack's client would not let them do; the words say why."""


class ApiError(Exception):
    """A Web API call is refused: Slack's name for the reason, and what else the answer carries."""

    def __init__(self, error: str, messages: list[str] | None = None, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details: dict[str, Any] = dict(details)
        if messages:
            self.details["response_metadata"] = {"messages": messages}

    def as_answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.details}
