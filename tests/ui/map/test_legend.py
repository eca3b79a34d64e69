import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton

from planner.model.week import VisitKind
from ui.map.colouring import Colouring
from ui.map.furniture import Furniture
from ui.map.legend import Entry, Legend, LegendPainter, Section, Swatch

AREA = QRectF(0, 0, 600, 400)


@pytest.fixture
def painter(qapp):
    return LegendPainter(qapp.font().families())


def legend_of(count):
    return Legend("Mon 30", (Section("Owner", tuple(Entry(f"Rep {n}", Swatch.DOT, "#1f5fd6") for n in range(count))),))


def box_of(view):
    return Furniture(view.font().families()).legend(QRectF(view.rect()), view._furnished(view.camera))


def test_it_stands_at_the_right_edge_and_in_the_map(painter):
    laid = painter.laid_out(legend_of(4), AREA, 50)
    assert laid.box.right() == pytest.approx(590)
    assert laid.box.top() == 50
    assert AREA.contains(laid.box)
    assert len(laid.rows) == 6
    assert laid.above == laid.below == 0


def test_nothing_to_say_needs_no_box(painter):
    assert painter.laid_out(Legend(), AREA, 10) is None


def test_a_long_one_is_scrolled_to_its_end_and_no_further(painter):
    first = painter.laid_out(legend_of(40), AREA, 10)
    assert first.box.height() < 0.65 * AREA.height()
    assert first.below > 0
    last = painter.laid_out(legend_of(40), AREA, 10, skipped=1000)
    assert last.below == 0
    assert last.above + len(last.rows) == 42


def test_folded_only_its_name_is_left(painter):
    whole, folded = painter.laid_out(legend_of(4), AREA, 10), painter.laid_out(legend_of(4), AREA, 10, folded=True)
    assert len(folded.rows) == 1
    assert folded.box.height() < whole.box.height() / 2


def test_kinds_stand_in_as_few_rows_as_there_is_room_for(painter):
    kinds = Legend("", (Section("", tuple(Entry("Client care", kind) for kind in VisitKind), inline=True),))
    rows = [len(painter.laid_out(kinds, QRectF(0, 0, width, 400), 10).rows) for width in (300, 700, 1400)]
    assert rows[0] == 4 > rows[1] > rows[2] == 1


def test_a_long_name_does_not_make_it_wider_than_a_third_of_the_map(painter):
    long = Legend("", (Section("Owner", (Entry("Rep " * 80, Swatch.DOT, "#1f5fd6"),)),))
    assert painter.laid_out(long, AREA, 10).box.width() < 0.45 * AREA.width()


def test_a_click_folds_it_and_tells(view, qtbot, pins):
    view.set_pins(pins)
    at = box_of(view).box.center().toPoint()
    with qtbot.waitSignal(view.legend_folded) as told:
        qtbot.mouseClick(view, Qt.LeftButton, pos=at)
    assert told.args == [True]
    assert box_of(view).folded
    with qtbot.waitSignal(view.legend_folded) as told:
        qtbot.mouseClick(view, Qt.LeftButton, pos=box_of(view).box.center().toPoint())
    assert told.args == [False]


def test_what_lies_under_it_cannot_be_picked(view, qtbot, pins):
    view.set_pins(pins)
    at = box_of(view).box.center()
    world = view.camera.to_world(at.x(), at.y())
    view._put_camera(view.camera.moved_to(*world).panned(at.x() - 300, at.y() - 200))
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view, Qt.LeftButton, pos=at.toPoint())


def test_the_wheel_over_it_scrolls_it_and_leaves_the_map_alone(view, pins):
    view.set_pins(pins)
    view.set_colouring(Colouring("Stage", tuple(f"Stage {n}" for n in range(30)), "None"), {pin.key: n for n, pin in enumerate(pins)})
    view._furnish(legend=legend_of(40))
    zoom, at = view.camera.zoom, box_of(view).box.center()

    def wheel(notches):
        how = (QPoint(), QPoint(0, 120 * notches), Qt.NoButton, Qt.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(view, QWheelEvent(at, view.mapToGlobal(at), *how))

    wheel(-1)
    wheel(-1)
    assert box_of(view).above == 2
    wheel(1)
    assert box_of(view).above == 1
    assert view.camera.zoom == zoom
    assert not view._mover.is_moving


def test_it_stands_below_what_is_in_the_corner(view, pins):
    view.set_pins(pins)
    button = QPushButton("Layers")
    view.set_corner(button)
    button.show()
    assert box_of(view).box.top() >= button.geometry().bottom()
    assert button.geometry().right() <= view.width()
    view.resize(800, 500)
    assert button.geometry().right() > 700


def test_names_keep_clear_of_it(view, settle, pins):
    view.set_pins(pins)
    view.set_notice("Fictional sample territory")
    settle(view)
    taken = [QRectF(QPointF(left, top), QPointF(right, bottom)) for left, top, right, bottom in view._boxes()]
    overlay = view._overlay.overlay
    shift = (overlay.camera.width - view.width()) / 2
    boxes = [box for label in overlay.labels for box in label.boxes]
    labels = [QRectF(left - shift, top - shift, right - left, bottom - top) for left, top, right, bottom in boxes]
    assert labels
    assert not [(label, box) for label in labels for box in taken if label.intersects(box)]


def test_on_a_small_map_it_is_folded_until_it_is_wanted(view, qtbot, pins):
    view.set_pins(pins)
    view.fold_legend(folded=None)
    assert not box_of(view).folded
    view.resize(500, 200)
    assert box_of(view).folded
    qtbot.mouseClick(view, Qt.LeftButton, pos=box_of(view).box.center().toPoint())
    assert not box_of(view).folded
