import pytest

from ui.reports.figures import FigureModel, FigureTable


@pytest.fixture
def table_of(qtbot, theme):
    """Makes a table of three rows on show."""

    def make(widths, **more):
        model = FigureModel([f"Column {number}" for number in range(len(widths))], frozenset(), theme)
        made = FigureTable(model, "Figures", widths, least=100, **more)
        model.setParent(made)
        model.put([tuple("x" for _ in widths)] * 3)
        qtbot.addWidget(made)
        made.resize(500, 400)
        made.show()
        return made

    return make


def test_columns_without_a_width_share_the_room(table_of):
    table = table_of((100, 0, 0))
    assert table.columnWidth(1) == table.columnWidth(2) == (table.viewport().width() - 100) // 2


def test_what_is_spare_goes_first_and_comes_back(qtbot, table_of):
    table = table_of((0, 150, 150, 120), spare=(2, 1))
    assert [table.isColumnHidden(column) for column in range(4)] == [False, False, True, False]
    table.resize(300, 400)
    assert [table.isColumnHidden(column) for column in range(4)] == [False, True, True, False]
    table.resize(700, 400)
    assert not any(table.isColumnHidden(column) for column in range(4))


def test_a_snug_table_is_as_high_as_its_rows(table_of):
    table = table_of((0, 100), snug=True)
    assert table.maximumHeight() == table.horizontalHeader().sizeHint().height() + 3 * table.rowHeight(0) + 2
    table.model().put([("x", "y")])
    assert table.maximumHeight() == table.horizontalHeader().sizeHint().height() + table.rowHeight(0) + 2


def test_a_measured_table_shows_all_of_a_text_that_it_has_room_for(table_of):
    table = table_of((40, 0), measured=True)
    table.model().put([("x" * 20, "y")])
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("x" * 20)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
