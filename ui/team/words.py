"""How it stands with a rep, in words and figures."""

from datetime import date

from planner.usecases.reports import RepStanding, SupportLedger
from ui.words import money, month_day

HEADERS = (
    "Rep",
    "Quota",
    "This month",
    "This quarter",
    "Weighted",
    "Visits + CRM",
    "Seen in time",
    "Ride-along",
    "Need",
    "Why",
)
FIGURES = frozenset({1, 2, 3, 4, 5, 6, 8})
WIDTHS = (132, 68, 94, 106, 80, 100, 98, 104, 62, 0)


def share(part: float | None) -> str:
    """A share as "64 %", or a dash when there is none."""
    return "–" if part is None else f"{part * 100:.0f} %"


def standing_row(standing: RepStanding, ledger: SupportLedger) -> tuple[str, ...]:
    """The row of a rep in the table of the team."""
    line = next(each for each in ledger.lines if each.rep.name == standing.rep.name)
    covered, accounts = sum(each.covered for each in standing.coverage), sum(each.accounts for each in standing.coverage)
    done = sum(number for _, number in standing.activities)
    why = line.need.why
    return (
        standing.rep.name,
        money(standing.rep.quota_cents) if standing.rep.quota_cents else "–",
        share(standing.month_attainment),
        share(standing.quarter_attainment),
        money(standing.weighted_cents),
        f"{standing.visits:,} + {done:,}",
        f"{covered:,} of {accounts:,}",
        day_words(line.last_ride_along) if line.last_ride_along else "Never",
        share(line.need.score),
        why[:1].upper() + why[1:],
    )


def ride_along_words(last: date | None, due_in: int, target: int) -> str:
    """When the last ride-along was, and when the next one is due."""
    if last is None:
        return f"There was no ride-along yet; the target is one every {target} days."
    late = f"overdue by {-due_in} days" if due_in < 0 else "due today" if due_in == 0 else f"due in {due_in} days"
    return f"Last ride-along {day_words(last)}; the next one is {late}."


def day_words(day: date) -> str:
    """A day with its year: "Nov 2, 2026"."""
    return f"{month_day(day)}, {day.year}"
