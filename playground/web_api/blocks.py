"""blocks.validate: the check of Block Kit alone, without a token."""

from playground.blockkit import Problem, check_blocks, check_message, check_view
from playground.errors import ApiError
from playground.jsons import Json
from playground.web_api.call import Call, Method


def validate(call: Call) -> Json:
    given = [name for name in ("blocks", "view", "message") if name in call.args]
    if len(given) != 1:
        raise ApiError("invalid_arguments", messages=["[ERROR] give exactly one of blocks, view, message"])
    problems = _problems(given[0], call.args[given[0]])
    if problems:
        raise ApiError("invalid_blocks", errors=[_entry(problem) for problem in problems])
    return {}


def _problems(kind: str, value: object) -> list[Problem]:
    if kind == "blocks":
        return check_blocks(value, "message")
    if not isinstance(value, dict):
        raise ApiError("invalid_arguments", messages=[f"[ERROR] {kind} must be an object"])
    if kind == "view":
        return check_view(value, "home" if value.get("type") == "home" else "modal")
    return check_message(value)


def _entry(problem: Problem) -> Json:
    field = problem.pointer.rpartition("/")[2]
    return {"code": problem.error, "message": problem.message, "field": field, "pointer": problem.pointer}


METHODS = {"blocks.validate": Method(validate, caller="none")}
