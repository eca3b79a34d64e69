"""How it stands with a rep, in words and figures."""

from datetime import date

from planner.usecases.propose_help import HelpSlot, Together
from planner.usecases.reports import RepStanding, SupportLedger
from ui.words import full_day, long_day, money, number, times

HEADERS = (
    "Rep",
    "Quota",
    "This month",
    "This quarter",
    "Weighted",
    "Visits + CRM",
    "Seen in time",
    "Ride-along",
    "Need of help",
)
FIGURES = frozenset({1, 2, 3, 4, 5, 6})
WIDTHS = (0, 78, 90, 100, 84, 100, 98, 108, 104)
_HIGH_NEED, _SOME_NEED = 0.5, 0.25

TOGETHER = {
    Together.HALF_DAY: "Ride along for half a day",
    Together.TWO_HOURS: "Ride along for about two hours",
    Together.ONE_ON_ONE: "One-on-one, 45 minutes",
}


def share(part: float | None) -> str:
    """A share as "64 %", or a dash when there is none."""
    return "–" if part is None else f"{number(part * 100)} %"


def standing_row(standing: RepStanding, ledger: SupportLedger) -> tuple[str, ...]:
    """The row of a rep in the table of the team: with the name, in a line beneath it, why help is needed or not."""
    line = next(each for each in ledger.lines if each.rep.name == standing.rep.name)
    covered, accounts = sum(each.covered for each in standing.coverage), sum(each.accounts for each in standing.coverage)
    done = sum(many for _, many in standing.activities)
    why = line.need.why
    return (
        f"{standing.rep.name}\n{why[:1].upper()}{why[1:]}",
        money(standing.rep.quota_cents) if standing.rep.quota_cents else "–",
        share(standing.month_attainment),
        share(standing.quarter_attainment),
        money(standing.weighted_cents),
        f"{number(standing.visits)} + {number(done)}",
        f"{number(covered)} of {number(accounts)}",
        full_day(line.last_ride_along) if line.last_ride_along else "None yet",
        need_words(line.need.score),
    )


def need_words(score: float) -> str:
    """How much help is needed: from never helped, or nothing in the pipeline, on it is high."""
    return "High" if score >= _HIGH_NEED else "Some" if score >= _SOME_NEED else "Low"


def ride_along_words(last: date | None, due_in: int, target: int) -> str:
    """When the last ride-along was, and when the next one is due."""
    if last is None:
        return f"There was no ride-along yet; the target is one every {target} days."
    late = f"overdue by {-due_in} days" if due_in < 0 else "due today" if due_in == 0 else f"due in {due_in} days"
    return f"Last ride-along {full_day(last)}; the next one is {late}."


def slot_lines(slot: HelpSlot) -> list[str]:
    """A time with a rep: when; where; what is given up for it, if anything; and what it means for the week."""
    lines = [f"{long_day(slot.day)}, {times(slot.start_s, slot.end_s)}"]
    lines.append(f"At {', '.join(slot.accounts)}" if slot.accounts else "At the office")
    if slot.instead:
        lines.append(f"Instead of {', '.join(slot.instead)}")
    minutes = round(slot.more_drive_s / 60)
    driving = f"{abs(minutes)} min {'more' if minutes > 0 else 'less'} driving" if minutes else "no more driving"
    gain = f"{'+' if slot.gain > 0 else '−'}{number(abs(slot.gain))}"
    worth = f"value of the week {gain} points" if abs(slot.gain) >= 0.5 else "the week stays worth as much"
    return [*lines, f"{driving[0].upper()}{driving[1:]}, {worth}"]
