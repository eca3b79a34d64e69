from ui.week.board_try import Hint, Tries
from ui.week.why_day import WhyDay, why_day


def planned(hand):
    return next((index, stop) for index, day in enumerate(hand.context.desk.plan.days) for stop in day.stops if stop.account_id)


def test_each_other_day_is_named_with_what_it_would_cost(hand):
    board = hand.panel.verbs.board
    index, stop = planned(hand)
    tries = Tries(board, stop.key, "miles", hand.panel.verbs.working)
    day, others = why_day(tries)
    assert day == f"{board.plan.days[index].day:%A}"
    costs, _, never = others.partition("t does not fit on ")
    for number, each in enumerate(board.plan.days):
        name, trial = f"{each.day:%A}", tries.best(number)
        if number == index:
            assert name not in others
        elif trial.fits:
            assert f"{name} {Hint(trial.driving, good=True).short}" in costs
        else:
            assert name in never


def test_what_is_selected_is_told_about_and_what_is_not_planned_is_not(hand, qtbot, is_quiet):
    told = []
    WhyDay(hand.context, hand.panel.verbs).told.connect(lambda *answer: told.append(answer))
    _, stop = planned(hand)
    hand.context.desk.select(stop.account_id)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0][0] == stop.account_id
    left = next(each.account_id for each in hand.context.desk.plan.left_out if each.account_id)
    hand.context.desk.select(left)
    qtbot.waitUntil(is_quiet)
    assert len(told) == 1
