"""What was looked at before leaving, in words."""

from collections.abc import Sequence

from planner.usecases.readiness import Check, Readiness
from ui.words import count, number

STATES = {Readiness.GOOD: "Good", Readiness.DOUBT: "To look at", Readiness.BAD: "To do"}
FIXES = {
    "footprint": "Road packs…",
    "plan-week": "Plan the week",
    "check-places": "Check places…",
    "export-map": "Write the map…",
    "export-calendar": "Write the calendar…",
    "backups": "Backups…",
    "page-settings": "Settings",
}
"""What the button that mends something says, by the id of its action."""


def summary(checks: Sequence[Check]) -> tuple[Readiness, str]:
    """How it stands with all of it, and the line that says so."""
    bad = sum(check.state is Readiness.BAD for check in checks)
    doubts = sum(check.state is Readiness.DOUBT for check in checks)
    if bad:
        return Readiness.BAD, f"{count(bad, 'thing')} to do first" + (f", and {number(doubts)} to look at" if doubts else "")
    if doubts:
        return Readiness.DOUBT, f"Ready to leave, with {count(doubts, 'thing')} to look at"
    return Readiness.GOOD, "Ready to leave"
