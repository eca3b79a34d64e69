from datetime import date

from small_book import account, deal, visit

from planner.model.accounts import AccountKind, VisitOutcome
from planner.model.week import VisitKind
from planner.reports.quiet import gone_quiet

TODAY = date(2027, 1, 15)
LONG_AGO = date(2026, 12, 1)  # 45 days before today


def names(accounts, visits, deals=(), steps=()):
    return [one.account.id for one in gone_quiet(accounts, visits, deals, set(steps), TODAY)]


def test_a_prospect_is_quiet_from_the_forty_fifth_day_on():
    assert names([account(1)], [visit(1, LONG_AGO, 1)]) == [1]
    assert names([account(1)], [visit(1, date(2026, 12, 2), 1)]) == []


def test_it_says_since_when_and_what_is_at_stake():
    visits = [visit(1, date(2026, 10, 1), 1), visit(2, date(2026, 11, 16), 1, kind=VisitKind.SUPPORT)]
    (one,) = gone_quiet([account(1)], visits, [deal(1, "Prospecting", 250), deal(1, "Closed Lost", 99, crm_id="x")], set(), TODAY)
    assert (one.first_visit, one.last_contact, one.days, one.open_cents) == (date(2026, 10, 1), date(2026, 11, 16), 60, 25_000)


def test_who_is_not_quiet():
    visits = [visit(number, LONG_AGO, number) for number in (1, 2, 3, 4)]
    accounts = [
        account(1, last_activity=date(2026, 12, 20)),  # somebody called
        account(2, kind=AccountKind.CLIENT),
        account(3),  # a next step is open
        account(4),  # all is lost
        account(5),  # nobody was ever there
        account(6),  # nobody was met
    ]
    visits.append(visit(6, LONG_AGO, 6, outcome=VisitOutcome.NO_SHOW))
    assert names(accounts, visits, [deal(4, "Closed Lost")], steps=[3]) == []


def test_the_most_worth_comes_first_then_the_longest_quiet():
    visits = [visit(1, LONG_AGO, 1), visit(2, date(2026, 11, 1), 2), visit(3, LONG_AGO, 3)]
    assert names([account(1), account(2), account(3)], visits, [deal(3, "Prospecting", 10)]) == [3, 2, 1]
