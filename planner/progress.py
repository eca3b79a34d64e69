"""How long work tells its progress and learns that it was cancelled."""

from collections.abc import Callable

Report = Callable[[float, str], None]
"""Called with a fraction from 0 to 1 and what is being done; raises `planner.errors.Cancelled` to stop the work."""


def silent(_fraction: float, _text: str) -> None:
    """Report to nobody."""


def part(report: Report, begin: float, end: float) -> Report:
    """Return a report whose 0..1 fills `begin`..`end` of `report`."""

    def inner(fraction: float, text: str) -> None:
        report(begin + (end - begin) * min(max(fraction, 0.0), 1.0), text)

    return inner
