from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from planner.model.week import Lock
from planner.store.accounts import save_accounts
from planner.values import replace
from ui.details.panel import DetailsPanel


@pytest.fixture
def panel(qtbot, context_of, filled, is_quiet):
    """The panel over the plan; `added` and `locked` are what was wanted of it."""
    context = context_of(filled)
    made = DetailsPanel(context)
    made.context, made.added, made.locked = context, [], []
    made.add_wanted.connect(made.added.append)
    made.lock_wanted.connect(lambda stop, how: made.locked.append((stop.key, how)))
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


@pytest.fixture
def select(qtbot, panel, is_quiet):
    def go(account_id):
        panel.context.desk.select(account_id)
        qtbot.waitUntil(lambda: is_quiet() and panel._details is not None and panel._details.account.id == account_id)
        qtbot.waitUntil(lambda: panel._details.account.name in texts(panel))

    return go


def texts(panel):
    return [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]


def buttons(panel):
    return {each.text(): each for each in panel.findChildren(QPushButton) if each.isVisible()}


def test_who_is_not_planned_can_be_put_into_the_week(panel, select):
    select(4)
    found = buttons(panel)
    assert found["Add to week"].property("role") == "primary"
    assert [text for text in found if not text.startswith(("Lock", "Unlock"))][:5] == [
        "Add to week",
        "Directions  ▾",
        "Log visit…",
        "Edit…",
        "History…",
    ]
    found["Add to week"].click()
    assert panel.added == [4]


def test_who_is_planned_is_held_at_the_time_or_let_go(qtbot, panel, select, plan):
    select(1)
    buttons(panel)["Lock Mon 9:00"].click()
    assert panel.locked == [("account-1", Lock.TIME)]
    monday = plan.days[0]
    held = replace(monday, stops=(replace(monday.stops[0], lock=Lock.DAY), *monday.stops[1:]))
    panel.context.desk.show_plan(replace(plan, days=(held, *plan.days[1:])), routed=False)
    qtbot.waitUntil(lambda: "Unlock Mon 9:00" in buttons(panel))
    buttons(panel)["Unlock Mon 9:00"].click()
    assert panel.locked[1:] == [("account-1", Lock.NONE)]


def test_without_a_plan_nothing_can_be_put_into_it(qtbot, panel, select):
    select(4)
    panel.context.desk.show_plan(None)
    qtbot.waitUntil(lambda: "Add to week" in buttons(panel) and not buttons(panel)["Add to week"].isEnabled())
    assert "not planned" in buttons(panel)["Add to week"].toolTip()


def test_directions_are_for_what_is_on_the_map(panel, select):
    select(6)
    assert not buttons(panel)["Directions  ▾"].isEnabled()
    select(1)
    menu = buttons(panel)["Directions  ▾"].menu()
    assert [action.text() for action in menu.actions()][:2] == ["Google Maps", "Apple Maps"]


def test_a_window_that_only_shows_writes_nothing(qtbot, panel, select, filled):
    filled.read_only = True
    select(4)
    assert not any(buttons(panel)[text].isEnabled() for text in ("Add to week", "Log visit…", "Edit…"))
    assert buttons(panel)["History…"].isEnabled()


def test_who_is_hidden_by_the_filter_is_said_to_be_where_the_filter_counts(qtbot, panel, select):
    hidden = "Hidden by the filter of the list"
    select(1)
    panel.context.bus.page_changed.emit("accounts")
    panel.context.bus.filtered.emit({2, 3})
    qtbot.waitUntil(lambda: hidden in texts(panel))
    panel.context.bus.page_changed.emit("week")
    qtbot.waitUntil(lambda: hidden not in texts(panel))
    panel.context.bus.page_changed.emit("accounts")
    panel.context.bus.filtered.emit({1})
    qtbot.waitUntil(lambda: "Uni-Mart HQ" in texts(panel) and hidden not in texts(panel))


def test_what_is_said_of_a_visit_is_of_the_day_that_the_plan_is_of(qtbot, panel, select, plan, is_quiet):
    select(2)  # last seen on July 2, every 60 days
    on = date(2026, 12, 2)
    panel.context.desk.show_plan(replace(plan, valued_on=on), routed=False)
    late = (on - date(2026, 7, 2)).days - 60
    qtbot.waitUntil(lambda: any(text.startswith(f"Overdue {late} days") for text in texts(panel)))
    assert len([text for text in texts(panel) if text.startswith("Overdue")]) == 1


def test_an_account_left_out_is_worth_what_the_list_says(qtbot, panel, select, accounts, plan):
    select(5)
    assert "WORTH OF A VISIT · value 31" in texts(panel)
    assert {"Counted when planned, not now", "Not counted yet when planned"} & set(texts(panel))
    assert texts(panel).count("52 min detour for a value of 31.") == 1


def test_telephone_numbers_are_pressed_to_call(monkeypatch, panel, select, filled, accounts):
    followed = []
    monkeypatch.setattr("ui.details.reach_lines.follow", followed.append)
    with filled.writing("Test") as db:
        save_accounts(db, [replace(accounts[0], phone="(814) 555-0101"), replace(accounts[1], phone="814 555 0102", do_not_call=True)])
    select(1)
    buttons(panel)["(814) 555-0101"].click()
    assert followed == ["tel:8145550101"]
    select(2)
    assert "814 555 0102" in texts(panel)
    assert "814 555 0102" not in buttons(panel)


def test_why_a_visit_is_on_its_day_is_told_where_it_is_planned_and_nowhere_else(qtbot, panel, select):
    plan = panel.context.desk.plan
    planned = next(stop.account_id for day in plan.days for stop in day.stops if stop.account_id)
    left = next(each.account_id for each in plan.left_out if each.account_id)
    select(planned)
    assert "WHY MONDAY" not in texts(panel)
    panel.show_why_day(planned, "Monday", "It is the only day.")
    assert {"WHY MONDAY", "It is the only day."} <= set(texts(panel))
    select(left)
    panel.show_why_day(left, "Monday", "It is the only day.")
    assert "WHY MONDAY" not in texts(panel)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [panel]
