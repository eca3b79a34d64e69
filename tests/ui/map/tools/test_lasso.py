from PySide6.QtCore import QPoint, Qt


def test_shift_drag_draws_a_lasso_around_accounts_and_the_bar_counts_them(hand):
    camera = hand.view.camera
    box = hand.box_around(1, 2, 3)
    hand.drag(*box, box[0], held=Qt.KeyboardModifier.ShiftModifier)
    assert hand.tools.box.ids == {1, 2, 3}
    assert hand.bar.isVisible()
    assert hand.bar.text.text() == "3 accounts · $2,400 in open deals"
    assert hand.view.camera == camera
    assert hand.tools.box.tool == ""


def test_the_count_follows_the_hand_while_it_draws(hand):
    hand.drag(*hand.box_around(1, 2), held=Qt.KeyboardModifier.ShiftModifier, let_go=False)
    assert hand.bar.text.text().startswith("2 accounts")


def test_a_plain_drag_moves_the_map_and_a_plain_click_picks_as_ever(hand):
    before = hand.view.camera
    hand.click(hand.pixel(hand.desk.accounts[1].place) + QPoint(200, 0))
    hand.drag(QPoint(700, 300), QPoint(730, 300), QPoint(760, 300))
    assert hand.view.camera.x < before.x
    assert hand.tools.box.ids == frozenset()
    assert not hand.bar.isVisible()


def test_the_lasso_as_a_tool_needs_no_shift_and_stays_in_the_hand(qtbot, hand):
    hand.actions["tool-lasso"].trigger()
    assert "Draw a line" in hand.bar.text.text()
    box = hand.box_around(4, 5)
    hand.drag(*box, box[0])
    assert hand.tools.box.ids == {4, 5}
    assert hand.actions["tool-lasso"].isChecked()
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.tools.box.ids == frozenset()
    assert hand.tools.box.tool == "lasso"
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.tools.box.tool == ""
    assert hand.actions["tool-move"].isChecked()


def test_escape_while_drawing_leaves_nothing(qtbot, hand):
    box = hand.box_around(1, 2)
    hand.drag(*box, held=Qt.KeyboardModifier.ShiftModifier, let_go=False)
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.tools.box.ids == frozenset()
    assert not hand.bar.isVisible()


def test_a_twitch_with_shift_held_is_no_lasso(hand):
    hand.drag(QPoint(300, 300), QPoint(304, 300), QPoint(304, 304), QPoint(300, 304), held=Qt.KeyboardModifier.ShiftModifier)
    assert hand.tools.box.ids == frozenset()
    assert not hand.bar.isVisible()


def test_a_lasso_around_nobody_says_so(hand):
    far = QPoint(40, 40)
    hand.drag(far, far + QPoint(60, 0), far + QPoint(60, 60), far + QPoint(0, 60), held=Qt.KeyboardModifier.ShiftModifier)
    assert hand.bar.text.text() == "No account in there"
    hand.press("Clear")
    assert not hand.bar.isVisible()
