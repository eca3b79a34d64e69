from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.model.accounts import VisitOutcome
from planner.model.tracking import Visit
from planner.model.wishes import Wish
from planner.tracking.next_steps import SEEN, open_steps, with_next_steps

FIRST = date(2026, 11, 2)


def visit(number, days, outcome=VisitOutcome.MET, step="", due=None, *, account=1, done=False):
    return Visit(
        number, account, FIRST + timedelta(days=days), outcome, next_step=step, next_day=due and FIRST + timedelta(days=due), next_done=done
    )


def test_the_step_that_is_due_first_stands():
    visits = [visit(1, 0, VisitOutcome.NO_SHOW, "Call again", 9), visit(2, 1, VisitOutcome.DECLINED, "Send a letter", 5)]
    assert open_steps(visits)[1].next_step == "Send a letter"


def test_meeting_somebody_later_ends_what_was_promised_before():
    assert open_steps([visit(1, 0, step="Send the proposal", due=5), visit(2, 3)]) == {}
    assert open_steps([visit(1, 0, step="Send the proposal", due=5), visit(2, 3, VisitOutcome.NO_SHOW)])[1].id == 1


def test_what_was_done_is_not_open_and_help_at_no_account_asks_for_nothing():
    assert open_steps([visit(1, 0, step="Send it", due=2, done=True), visit(2, 0, step="Read the book", due=2, account=None)]) == {}


def test_the_earlier_of_her_own_deadline_and_the_steps_day_counts():
    wishes = {1: Wish(1, boost=3.0, deadline=FIRST + timedelta(days=4)), 2: Wish(2, must=True)}
    asked = with_next_steps(wishes, [visit(1, 0, step="Send it", due=9), visit(2, 0, step="Bring it", account=3)])
    assert asked[1] == Wish(1, boost=3.0, deadline=FIRST + timedelta(days=4), next_step="Send it")
    assert asked[2] == wishes[2]
    assert asked[3] == Wish(3, next_step="Bring it")


VISITS = st.lists(
    st.builds(
        visit,
        st.integers(1, 50),
        st.integers(0, 20),
        st.sampled_from(list(VisitOutcome)),
        st.sampled_from(["", "Call", "Write"]),
        st.one_of(st.none(), st.integers(20, 40)),
        account=st.integers(1, 3),
        done=st.booleans(),
    ),
    unique_by=lambda each: each.id,
    max_size=12,
)


@given(VISITS)
def test_an_open_step_was_promised_last_or_nobody_was_met_since(visits):
    for account_id, found in open_steps(visits).items():
        later = [each for each in visits if each.account_id == account_id and (each.day, each.id) > (found.day, found.id)]
        assert found.next_step
        assert not found.next_done
        assert not any(each.outcome in SEEN for each in later)
