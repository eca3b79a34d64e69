from PySide6.QtCore import Qt

from planner.model.week import WhyNot
from ui.week.left_out_model import LEFT_OUT, LeftOutModel


def titles(model):
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def test_the_most_valuable_stands_first(qapp, plan):
    model = LeftOutModel()
    model.show(plan.left_out)
    assert titles(model) == ["Hoag's Catering", "Pine Hall Office", "Nowhere & Sons <b>"]
    assert model.total == 3


def test_reasons_filter_and_are_counted(qapp, plan):
    model = LeftOutModel()
    model.show(plan.left_out)
    assert dict(model.reasons()) == {WhyNot.NO_ROOM: 1, WhyNot.TOO_FAR: 1, WhyNot.UNPLACED: 1}
    model.filter_reasons({WhyNot.TOO_FAR})
    assert titles(model) == ["Hoag's Catering"]
    model.filter_reasons(set())
    assert len(titles(model)) == 3


def test_text_is_looked_for_in_title_and_reason(qapp, plan):
    model = LeftOutModel()
    model.show(plan.left_out)
    model.filter_text("PINE")
    assert titles(model) == ["Pine Hall Office"]
    model.filter_text("detour")
    assert titles(model) == ["Hoag's Catering"]


def test_rows_are_found_by_account(qapp, plan):
    model = LeftOutModel()
    model.show(plan.left_out)
    assert model.data(model.index(model.row_of(4)), LEFT_OUT).title == "Pine Hall Office"
    assert model.row_of(1) == -1
    assert model.row_of(None) == -1


def test_a_name_with_markup_in_it_is_only_a_name_in_the_tip(qapp, plan):
    model = LeftOutModel()
    model.show(plan.left_out)
    assert "Nowhere &amp; Sons &lt;b&gt;" in model.data(model.index(2), Qt.ItemDataRole.ToolTipRole)
