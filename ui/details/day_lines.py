"""A planned day, line by line: when to leave, each stop, when to be back."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from planner.model.week import DayPlan, Stop
from ui.widgets.parts import LinkLine, gap, label, pair, separator
from ui.words import clock, count, distance, long_day, span, times, visits_of


def day_lines(day: DayPlan, units: str, select: Callable[[int], None]) -> list[QWidget]:
    """Heading, sums, and the times of the day; a stop at an account is a button that selects it."""
    sums = f"{count(visits_of(day), 'visit')} · {span(day.drive_s)} driving · {distance(day.drive_m, units)}"
    lines: list[QWidget] = [label("DAY", "heading"), label(long_day(day.day), "title", wrap=True), label(sums, "quiet", wrap=True)]
    if day.stops:
        lines.append(gap())
        lines.append(pair(f"Leave {day.start.name}", clock(day.leave_s)))
    for stop in day.stops:
        lines.append(separator())
        lines.append(pair(_opener(stop, stop.account_id, select) if stop.account_id is not None else stop.title, clock(stop.start_s)))
    if day.stops:
        lines += [separator(), pair(day.end_words, clock(day.back_s))]
    else:
        lines.append(label("Nothing is planned for this day.", "quiet", wrap=True))
    return lines


def _opener(stop: Stop, account_id: int, select: Callable[[int], None]) -> QPushButton:
    def run() -> None:
        select(account_id)

    opener = LinkLine(stop.title, run)
    opener.setToolTip(f"{stop.title}\n{times(stop.start_s, stop.leave_s)}, drive {span(stop.drive_s)}")
    return opener
