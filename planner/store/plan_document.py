"""A week plan as a JSON document, read back with every type checked."""

import msgspec

from planner.model.week import WeekPlan


def to_document(plan: WeekPlan) -> str:
    """The plan as JSON text."""
    return msgspec.json.encode(plan).decode()


def from_document(document: str) -> WeekPlan:
    """The plan a JSON text holds; raises ValueError when it is not one."""
    return msgspec.json.decode(document, type=WeekPlan)
