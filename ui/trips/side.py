"""Beside the trips: the stops of the chosen one as planned and as they were, what it comes to, and what was spent."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from planner.model.tracking import Cost, TripState, TripStop
from ui.style import scaled
from ui.trips.words import COSTS, TripLine, days_words, dollars, far, state_words, times_words
from ui.widgets.parts import button, clear, gap, label, pair, separator
from ui.widgets.scrolled import ScrolledLines
from ui.words import long_day, month_day, span


class TripSide(ScrolledLines):
    """`spend` adds a cost, `open_receipt` shows one, `take_out` deletes one; `finish` finishes the trip."""

    def __init__(
        self,
        spend: Callable[[], None],
        open_receipt: Callable[[Cost], None],
        take_out: Callable[[Cost], None],
        finish: Callable[[], None],
        *,
        read_only: bool,
    ) -> None:
        super().__init__("Details of the trip", (14, 4, 14, 12))
        self._spend, self._open_receipt, self._take_out, self._finish, self._read_only = spend, open_receipt, take_out, finish, read_only
        self.setObjectName("details")

    def show_trip(self, line: TripLine | None, costs: Sequence[Cost], units: str) -> None:
        """Show a trip, or that none is chosen."""
        clear(self.lines)
        if line is None:
            self.lines.addWidget(label("Choose a trip to see its stops and what it cost.", "quiet", wrap=True))
        else:
            for widget in (*_heading(line), *self._next(line), *_stops(line, units), *_sums(line, units), *self._costs(costs)):
                self.lines.addWidget(widget)
        self.lines.addStretch(1)

    def _next(self, line: TripLine) -> Iterator[QWidget]:
        if line.hint:
            yield label(line.hint, "support", wrap=True)
        if line.hint and line.state is TripState.DONE:
            finish = button("Finish the trip", "", self._finish)
            finish.setEnabled(not self._read_only)
            yield finish
        if line.trip.note:
            yield label(line.trip.note, wrap=True, selectable=True)

    def _costs(self, costs: Sequence[Cost]) -> Iterator[QWidget]:
        yield gap()
        yield label("COSTS", "heading")
        for number, cost in enumerate(costs):
            if number:
                yield separator()
            yield pair(f"{COSTS[cost.kind]}, {month_day(cost.day)}", dollars(cost.cents))
            if cost.note:
                yield label(cost.note, "small", wrap=True)
            yield self._buttons(cost)
        if not costs:
            yield label("Nothing was spent yet.", "quiet")
        add = button("Add cost…", "", self._spend)
        add.setEnabled(not self._read_only)
        yield add

    def _buttons(self, cost: Cost) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        if cost.receipt:
            grid.addWidget(button("Receipt", "link", lambda: self._open_receipt(cost)), 0, 0)
        out = button("Delete", "link", lambda: self._take_out(cost))
        out.setEnabled(not self._read_only)
        grid.addWidget(out, 0, 1)
        grid.setColumnStretch(2, 1)
        return row


def _heading(line: TripLine) -> Iterator[QWidget]:
    trip = line.trip
    yield label("TRIP", "heading")
    yield label(trip.name, "title", wrap=True, selectable=True)
    nights = f" · {trip.nights} night{'s' if trip.nights != 1 else ''} away" if trip.nights else ""
    yield label(f"{days_words(trip.first, trip.last)} · {trip.purpose.value} · {state_words(line).lower()}{nights}", "quiet", wrap=True)


def _stops(line: TripLine, units: str) -> Iterator[QWidget]:
    day = None
    for stop in line.trip.stops:
        if stop.day != day:
            day = stop.day
            yield gap()
            yield from _head(long_day(day).upper())
            if day == line.trip.first and line.trip.leave_s is not None:
                yield _line(f"Leave {line.trip.start}", times_words(line.trip.leave_s, None), "", "")
        else:
            yield separator()
        yield _line(stop.name, times_words(stop.arrive_s, stop.leave_s), times_words(stop.came_s, stop.went_s), _way(stop, units))


def _way(stop: TripStop, units: str) -> str:
    if stop.metres is None and stop.drove_m is None:
        return ""
    planned = f"{far(stop.metres, units)} planned" if stop.metres is not None else "not planned"
    return planned if stop.drove_m is None else f"{planned}, {far(stop.drove_m, units)} driven"


def _head(name: str) -> Iterator[QWidget]:
    """A heading, and one over each of the two columns of figures."""
    yield label(name, "heading")
    yield _line("", "PLANNED", "DRIVEN", "", role="heading")


def _line(name: str, planned: str, was: str, way: str, *, role: str = "") -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    grid.addWidget(label(name, role, wrap=True), 0, 0)
    for column, text in ((1, planned), (2, was)):
        figure = label(text, role or ("quiet" if column == 1 else ""))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        figure.setMinimumWidth(round(scaled(84)))
        grid.addWidget(figure, 0, column)
    if way:
        grid.addWidget(label(way, "small"), 1, 0)
    return row


def _sums(line: TripLine, units: str) -> Iterator[QWidget]:
    sums = line.sums
    yield gap()
    yield from _head("IN ALL")
    yield _line("Miles" if units != "kilometres" else "Kilometres", far(sums.planned_m, units), far(sums.driven_m, units), "")
    yield separator()
    driving = span(sums.driving_s) if sums.driving_s is not None else "–"
    yield _line("On the road", span(sums.planned_driving_s), driving, "")
    yield separator()
    yield _line("Mileage at your rate", dollars(sums.planned_mileage_cents), dollars(sums.mileage_cents), "")
    yield separator()
    yield _line("Spent", "", dollars(sums.cost_cents), "")
    yield separator()
    yield _line("Cost", dollars(sums.planned_cents), dollars(sums.total_cents), "")
