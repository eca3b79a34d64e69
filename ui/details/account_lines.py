"""What there is to say of an account, line by line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.model.accounts import Account
from planner.model.placing import wants_place
from planner.model.week import DayPlan, LeftOut, Stop, Term, VisitKind, WeekPlan
from planner.usecases.accounts import AccountDetails
from ui.details.book_lines import contact_lines, field_lines, flag_lines, id_lines, location_lines, service_lines
from ui.details.reach_lines import phone_lines
from ui.widgets.parts import button, gap, label, pair, separator
from ui.words import KINDS, QUALITIES, account_kind, clock, full_day, money, month_day, number, short_day, span

MOST_EVENTS = 8
"""So many activities are told of."""


def account_lines(
    details: AccountDetails,
    plan: WeekPlan | None,
    buttons: Sequence[QWidget] = (),
    check: Callable[[], None] | None = None,
    visits: Iterable[QWidget] = (),
    why_day: QWidget | None = None,
) -> list[QWidget]:
    """Name and buttons, what it is, why this week, why not, pipeline, services, people, visits, history, fields, other locations, ids.

    `check` is run by the link that a poor place has; `visits` are the lines of the visits that are logged; `why_day` stands where a planned
    visit is told of.
    """
    account = details.account
    planned, left_out = find_in(plan, account.id)
    lines: list[QWidget] = [label("ACCOUNT", "heading"), label(account.name, "title", wrap=True, selectable=True)]
    lines += [*flag_lines(account), *buttons]
    if account.address.one_line:
        lines.append(label(account.address.one_line, "quiet", wrap=True, selectable=True))
    lines += [*_place_lines(account, check), label(_nature(details), "quiet", wrap=True), *phone_lines(account)]
    if planned is not None:
        lines += _planned_lines(*planned)
    elif left_out is not None:
        lines += [gap(), label(f"WHY NOT · {left_out.reason.value}".upper(), "heading"), label(left_out.text, wrap=True)]
    lines += _value_lines(
        details, planned[1] if planned is not None else left_out, plan, "WHY THIS WEEK" if planned else "WORTH OF A VISIT"
    )
    if why_day is not None:
        lines.append(why_day)
    lines += _pipeline_lines(details)
    lines += [*service_lines(details), *contact_lines(details)]
    lines += [*visits, *_history_lines(details)]
    lines += [*field_lines(details), *location_lines(details), *id_lines(details)]
    return lines


def find_in(plan: WeekPlan | None, account_id: int) -> tuple[tuple[DayPlan, Stop] | None, LeftOut | None]:
    """Where a plan has an account: its day and stop, or why it was left out."""
    if plan is None:
        return None, None
    for day in plan.days:
        for stop in day.stops:
            if stop.account_id == account_id:
                return (day, stop), None
    return None, next((each for each in plan.left_out if each.account_id == account_id), None)


def _nature(details: AccountDetails) -> str:
    account = details.account
    best = max((deal for deal in details.opportunities if deal.is_open), key=lambda deal: deal.probability, default=None)
    joint = KINDS[details.kind] if details.kind is VisitKind.SUPPORT else ""
    parts = (account_kind(account), joint, best.stage if best else "", f"tier {account.tier.value}", account.owner)
    return " · ".join(part for part in parts if part)


def _place_lines(account: Account, check: Callable[[], None] | None) -> Iterator[QWidget]:
    role = "bad" if account.place is None else "support" if account.match_doubtful else "good"
    mark = "✕" if account.place is None else "○" if account.match_doubtful else "●"
    text = QUALITIES[account.match_quality] + (", doubtful" if account.match_doubtful and account.place else "")
    yield label(f"{mark} {text}", role, wrap=True)
    if account.match_note:
        yield label(account.match_note, "small", wrap=True)
    if check is not None and wants_place(account):
        yield _link("Check its place…", check)


def _link(text: str, run: Callable[[], None]) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(button(text, "link", run))
    across.addStretch(1)
    return row


def _planned_lines(day: DayPlan, stop: Stop) -> Iterator[QWidget]:
    yield gap()
    yield label("PLANNED", "heading")
    yield pair(f"{short_day(day.day)}, {clock(stop.start_s)} to {clock(stop.leave_s)}", KINDS[stop.kind])
    yield separator()
    yield pair("Drive there", span(stop.drive_s))
    if stop.slack_s >= 60:
        yield separator()
        yield pair("May be late by", span(stop.slack_s))


def _value_lines(details: AccountDetails, known: Stop | LeftOut | None, plan: WeekPlan | None, heading: str) -> Iterator[QWidget]:
    """The plan's own terms where it has them, and when a visit is due where neither they nor the reason for leaving it out say so."""
    terms: tuple[Term, ...] = details.terms
    value = details.value
    if known is not None and plan is not None and known.key in plan.terms:
        terms, value = plan.terms[known.key], known.value
    elif isinstance(known, LeftOut):  # whose terms no plan keeps: those of now, and what makes up the plan's value
        terms, value = (*terms, *_since_planned(known.value - value)), known.value
    yield gap()
    yield label(f"{heading} · value {number(value)}", "heading")
    for place, term in enumerate(terms):
        if place:
            yield separator()
        yield pair(term.label, f"{'+' if term.points >= 0 else '−'}{number(abs(term.points), 1)}")
    said = [term.label for term in terms] + ([known.text] if isinstance(known, LeftOut) else [])
    if details.due_text and not any(text.split()[:1] == details.due_text.split()[:1] for text in said):
        yield label(details.due_text, "small", wrap=True)


def _since_planned(points: float) -> tuple[Term, ...]:
    what = "Counted when planned, not now" if points > 0 else "Not counted yet when planned"
    return (Term(what, round(points, 1)),) if round(points, 1) else ()


def _pipeline_lines(details: AccountDetails) -> Iterator[QWidget]:
    deals = [deal for deal in details.opportunities if deal.is_open]
    if deals:
        yield gap()
        yield label("PIPELINE", "heading")
    for place, deal in enumerate(deals):
        if place:
            yield separator()
        closes = f" · {month_day(deal.close_date)}" if deal.close_date else ""
        # Exports name a deal after its account; said once is enough here.
        name = deal.name.removeprefix(details.account.name).strip(" -–·") or deal.name
        yield pair(f"{name}, {deal.stage.lower()} {deal.probability:.0%}", f"{money(deal.amount_cents)}{closes}")


def _history_lines(details: AccountDetails) -> Iterator[QWidget]:
    events = _events(details)
    if events:
        yield gap()
        yield label("HISTORY", "heading")
    for day, text in events[:MOST_EVENTS]:
        yield label(f"{full_day(day)} · {text}", wrap=True, selectable=True)
    if len(events) > MOST_EVENTS:
        yield label(f"and {number(len(events) - MOST_EVENTS)} more", "small")


def _events(details: AccountDetails) -> list[tuple[date, str]]:
    """What the CRM knows was done and, when neither that nor a visit tells of it, its last activity; the newest first."""
    events = [
        (each.day, _joined(", ".join(part for part in (each.kind, each.owner) if part), each.subject if each.subject != each.kind else ""))
        for each in details.activities
    ]
    last = details.account.last_activity
    told = {day for day, _ in events} | {visit.day for visit in details.visits}
    if last and last not in told:
        events.append((last, "Last activity"))
    return sorted(events, key=lambda event: event[0], reverse=True)


def _joined(what: str, note: str) -> str:
    return f"{what}: {note}" if note else what
