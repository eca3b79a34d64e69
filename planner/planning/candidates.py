"""An account as a visit that may be planned, or the reason why it is not asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planner.model.accounts import Account, Opportunity
from planner.model.places import Bounds, LatLon
from planner.model.request import Candidate, DayRequest, Window
from planner.model.week import LeftOut, Term, VisitKind, WhyNot
from planner.model.wishes import Wish
from planner.model.writing import USUAL_WRITING, Writing
from planner.planning.opening import closed_text, open_days, start_spans
from planner.planning.team import FreeTime, common, free_of
from planner.planning.value import Weights, due_in_days, due_text, joint_rep, value_terms, visit_kind
from planner.values import Struct, field, replace


class Book(Struct, frozen=True):
    """The book of accounts and the team behind it.

    `deals` are the open ones by the CRM id of their account, `wishes` by account id, `team` says by name when each rep is free, `needs` how
    much each needs help (0..1). Accounts outside `bounds` have no roads; those `elsewhere` are planned in another week, on that day.
    """

    accounts: Sequence[Account]
    deals: Mapping[str, Sequence[Opportunity]] = field(default_factory=dict)
    wishes: Mapping[int, Wish] = field(default_factory=dict)
    team: Mapping[str, FreeTime] = field(default_factory=dict)
    needs: Mapping[str, float] = field(default_factory=dict)
    bounds: Bounds | None = None
    elsewhere: Mapping[int, date] = field(default_factory=dict)

    def deals_of(self, account: Account) -> Sequence[Opportunity]:
        """The open deals of an account."""
        return self.deals.get(account.crm_id, ())

    def kind_of(self, account: Account) -> VisitKind:
        """What a visit to an account is for."""
        return visit_kind(account, self.deals_of(account))

    def wish_of(self, account: Account, first: date) -> Wish | None:
        """What she wants of an account in a week from this day on: a deadline that is past by then asks for nothing any more."""
        wish = self.wishes.get(account.id)
        return replace(wish, must=False, deadline=None) if wish and wish.deadline and wish.deadline < first else wish

    def name_of(self, account_id: int) -> str:
        """The name of an account."""
        return next((account.name for account in self.accounts if account.id == account_id), "another account")


def account_candidate(
    account: Account,
    book: Book,
    days: Sequence[DayRequest],
    holidays: Iterable[date],
    service_s: int,
    nowhere: LatLon,
    weights: Weights,
    writing: Writing = USUAL_WRITING,
) -> Candidate:
    """The visit to an account: its value, and when it may start on each day. One without a place is put `nowhere`.

    A joint visit is possible only while its rep is free.
    """
    kind, dates = book.kind_of(account), [day.day for day in days]
    wish = book.wish_of(account, dates[0])
    rep = joint_rep(account, book.deals_of(account)) if kind is VisitKind.SUPPORT else ""
    terms = value_terms(account, book.deals_of(account), dates[0], weights, wish, book.needs.get(rep, 0.0) if rep else 0.0, writing)
    opening = open_days(account.hours, dates, holidays)
    if opening.note:
        terms = (*terms, Term(opening.note, 0.0))
    if wish and wish.visit_minutes:
        service_s = wish.visit_minutes * 60
    asked = [_day_asked(day, wish) for day in dates]
    spans = [start_spans(hours, day.opens_s, day.closes_s, service_s) for hours, day in zip(opening.spans, days, strict=True)]
    told = closed_text([bool(day_spans) for day_spans in spans], dates, writing)
    if rep:
        is_open = any(spans)
        free = free_of(book.team, rep, len(days))
        spans = [start_spans(common(h, f), d.opens_s, d.closes_s, service_s) for h, f, d in zip(opening.spans, free, days, strict=True)]
        told = f"{rep} has no free time while it is open" if is_open and not any(spans) else told
    windows = tuple(Window(i, begin, end) for i, day_spans in enumerate(spans) if asked[i] for begin, end in day_spans)
    return Candidate(
        key=f"account-{account.id}",
        title=account.name,
        kind=kind,
        place=account.place or nowhere,
        service_s=service_s,
        value=round(sum(term.points for term in terms), 1),
        windows=windows,
        terms=terms,
        account_id=account.id,
        mandatory=bool(wish and wish.must) and any(asked),
        closed_text=told,
        owner=account.owner,
        rep=rep,
    )


def not_asked(  # noqa: PLR0911 - one return a reason
    account: Account, candidate: Candidate, days: Sequence[date], book: Book, *, insist: bool, writing: Writing = USUAL_WRITING
) -> tuple[WhyNot, str] | None:
    """Why an account need not be asked for; None when it may be planned. `insist` asks for it though it is not due."""
    wish = book.wish_of(account, days[0])
    if account.place is None:
        return WhyNot.UNPLACED, account.match_note or "Its address is not on the map"
    if account.do_not_visit:
        return WhyNot.DO_NOT_VISIT, "Marked as not to be visited"
    if account.duplicate_of is not None:
        return WhyNot.DUPLICATE, f"Probably the same as {book.name_of(account.duplicate_of)}"
    if book.bounds is not None and not book.bounds.contains(account.place):
        return WhyNot.OFF_ROAD, "Outside the road pack"
    insist = insist or candidate.mandatory
    if account.id in book.elsewhere and not insist:
        return WhyNot.NOT_DUE, planned_elsewhere_text(book.elsewhere[account.id], writing)
    if due_in_days(account, days[-1], wish) > 0 and not (insist or (wish and wish.deadline)):
        return WhyNot.NOT_DUE, due_text(account, days[0], wish, writing)
    if not candidate.windows and not insist:
        if candidate.rep and candidate.closed_text.startswith(candidate.rep):
            return WhyNot.REP_BUSY, candidate.closed_text
        if wish and not any(_day_asked(day, wish) for day in days):
            return WhyNot.CLOSED, "None of these days is one you allow for it"
        return WhyNot.CLOSED, candidate.closed_text or "No window on the days you allow for it"
    return None


def planned_elsewhere_text(on: date, writing: Writing) -> str:
    """That a visit is planned for another day: "Planned for Tue Dec 8 already"."""
    return f"Planned for {writing.weekday(on)} {writing.month_day(on)} already"


def left_out_of_account(candidate: Candidate, reason: WhyNot, text: str) -> LeftOut:
    """A candidate that is not asked for, with its reason."""
    return LeftOut(candidate.key, candidate.title, candidate.kind, candidate.value, reason, text, candidate.account_id)


def _day_asked(day: date, wish: Wish | None) -> bool:
    if wish is None:
        return True
    return (not wish.weekdays or day.weekday() in wish.weekdays) and (wish.deadline is None or day <= wish.deadline)
