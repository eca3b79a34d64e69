"""Links that hand a place to a program that leads there."""

from planner.exports.navigation import stop_links

__all__ = ["stop_links"]
