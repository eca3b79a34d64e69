"""How it stands with a rep, in words and figures."""

from datetime import date

from planner.usecases.propose_help import HelpSlot, Together
from planner.usecases.reports import RepStanding, SupportLedger
from ui.words import clock, long_day, money, month_day

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

TOGETHER = {
    Together.HALF_DAY: "Ride along for half a day",
    Together.TWO_HOURS: "Ride along for about two hours",
    Together.ONE_ON_ONE: "One-on-one, 45 minutes",
}


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


def slot_lines(slot: HelpSlot) -> list[str]:
    """A time with a rep: when; where; what is given up for it, if anything; and what it means for the week."""
    lines = [f"{long_day(slot.day)}, {clock(slot.start_s)}–{clock(slot.end_s)}"]
    lines.append(f"At {', '.join(slot.accounts)}" if slot.accounts else "At the office")
    if slot.instead:
        lines.append(f"Instead of {', '.join(slot.instead)}")
    minutes = round(slot.more_drive_s / 60)
    driving = f"{abs(minutes)} min {'more' if minutes > 0 else 'less'} driving" if minutes else "no more driving"
    worth = f"value of the week {slot.gain:+,.0f}".replace("-", "−") if abs(slot.gain) >= 0.5 else "the week stays worth as much"
    return [*lines, f"{driving[0].upper()}{driving[1:]}, {worth}"]
