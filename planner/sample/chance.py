"""Repeatable chance: the same county on every machine, every time."""

from random import Random


def dice(part: str) -> Random:
    """Return the dice of one part of the county, so that a change in one part leaves the others as they were."""
    return Random(f"Tamarack County/{part}")  # noqa: S311 - scenery must be repeatable, not secret
