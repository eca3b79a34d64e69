import pytest
from PySide6.QtGui import QAction

from planner.values import replace
from ui.week.left_out_panel import LeftOutPanel


@pytest.fixture
def panel(qtbot, context_of, workspace):
    """The panel before anything is planned; `pressed` are the wishes to plan."""
    action = QAction("Plan week")
    made = LeftOutPanel(context_of(workspace), plan=action)
    made.action, made.pressed = action, []
    action.triggered.connect(lambda: made.pressed.append(1))
    qtbot.addWidget(made)
    made.show()
    return made


def show(panel, plan):
    panel._context.desk.show_plan(plan, routed=False)


def test_before_the_first_plan_it_says_what_to_do_and_does_it(panel):
    assert panel.empty.isVisible()
    assert not panel.view.isVisible()
    assert panel.empty.title.text() == "Nothing is planned yet"
    panel.plan.click()
    assert len(panel.pressed) == 1


def test_while_the_week_is_planned_it_says_so(panel):
    panel._context.bus.planning.emit(True)
    assert "being planned" in panel.empty.sentence.text()
    assert not panel.plan.isVisible()
    panel._context.bus.planning.emit(False)
    assert panel.plan.isVisible()


def test_the_list_takes_its_place_and_gives_it_back(panel, plan):
    show(panel, plan)
    assert panel.view.isVisible()
    assert not panel.empty.isVisible()
    show(panel, replace(plan, left_out=()))
    assert panel.empty.title.text() == "Everyone is in the plan"
    assert not panel.plan.isVisible()
    show(panel, None)
    assert panel.plan.isVisible()


def test_a_filter_that_hides_all_is_no_empty_plan(panel, plan):
    show(panel, plan)
    panel._context.bus.searched.emit("nobody is called so")
    assert panel.view.isVisible()
    assert panel.heading.text().endswith("0 of 3 shown")


def test_a_plan_that_cannot_be_made_here_says_why(panel):
    panel.action.setToolTip("This window only shows it.")
    panel.action.setEnabled(False)
    assert not panel.plan.isEnabled()
    assert panel.plan.toolTip() == "This window only shows it."
