import pytest

from planner.model.week import VisitKind
from ui.week.board_layout import GUTTER_PX, HOUR_S, Piece, cards_of, driving_spans, fit


def of(cards, piece, day=None):
    return [card for card in cards if card.piece is piece and day in {None, card.day}]


def test_every_stop_is_a_card_as_long_as_the_visit(plan):
    visits = of(cards_of(plan), Piece.VISIT)
    stops = [stop for day in plan.days for stop in day.stops]
    assert [(card.title, card.from_s, card.to_s) for card in visits] == [(stop.title, stop.start_s, stop.leave_s) for stop in stops]


def test_visits_are_numbered_and_appointments_are_not(plan):
    numbers = {card.title: card.number for card in of(cards_of(plan), Piece.VISIT)}
    assert numbers == {"Uni-Mart HQ": 1, "Yards Leasing": 2, "Staff meeting": 0, "Torrey Dental": 1}


def test_a_drive_ends_on_arrival_and_the_last_one_ends_at_home(plan):
    drives = of(cards_of(plan), Piece.DRIVE, day=0)
    assert [(card.from_s / HOUR_S, card.to_s / HOUR_S, card.title) for card in drives] == [(8, 9, "60"), (12.5, 13, "30"), (14, 14.5, "30")]


def test_lunch_and_calls_are_cards_of_their_own(plan):
    cards = cards_of(plan)
    assert [(card.day, card.from_s) for card in of(cards, Piece.LUNCH)] == [(0, 12 * HOUR_S)]
    assert [(card.day, card.title) for card in of(cards, Piece.BLOCK)] == [(4, "One-on-one by phone")]


def test_a_drive_without_length_is_no_card(plan):
    assert [card.title for card in of(cards_of(plan), Piece.DRIVE, day=1)] == ["30", "30"]


def test_a_call_in_the_middle_of_a_drive_splits_it():
    spans = list(driving_spans(left_s=0, arrive_s=100, drive_s=60, busy_latest_first=[(50, 80)]))
    assert spans == [(80, 100), (10, 50)]


def test_what_was_busy_before_leaving_does_not_move_a_drive():
    assert list(driving_spans(left_s=40, arrive_s=100, drive_s=30, busy_latest_first=[(0, 20)])) == [(70, 100)]


def test_a_scale_turns_time_into_pixels(plan):
    scale = fit(plan, GUTTER_PX + 5 * 140, 400)
    first = next(card for card in cards_of(plan) if card.title == "Uni-Mart HQ")
    box = scale.rect_of(first)
    assert scale.from_hour == 8
    assert box.top() == pytest.approx(scale.hour_px + 0.5)
    assert box.height() == pytest.approx(scale.hour_px - 1)
    assert GUTTER_PX < box.left() < box.right() < GUTTER_PX + 140
    assert scale.day_at(GUTTER_PX + 150) == 1
    assert scale.day_at(10) is None


def test_a_board_too_small_scrolls_instead_of_shrinking_its_cards(plan):
    scale = fit(plan, 200, 50)
    assert scale.height_px > 50
    assert scale.width_px > 200
    shortest = min(scale.rect_of(card).height() for card in cards_of(plan) if card.piece is Piece.VISIT)
    assert shortest >= 16


def test_a_roomy_board_fills_its_height(plan):
    assert fit(plan, 1000, 900).height_px == pytest.approx(900)


def test_kinds_reach_the_cards(plan):
    kinds = {card.title: card.kind for card in of(cards_of(plan), Piece.VISIT)}
    assert kinds["Torrey Dental"] is VisitKind.SUPPORT
    assert kinds["Staff meeting"] is VisitKind.DUTY
