"""The sheet for a one-on-one, as cards of lines: what to praise, what moved, what is due, what was coached, what comes next."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from planner.model.accounts import Account
from planner.usecases.reports import OneOnOne, RepStanding, SupportLedger
from ui.team.words import ride_along_words
from ui.visits.words import outcome_words
from ui.widgets.parts import LinkLine, label, pair, separator
from ui.words import clock, full_day, long_day, money, month_day, number

MOST_LINES = 10

type Card = tuple[str, list[QWidget]]


def cards_of(
    sheet: OneOnOne, standing: RepStanding, ledger: SupportLedger, accounts: Mapping[int, Account], select: Callable[[int], None]
) -> list[QWidget]:
    """The cards of a sheet; names of accounts are buttons that select them."""
    line = next(each for each in ledger.lines if each.rep.name == sheet.rep.name)
    ride = ride_along_words(line.last_ride_along, line.ride_along_in, ledger.target_days)
    found: list[Card] = [
        ("WINS TO PRAISE", [label(text, wrap=True) for text in sheet.wins] or _none("Nothing was won since then.")),
        ("WHAT WAS DONE", list(_done(sheet)) or _none("Nothing is known to have been done since then.")),
        ("PIPELINE", list(_pipeline(sheet)) or _none("No deal moved, came in or slipped.")),
        ("NEXT RIDE-ALONG", [label(ride, wrap=True), *_ride_along(sheet, select)]),
        (f"OVERDUE · {number(sheet.overdue_in_all)}", list(_overdue(sheet, select)) or _none("Every account was seen in time.")),
        ("OPEN NEXT STEPS", list(_steps(sheet, accounts, select)) or _none("No next step is open.")),
        ("COACHED LAST", list(_coached(sheet)) or _none("No coaching is logged yet: log it with what was talked about.")),
        ("NEXT DUTIES TOGETHER", list(_duties(standing)) or _none("No appointment names this rep in the next four weeks.")),
    ]
    return [_card(heading, lines) for heading, lines in found]


def _card(heading: str, lines: list[QWidget]) -> QWidget:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(14, 10, 14, 12)
    column.setSpacing(5)
    column.addWidget(label(heading, "heading"))
    for place, line in enumerate(lines):
        if place:
            column.addWidget(separator())
        column.addWidget(line)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return card


def _none(text: str) -> list[QWidget]:
    return [label(text, "quiet", wrap=True)]


def _done(sheet: OneOnOne) -> Iterator[QWidget]:
    if sheet.visits:
        yield pair("Visits logged with the rep, or at their accounts", number(len(sheet.visits)))
    for kind, done in sheet.activities[:MOST_LINES]:
        yield pair(f"{kind} in the CRM", number(done))


def _pipeline(sheet: OneOnOne) -> Iterator[QWidget]:
    for change, deal in sheet.moved[:MOST_LINES]:
        yield pair(f"{deal.name}: {change.before or 'new'} → {change.after}", money(deal.amount_cents))
    for deal in sheet.new_deals[:MOST_LINES]:
        yield pair(f"New: {deal.name}, {deal.stage}", money(deal.amount_cents))
    for deal, before in sheet.slipped[:MOST_LINES]:
        now = month_day(deal.close_date) if deal.close_date else "no date"
        yield pair(f"Slipped: {deal.name}, {month_day(before)} → {now}", money(deal.amount_cents), right_role="support")


def _ride_along(sheet: OneOnOne, select: Callable[[int], None]) -> Iterator[QWidget]:
    ride = sheet.ride_along
    if ride is None:
        yield label("No planned day has this rep's accounts: plan a week to get a proposal.", "quiet", wrap=True)
        return
    yield label(f"Proposed: {long_day(ride.day)}", wrap=True)
    for stop in ride.stops[:MOST_LINES]:
        yield pair(_opener(stop.title, stop.account_id, select), clock(stop.start_s))


def _overdue(sheet: OneOnOne, select: Callable[[int], None]) -> Iterator[QWidget]:
    for each in sheet.overdue:
        late = "never seen" if each.days is None else f"{number(each.days)} d over"
        yield pair(_opener(f"{each.account.name} · {each.account.tier.value}", each.account.id, select), late)


def _steps(sheet: OneOnOne, accounts: Mapping[int, Account], select: Callable[[int], None]) -> Iterator[QWidget]:
    for step in sheet.next_steps[:MOST_LINES]:
        account = accounts.get(step.account_id) if step.account_id is not None else None
        due = month_day(step.due) if step.due else "no date"
        late = step.due is not None and step.due < sheet.today
        text = f"{step.text} · {account.name}" if account else step.text
        yield pair(_opener(text, account.id if account else None, select), due, right_role="bad" if late else "")


def _coached(sheet: OneOnOne) -> Iterator[QWidget]:
    for visit in sheet.coached:
        yield pair(", ".join(visit.topics) or outcome_words(visit), full_day(visit.day))
        if visit.note:
            yield label(visit.note, "quiet", wrap=True)


def _duties(standing: RepStanding) -> Iterator[QWidget]:
    for duty in standing.duties:
        yield pair(duty.title, f"{month_day(duty.day)}, {clock(duty.start_s)}")


def _opener(text: str, account_id: int | None, select: Callable[[int], None]) -> str | QWidget:
    if account_id is None:
        return text
    wanted = account_id
    return LinkLine(text, lambda: select(wanted))
