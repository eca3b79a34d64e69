import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtWidgets import QWidget

from ui.map.tools.hover_card import beside


def shown(hand):
    return [line.text() for line in hand.tools.card.lines if line.isVisible()]


def test_a_pin_under_the_cursor_has_its_card_beside_it(hand):
    at = hand.pixel(hand.desk.accounts[5].place)
    hand.move(at + QPoint(2, 1))
    card = hand.tools.card
    assert card.isVisible()
    assert not card.geometry().contains(at + QPoint(2, 1))
    assert shown(hand)[:3] == ["Hoag's Catering", "Prospect · tier B · Rep A", "5 Pine Hall Rd, State College"]
    assert len(shown(hand)) <= 5
    hand.move(QPoint(30, 300))
    assert not card.isVisible()


def test_when_a_visit_is_due_follows_a_moment_later(qtbot, hand):
    hand.move(hand.pixel(hand.desk.accounts[5].place))
    assert shown(hand)[-1] == "Seen Jul 5"
    qtbot.waitUntil(lambda: shown(hand)[-1].startswith("Seen Jul 5, overdue "))


def test_space_shows_the_card_of_the_selected_account_and_escape_takes_it_away(qtbot, hand):
    hand.desk.select(1)
    hand.view.select(1)
    qtbot.keyClick(hand.view, Qt.Key.Key_Space)
    assert shown(hand)[0] == "Uni-Mart HQ"
    assert "Proposal, $2,400 a month" in shown(hand)
    assert shown(hand)[-1].endswith("planned Mon 30, 9:00")
    assert "Uni-Mart HQ" in hand.tools.card.accessibleDescription()
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert not hand.tools.card.isVisible()


def test_a_name_with_a_tag_in_it_is_only_a_name(hand):
    assert all(line.textFormat() is Qt.TextFormat.PlainText for line in hand.tools.card.lines)


def test_no_card_is_in_the_way_of_a_tool(hand):
    hand.tools.pick("lasso")
    hand.move(hand.pixel(hand.desk.accounts[5].place))
    assert not hand.tools.card.isVisible()


def test_a_card_turns_at_the_edges_and_never_lies_over_its_pin(qtbot):
    view = QWidget()
    qtbot.addWidget(view)
    view.resize(500, 300)
    for x in range(0, 501, 25):
        for y in range(0, 301, 25):
            card = beside(QPointF(x, y), QRect(0, 0, 200, 90), view)
            assert view.rect().contains(card)
            assert not card.adjusted(-8, -8, 8, 8).contains(QPoint(x, y))


@pytest.mark.parametrize("never", [False, True])
def test_who_is_not_to_be_visited_is_said_to_be(accounts, never):
    from planner.values import replace
    from ui.map.tools.card_lines import card_lines

    lines = card_lines(replace(accounts[3], do_not_visit=never), [], None, "Due today")
    assert lines[-1] == ("Not to be visited" if never else "Due today")
