import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from ui.details.even_rows import EvenRows


@pytest.fixture
def row(qtbot):
    """Five buttons of 80 pixels, laid out in a row of a width."""
    made = QWidget()
    qtbot.addWidget(made)
    layout = EvenRows(made)
    buttons = [QPushButton(str(number)) for number in range(5)]
    for each in buttons:
        each.setFixedHeight(20)
        each.setMinimumWidth(80)
        layout.addWidget(each)

    def lines(width):
        made.resize(width, layout.heightForWidth(width))
        made.show()
        layout.setGeometry(made.rect())
        tops = sorted({each.y() for each in buttons})
        return [[each for each in buttons if each.y() == top] for top in tops]

    return lines


@pytest.mark.parametrize(("width", "lengths"), [(600, [5]), (300, [2, 3]), (200, [1, 2, 2]), (90, [1, 1, 1, 1, 1])])
def test_buttons_stand_in_as_few_rows_as_they_fit_in(row, width, lengths):
    assert [len(line) for line in row(width)] == lengths


def test_every_row_is_filled_from_edge_to_edge(row):
    for line in row(301):
        assert line[0].x() == 0
        assert line[-1].x() + line[-1].width() == 301


def test_they_begin_at_the_other_side_where_one_reads_from_right_to_left(row, qtbot):
    from PySide6.QtCore import Qt

    first = row(600)[0][0]
    around = first.parentWidget()
    around.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    around.layout().setGeometry(around.rect())
    assert first.x() + first.width() == 600
