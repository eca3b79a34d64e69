"""Where everything of a week stands on the board: from a plan to cards in time, from time to pixels. Knows no widget."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from math import ceil, floor
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF

from planner.model.week import DayPlan, Lock, Stop, VisitKind, WeekPlan
from planner.values import Struct
from ui.words import distance, number, short_weekday, span, times

HOUR_S = 3600
GUTTER_PX = 44
HEADER_PX = 50
"""As all lengths here that hold text: as delivered. They grow with the type."""
COLUMN_MIN_PX = 88
HOUR_MIN_PX, HOUR_MAX_PX = 34.0, 84.0
ZOOM_MIN_PX, ZOOM_MAX_PX = 14.0, 260.0
"""How low and how high an hour may be made by hand."""
LONG_S = 10 * HOUR_S
"""A call or a day off as long as this does not decide which hours are shown."""
FOOT_PX = 28.0
"""The room for nights away below the last hour."""
READABLE_CARD_PX = 17.0
LOCKS = {Lock.DAY: "locked to its day", Lock.TIME: "locked to its time"}


class Piece(Enum):
    """What a card of the board stands for."""

    VISIT = "visit"
    DRIVE = "drive"
    LUNCH = "lunch"
    BLOCK = "block"
    NIGHT = "night"


class Card(Struct, frozen=True):
    """One piece of a day, from second to second after midnight. `number` counts the visits of the day from 1, 0 for what is not one.

    `key` is that of the stop, or of the block that it is part of; empty for what is not a visit. `more` is what a tall card tells beside
    its note, `rep` who comes along. A night stands between its day and the one after, and begins with its day where it is the `first`.
    """

    piece: Piece
    day: int
    from_s: int
    to_s: int
    title: str
    kind: VisitKind = VisitKind.DUTY
    account_id: int | None = None
    number: int = 0
    note: str = ""
    tip: str = ""
    key: str = ""
    lock: Lock = Lock.NONE
    rep: str = ""
    more: tuple[str, ...] = ()
    first: bool = False


def cards_of(plan: WeekPlan, units: str = "miles") -> tuple[Card, ...]:
    """Every card of a plan, day by day; within a day the drives first, so that visits are painted over them."""
    return tuple(
        card
        for index, day in enumerate(plan.days)
        for card in (*_drives(index, day, units), *_pauses(index, day), *_visits(index, day, units), *_night(plan, index))
    )


def _visits(index: int, day: DayPlan, units: str) -> Iterator[Card]:
    visits = 0
    for stop in day.stops:
        is_visit = stop.kind is not VisitKind.DUTY
        visits += is_visit
        when = times(stop.start_s, stop.leave_s)
        wait = stop.start_s - stop.arrive_s
        tip = [stop.title, when, f"{span(stop.drive_s)} · {distance(stop.drive_m, units)} drive"]
        if wait >= 60:
            tip.append(f"{span(wait)} early")
        if is_visit:
            tip.append(f"value {number(stop.value)}")
        tip += [LOCKS[stop.lock]] if stop.lock in LOCKS else []
        note = f"{when} · {number(stop.value)}" if is_visit else when
        tip += [f"with {stop.rep}"] if stop.rep else []
        shown = visits if is_visit else 0
        yield Card(
            Piece.VISIT,
            index,
            stop.start_s,
            stop.leave_s,
            stop.title,
            stop.kind,
            stop.account_id,
            shown,
            note,
            "\n".join(tip),
            stop.block or stop.key,
            stop.lock,
            stop.rep,
            _more(stop, units) if is_visit else (),
        )


def _more(stop: Stop, units: str) -> tuple[str, ...]:
    lines = [f"Drive {span(stop.drive_s)} · {distance(stop.drive_m, units)}"]
    lines += [f"with {stop.rep}"] if stop.rep else []
    if stop.slack_s >= 60 and stop.binding:
        lines += [f"{span(stop.slack_s)} to spare", stop.binding]
    return tuple(lines)


def _night(plan: WeekPlan, index: int) -> Iterator[Card]:
    """The night away after a day: where, what it costs, and where the next day goes on from."""
    day = plan.days[index]
    if not day.away:
        return
    following = plan.days[index + 1] if index + 1 < len(plan.days) else None
    tip = [f"Night at {day.end.name}", f"{short_weekday(day.day)} to {short_weekday(day.day + timedelta(days=1))}"]
    tip += [f"{day.end.name} is {span(day.last_drive_s)} from the last stop of {short_weekday(day.day)}"]
    if following is not None and following.stops:
        first = following.stops[0]
        tip += [f"{short_weekday(following.day)} starts here, {span(first.drive_s)} from {first.title}"]
    cost = next((-term.points for term in plan.costs if term.label == f"Night away: {day.end.name}"), None)
    if cost:
        tip += [f"Counts as {number(cost)} points, which the driving it saves and the visits it makes room for must be worth"]
    is_first = index == 0 or not plan.days[index - 1].away
    yield Card(Piece.NIGHT, index, day.back_s, day.back_s, day.end.name, note="overnight", tip="\n".join(tip), first=is_first)


def _pauses(index: int, day: DayPlan) -> Iterator[Card]:
    if day.lunch:
        begin, end = day.lunch
        when = times(begin, end)
        yield Card(Piece.LUNCH, index, begin, end, "Lunch", note=when, tip=f"Lunch\n{when}")
    for block in day.blocks:
        when = times(block.start_s, block.end_s)
        yield Card(Piece.BLOCK, index, block.start_s, block.end_s, block.title, note=when, tip=f"{block.title}\n{when}")


def _drives(index: int, day: DayPlan, units: str) -> Iterator[Card]:
    busy = sorted([*([day.lunch] if day.lunch else []), *((block.start_s, block.end_s) for block in day.blocks)], reverse=True)
    left_s, name = day.leave_s, day.start.name
    legs = [(stop.arrive_s, stop.drive_s, stop.drive_m, stop.title, stop.leave_s) for stop in day.stops]
    for arrive_s, drive_s, drive_m, to, next_left_s in [*legs, (day.back_s, day.last_drive_s, day.last_drive_m, day.end.name, day.back_s)]:
        tip = f"{name} to {to}\n{span(drive_s)} · {distance(drive_m, units)}"
        for begin, end in driving_spans(left_s, arrive_s, drive_s, busy):
            yield Card(Piece.DRIVE, index, begin, end, str(round(drive_s / 60)), tip=tip)
        left_s, name = next_left_s, to


def same_card(cards: Sequence[Card], kept: Card) -> Card | None:
    """The card of the same visit, else one of the same account, else None."""
    same = [card for card in cards if kept.key and card.key == kept.key]
    return next(iter(same or [card for card in cards if kept.account_id is not None and card.account_id == kept.account_id]), None)


def driving_spans(left_s: int, arrive_s: int, drive_s: int, busy_latest_first: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """When a drive happens: it ends on arrival and fills the free time before it backwards, for lunch or a call may stand in its middle."""
    remaining, end = drive_s, arrive_s
    for begin_busy, end_busy in busy_latest_first:
        if remaining <= 0 or begin_busy < left_s or begin_busy >= end:
            continue
        begin = max(end_busy, end - remaining)
        if begin < end:
            yield begin, end
            remaining -= end - begin
        end = min(end, begin_busy)
    if remaining > 0:
        yield end - remaining, end


class Scale(Struct, frozen=True):
    """From time to pixels: columns of `column_px` right of the gutter, `hour_px` an hour, from `from_hour` to `to_hour`, and below the last
    hour `foot_px` for nights away. The names of the days take `header_px`, those of the hours `gutter_px`.
    """

    days: int
    from_hour: int
    to_hour: int
    column_px: float
    hour_px: float
    foot_px: float = 0.0
    header_px: int = HEADER_PX
    gutter_px: int = GUTTER_PX

    @property
    def hours_px(self) -> float:
        """The height of all hours."""
        return (self.to_hour - self.from_hour) * self.hour_px

    @property
    def height_px(self) -> float:
        """The height of all hours and the foot, header not counted."""
        return self.hours_px + self.foot_px

    @property
    def width_px(self) -> float:
        """The width of the gutter and all columns."""
        return self.gutter_px + self.days * self.column_px

    def y_of(self, seconds: float) -> float:
        """Pixels below the first hour."""
        return (seconds / HOUR_S - self.from_hour) * self.hour_px

    def x_of(self, day: int) -> float:
        """The left edge of a day's column."""
        return self.gutter_px + day * self.column_px

    def rect_of(self, card: Card) -> QRectF:
        """Where a card stands; drives are inset, so that the cards of a day read as one line."""
        if card.piece is Piece.NIGHT:
            middle = self.x_of(card.day) + self.column_px / 2
            left, right = self.x_of(card.day) + 3 if card.first else middle, min(middle + self.column_px, self.width_px)
            return QRectF(left + 3, self.hours_px + 4, right - left - 6, self.foot_px - 8)
        inset = 14.0 if card.piece is Piece.DRIVE else 6.0
        top = min(max(self.y_of(card.from_s), 0.0), max(self.hours_px - 3.0, 0.0))
        bottom = min(self.y_of(card.to_s), self.hours_px)
        return QRectF(self.x_of(card.day) + inset, top + 0.5, self.column_px - 2 * inset, max(bottom - top - 1.0, 2.0))

    def time_at(self, y: float) -> int:
        """The second after midnight that is so many pixels below the first hour."""
        return int((y / self.hour_px + self.from_hour) * HOUR_S)

    def day_at(self, x: float) -> int | None:
        """The day whose column is there."""
        day = floor((x - self.gutter_px) / self.column_px)
        return day if 0 <= day < self.days else None


def fit(plan: WeekPlan, width_px: float, height_px: float, hour_px: float | None = None, type_scale: float = 1.0) -> Scale:
    """A scale that shows whole days in this room below their names, but never smaller than a card can be read in; then the board scrolls.

    With an `hour_px` an hour is as high as that, within bounds. What holds text grows with the type, `type_scale` times as large as
    delivered, and so does an hour.
    """
    cards = cards_of(plan)
    timed = [
        card for card in cards if card.piece is not Piece.NIGHT and not (card.piece is Piece.BLOCK and card.to_s - card.from_s > LONG_S)
    ]
    first = min((card.from_s for card in timed), default=8 * HOUR_S)
    last = max((card.to_s for card in timed), default=17 * HOUR_S)
    from_hour, to_hour = max(0, floor(first / HOUR_S)), min(24, max(ceil(last / HOUR_S), floor(first / HOUR_S) + 9))
    shortest_s = min((card.to_s - card.from_s for card in timed if card.piece is Piece.VISIT), default=HOUR_S)
    readable = min(max(READABLE_CARD_PX * HOUR_S / max(shortest_s, 60), HOUR_MIN_PX), HOUR_MAX_PX) * type_scale
    foot_px = FOOT_PX * type_scale if any(card.piece is Piece.NIGHT for card in cards) else 0.0
    header_px, gutter_px = round(HEADER_PX * type_scale), round(GUTTER_PX * type_scale)
    whole = (height_px - foot_px) / (to_hour - from_hour)
    by_hand = None if hour_px is None else max(min(hour_px, ZOOM_MAX_PX), ZOOM_MIN_PX) * type_scale
    days = max(len(plan.days), 1)
    column_px = max((width_px - gutter_px) / days, COLUMN_MIN_PX * type_scale)
    return Scale(days, from_hour, to_hour, column_px, max(whole, by_hand or readable), foot_px, header_px, gutter_px)


def clock_of(plan: WeekPlan | None) -> datetime:
    """What the clock shows where a week is planned; this computer's without a plan."""
    return datetime.now(UTC).astimezone(ZoneInfo(plan.timezone) if plan is not None and plan.timezone else None)
