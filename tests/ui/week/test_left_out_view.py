import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from planner.model.week import VisitKind
from planner.values import replace
from ui.map.shapes import shape_path
from ui.style import SMALL_PX, font
from ui.week.left_out_model import LeftOutModel
from ui.week.left_out_view import LeftOutView

LONG = "No room: Friday is full until 17:46. Would displace Silver Birch"


@pytest.fixture
def view(qtbot, theme, plan):
    """The list with one reason that is long, thirty times."""
    made = LeftOutView(theme)
    model = LeftOutModel(made)
    model.show(tuple(replace(plan.left_out[0], key=f"account-{number}", text=LONG) for number in range(30)))
    made.setModel(model)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def heights(view):
    return {view.visualRect(view.model().index(row, 0)).height() for row in range(view.model().rowCount())}


def test_rows_have_the_height_of_the_width_they_have_now(qtbot, view):
    qtbot.waitUntil(lambda: len(heights(view)) == 1 and 0 not in heights(view))
    (one_line,) = heights(view)
    assert QFontMetricsF(font(SMALL_PX)).horizontalAdvance(LONG) > 240
    for width in (240, 600, 240):
        view.resize(width, 400)
        high = width == 240
        qtbot.waitUntil(lambda high=high: all((height > one_line) is high for height in heights(view)))


def test_a_change_while_rows_are_still_laid_out_is_not_missed(qtbot, view):
    qtbot.waitUntil(lambda: 0 not in heights(view))
    (one_line,) = heights(view)
    view.scheduleDelayedItemsLayout()
    view.resize(240, 400)
    qtbot.waitUntil(lambda: min(heights(view)) > one_line)


def test_a_row_needs_no_other_height_once_the_scroll_bar_has_come(view):
    delegate = view.itemDelegate()
    before = delegate.room_px
    view.verticalScrollBar().setVisible(not view.verticalScrollBar().isVisible())
    assert delegate.room_px == before


@pytest.mark.parametrize("kind", [VisitKind.CAPTURE, VisitKind.CARE, VisitKind.SUPPORT])
def test_a_row_has_the_mark_of_the_pin_in_shape_and_colour(view, theme, plan, kind):
    view.model().show((replace(plan.left_out[0], kind=kind),))
    image = QImage(300, 60, QImage.Format.Format_ARGB32)
    image.fill("white")
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 300, 60)
    painter = QPainter(image)
    view.itemDelegate().paint(painter, option, view.model().index(0, 0))
    painter.end()
    colour = theme.colours.of_kind(kind)
    marked = [(x, y) for x in range(28) for y in range(60) if image.pixelColor(x, y) == colour]
    middle = (sum(x for x, _ in marked) / len(marked) + 0.5, sum(y for _, y in marked) / len(marked) + 0.5)
    outline = shape_path(kind, 4.5 + 1.0).translated(*middle)
    assert all(outline.contains(image.rect().topLeft().toPointF() + _point(x, y)) for x, y in marked)
    assert len(marked) > 0.5 * _area(shape_path(kind, 4.5))


def _point(x, y):
    from PySide6.QtCore import QPointF

    return QPointF(x + 0.5, y + 0.5)


def _area(path):
    return sum(path.contains(_point(x, y)) for x in range(-8, 8) for y in range(-8, 8))
