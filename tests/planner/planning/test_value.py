from datetime import date, timedelta

from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.places import PostalAddress
from planner.model.week import VisitKind
from planner.planning.value import Weights, due_text, guess_tier, value_terms, visit_kind

TODAY = date(2026, 11, 30)


def account(kind=AccountKind.PROSPECT, tier=Tier.B, seen=94, **more):
    last = None if seen is None else TODAY - timedelta(days=seen)
    return Account(1, "001", "Uni-Mart", kind, PostalAddress(), tier=tier, last_activity=last, **more)


def deal(amount=240_000, probability=0.75, close=18, owner="", stage="Proposal"):
    return Opportunity("006", "001", "Fiber", stage, amount, probability, TODAY + timedelta(days=close), owner)


def points(terms):
    return sum(term.points for term in terms)


def test_the_terms_of_a_good_visit_read_as_a_person_would_say_them():
    terms = value_terms(account(tier=Tier.A, seen=64), [deal()], TODAY, Weights())
    labels = [term.label for term in terms]
    assert labels == ["Potential 2,400 MRR x 75 %", "Overdue 34 days (every 30)", "Close date in 18 days", "Tier A"]
    assert 30 <= points(terms) <= 60
    assert terms[0].points == 22.1
    assert terms[2].points == 8.4


def test_a_visit_not_due_earns_nothing_for_being_due():
    assert not any("due" in term.label.lower() for term in value_terms(account(seen=9), [deal()], TODAY, Weights()))


def test_an_overdue_client_is_worth_more_than_one_just_due():
    late, now = (points(value_terms(account(AccountKind.CLIENT, seen=seen), [], TODAY, Weights())) for seen in (100, 60))
    assert late > now > 0


def test_a_weight_of_nought_leaves_its_terms_out_and_a_double_one_doubles_them():
    assert value_terms(account(tier=Tier.A), [deal()], TODAY, Weights(0, 0, 0, 0)) == ()
    once, twice = (value_terms(account(), [deal()], TODAY, Weights(potential=w))[0].points for w in (1, 2))
    assert abs(twice - 2 * once) < 0.11


def test_lost_and_won_deals_do_not_count():
    closed = deal(stage="Closed Won")
    assert value_terms(account(), [closed], TODAY, Weights()) == value_terms(account(), [], TODAY, Weights())


def test_a_late_deal_of_a_rep_asks_for_a_joint_call():
    assert visit_kind(account(), [deal(probability=0.9, owner="Rep A")]) is VisitKind.SUPPORT
    assert visit_kind(account(), [deal(probability=0.2, owner="Rep A")]) is VisitKind.CAPTURE
    assert visit_kind(account(AccountKind.CLIENT), []) is VisitKind.CARE


def test_when_a_visit_is_due_is_told_plainly():
    assert due_text(account(tier=Tier.A, seen=9), TODAY) == "Visited 9 days ago, due in 21"
    assert due_text(account(tier=Tier.A, seen=64), TODAY) == "Overdue 34 days"
    assert due_text(account(tier=Tier.A, seen=30), TODAY) == "Due today"
    assert due_text(account(seen=None), TODAY) == "Never visited"


def test_size_revenue_rating_and_deals_make_the_tier():
    assert guess_tier(account(), []) is Tier.C
    assert guess_tier(account(employees=40, rating="Warm"), []) is Tier.B
    assert guess_tier(account(employees=300, annual_revenue_cents=5_000_000_00, rating="Hot"), [deal()]) is Tier.A
