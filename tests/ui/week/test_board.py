from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QRegion

from ui.week.board_layout import HEADER_PX, Piece


def card_called(board, title):
    return next(card for card in board.cards if card.title == title and card.piece is Piece.VISIT)


def test_a_click_on_a_card_selects_its_account(qtbot, board):
    with qtbot.waitSignal(board.selected) as signal:
        qtbot.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=board.point_of(card_called(board, "Yards Leasing")).toPoint())
    assert signal.args == [2]
    assert board.current.title == "Yards Leasing"


def test_a_click_on_another_day_makes_it_the_active_one(qtbot, board):
    with qtbot.waitSignal(board.day_picked) as signal:
        qtbot.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=board.point_of(card_called(board, "Torrey Dental")).toPoint())
    assert signal.args == [1]


def test_a_click_on_the_name_of_a_day_makes_it_the_active_one(qtbot, board):
    with qtbot.waitSignal(board.day_picked) as signal:
        qtbot.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(board.viewport().width() - 20, HEADER_PX // 2))
    assert signal.args == [4]


def test_a_click_on_a_drive_selects_nothing(qtbot, board):
    drive = next(card for card in board.cards if card.piece is Piece.DRIVE)
    with qtbot.assertNotEmitted(board.selected):
        qtbot.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=board.point_of(drive).toPoint())


def test_arrows_walk_through_the_visits(qtbot, board):
    walked = []
    board.selected.connect(walked.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(board, key)
    assert walked == [1, 2, 3, None, 1, 2]


def test_the_right_arrow_skips_days_without_a_visit_and_stops_at_the_end(qtbot, board):
    board.select(3)
    with qtbot.assertNotEmitted(board.selected):
        qtbot.keyClick(board, Qt.Key.Key_Right)


def test_enter_opens_the_marked_visit(qtbot, board):
    board.select(1)
    with qtbot.waitSignal(board.opened) as signal:
        qtbot.keyClick(board, Qt.Key.Key_Return)
    assert signal.args == [1]


def test_selecting_from_outside_marks_the_card_without_telling_again(qtbot, board):
    with qtbot.assertNotEmitted(board.selected):
        board.select(3)
    assert board.current.title == "Torrey Dental"
    assert "Torrey Dental" in board.accessibleDescription()
    board.select(None)
    assert board.current is None


def test_a_selected_card_is_scrolled_into_view(board):
    board.resize(760, 200)
    board.select(2)
    room = board.viewport().rect().adjusted(0, HEADER_PX, 0, 0)
    assert room.contains(board.point_of(board.current).toPoint())


def test_the_selection_outlives_a_better_plan(board, plan):
    board.select(2)
    board.show_plan(plan)
    assert board.current.account_id == 2


def test_a_board_without_a_plan_paints_and_answers_nothing(qtbot, board):
    board.show_plan(None)
    board.grab()
    qtbot.keyClick(board, Qt.Key.Key_Down)
    assert board.current is None
    assert board.cards == ()


def test_the_board_is_painted_in_both_themes(board, theme):
    light = board.grab().toImage()
    theme.choose("dark")
    dark = board.grab().toImage()
    theme.choose("light")
    assert light.pixelColor(2, 2).lightness() > 200
    assert dark.pixelColor(2, 2).lightness() < 60


def test_the_line_of_now_crosses_no_card(board, plan, monkeypatch):
    card = card_called(board, "Uni-Mart HQ")
    now = datetime.combine(plan.days[0].day, time(), UTC) + timedelta(seconds=(card.from_s + card.to_s) // 2)
    without = board.grab().toImage()
    monkeypatch.setattr("ui.week.board_view.clock_of", lambda _plan: now)
    image, place = board.grab().toImage(), board.viewport().mapTo(board, board.point_of(card).toPoint())
    scale = board.scale
    column = range(int(scale.x_of(0)) + 1, int(scale.x_of(1)))
    differ = [x for x in column if image.pixelColor(x, place.y()) != without.pixelColor(x, place.y())]
    assert differ
    inside = scale.rect_of(card)
    assert not [x for x in differ if inside.left() + 1 < x < inside.right() - 1]


class Painted(QObject):
    """What of a widget was painted anew."""

    def __init__(self, widget):
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.region += event.region()
        return False


def test_marking_another_card_paints_the_two_and_nothing_else(qtbot, board):
    one, two = (card_called(board, title) for title in ("Yards Leasing", "Torrey Dental"))
    other = next(card for card in board.cards if card.piece is Piece.VISIT and card.account_id not in {one.account_id, two.account_id})
    board.select(one.account_id)
    QCoreApplication.processEvents()
    painted = Painted(board.viewport())
    board.select(two.account_id)
    qtbot.waitUntil(lambda: not painted.region.isEmpty())
    for card, is_painted in ((one, True), (two, True), (other, False)):
        assert painted.region.contains(board.point_of(card).toPoint()) == is_painted
