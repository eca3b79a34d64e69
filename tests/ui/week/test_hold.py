from planner.model.week import Lock, VisitKind


def test_a_planned_visit_is_held_at_its_time_and_let_go_as_one_step_each(hand):
    stop = next(stop for day in hand.kept().days for stop in day.stops if stop.kind is not VisitKind.DUTY and stop.lock is Lock.NONE)

    def held():
        return next(each.lock for day in hand.kept().days for each in day.stops if each.key == stop.key)

    hand.panel.verbs.hold(stop, Lock.TIME)
    hand.settle()
    assert held() is Lock.TIME
    hand.panel.verbs.hold(stop, Lock.NONE)
    hand.settle()
    assert held() is Lock.NONE
    assert stop.title in hand.told[-1]
