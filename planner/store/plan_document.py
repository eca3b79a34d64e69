"""A week plan as a JSON document, read back with every type checked."""

from functools import cache
from typing import TYPE_CHECKING

from planner.model.week import WeekPlan

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> "TypeAdapter[WeekPlan]":
    from pydantic import TypeAdapter

    return TypeAdapter(WeekPlan)


def to_document(plan: WeekPlan) -> str:
    """The plan as JSON text."""
    return _adapter().dump_json(plan).decode()


def from_document(document: str) -> WeekPlan:
    """The plan a JSON text holds; raises ValueError when it is not one."""
    return _adapter().validate_json(document)
