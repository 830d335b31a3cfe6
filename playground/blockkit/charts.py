"""The `data_visualization` block: pie, bar, area and line charts."""

from __future__ import annotations

from typing import Any

from playground.blockkit.objects import block
from playground.blockkit.rules import (
    FINE,
    Found,
    Surface,
    by_type,
    fault,
    list_of,
    number,
    only_on,
    shape,
    string,
    typed,
    unique,
)

_LABEL = string(20)
_AXIS_LABEL = string(50)


def _above_zero(value: Any, surface: Surface) -> Found:
    return number(value, surface) or (FINE if value > 0 else fault("must be greater than 0"))


def _one_point_per_category(value: Any, surface: Surface) -> Found:
    """Every series names every category once; Slack fills no gaps."""
    categories = value["axis_config"]["categories"]
    for series_at, series in enumerate(value["series"]):
        at = ("series", series_at, "data")
        labels = [point["label"] for point in series["data"]]
        for point_at, label in enumerate(labels):
            if label not in categories:
                return fault(f"label {label} is not one of the categories", *at, point_at, "label")
            if label in labels[:point_at]:
                return fault(f"label {label} is used twice in the series", *at, point_at, "label")
        if len(labels) != len(categories):
            return fault(f"must have one point for each of the {len(categories)} categories", *at)
    return FINE


_SERIES = shape({"name": _LABEL, "data": list_of(shape({"label": _LABEL, "value": number}, {}), 1, 20)}, {})
_AXES = shape(
    {"categories": list_of(_LABEL, 1, 20, unique("categories must be unique"))},
    {"x_label": _AXIS_LABEL, "y_label": _AXIS_LABEL},
)
_XY = typed(
    {
        "series": list_of(_SERIES, 1, 12, unique("series names must be unique", "name")),
        "axis_config": _AXES,
    },
    {},
    _one_point_per_category,
)
_PIE = typed({"segments": list_of(shape({"label": _LABEL, "value": _above_zero}, {}), 1, 12)}, {})

DATA_VISUALIZATION = only_on("message")(
    block({"title": string(50), "chart": by_type({"pie": _PIE, "bar": _XY, "area": _XY, "line": _XY})}, {})
)
