import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from planner.model.places import LatLon, MatchQuality
from planner.model.placing import PlaceProblem, PlaceToCheck
from planner.store.accounts import save_accounts
from planner.usecases.accounts import list_accounts, need_account
from planner.usecases.places import places_to_check
from planner.usecases.undo import list_steps, undo
from planner.values import replace
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.map.camera import world_of
from ui.places.dialog import PlacesDialog

NOWHERE, ONLY_ZIP, DOUBTFUL = 6, 4, 5


def texts(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def on_show(dialog):
    return dialog.places.current.account.id


def pixel(dialog, place):
    return QPointF(*dialog.map.view.camera.to_screen(*world_of(place))).toPoint()


def test_the_worst_stands_first_with_its_address_why_and_what_it_may_be(dialog_of, poor, candidates):
    dialog = dialog_of(poor)
    assert dialog.title.text() == "3 places to check"
    assert [each.account.id for each in dialog.places.model.shown] == [NOWHERE, ONLY_ZIP, DOUBTFUL]
    assert {"Nowhere & Sons <b>", "6 Pine Hall Rd, State College, PA 16801"} <= set(texts(dialog))
    assert dialog.why.text().endswith(".")
    assert [each.texts[0] for each in dialog.candidates.buttons] == ["6 Pine Hall Road <b>", "Pine Hall Drive"]
    assert dialog.candidates.buttons[0].accessibleName() == "A: 6 Pine Hall Road <b>"
    assert not dialog.put.isEnabled()
    assert not dialog.right.isEnabled()
    assert dialog.places.view.hasFocus()


def test_it_begins_with_the_account_that_is_selected_and_selects_what_is_on_show(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor, DOUBTFUL)
    assert on_show(dialog) == DOUBTFUL
    qtbot.keyClick(dialog.places.view, Qt.Key_Up)
    assert dialog._context.desk.selected == ONLY_ZIP
    dialog._context.desk.select(NOWHERE)
    assert on_show(dialog) == NOWHERE
    dialog._context.desk.select(1)
    assert on_show(dialog) == NOWHERE
    qtbot.waitUntil(is_quiet)


def test_a_letter_chooses_a_candidate_and_the_next_place_follows(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor, ONLY_ZIP)
    qtbot.keyClick(dialog.places.view, Qt.Key_B)
    qtbot.waitUntil(is_quiet)
    chosen = need_account(poor, ONLY_ZIP)
    assert chosen.place == candidates[1].point
    assert not chosen.match_doubtful
    assert on_show(dialog) == DOUBTFUL
    assert dialog.title.text() == "2 places to check"
    assert dialog.told.text().endswith("Ctrl+Z takes it back.")


def test_a_letter_without_a_candidate_does_nothing(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor)
    before = len(list_steps(poor))
    qtbot.keyClick(dialog.places.view, Qt.Key_C)
    qtbot.waitUntil(is_quiet)
    assert len(list_steps(poor)) == before


def test_a_candidate_is_chosen_by_a_click_in_the_list_or_on_the_map(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor)
    qtbot.mouseClick(dialog.candidates.buttons[0], Qt.LeftButton)
    qtbot.waitUntil(is_quiet)
    assert need_account(poor, NOWHERE).place == candidates[0].point
    qtbot.mouseClick(dialog.map.view, Qt.LeftButton, pos=pixel(dialog, candidates[1].point))
    qtbot.waitUntil(is_quiet)
    assert need_account(poor, ONLY_ZIP).place == candidates[1].point


def test_a_candidate_that_is_pointed_at_stands_out_in_the_list_and_on_the_map(qtbot, dialog_of, poor, candidates):
    dialog = dialog_of(poor)
    plain = dialog.candidates.buttons[1].grab().toImage()
    qtbot.mouseMove(dialog.map.view, pixel(dialog, candidates[1].point))
    assert dialog.candidates.buttons[1].grab().toImage() != plain
    flat = dialog.map.view.grab().toImage()
    dialog.candidates.buttons[0].pointed.emit(True)
    assert dialog.map.view.grab().toImage() != flat


def test_the_pin_is_dragged_and_enter_puts_it_there(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor, DOUBTFUL)
    view, place = dialog.map.view, need_account(poor, DOUBTFUL).place
    begin = pixel(dialog, place) - QPoint(0, 22)
    qtbot.mousePress(view, Qt.LeftButton, pos=begin)
    qtbot.mouseMove(view, begin + QPoint(20, 10))
    qtbot.mouseMove(view, begin + QPoint(50, 30))
    qtbot.mouseRelease(view, Qt.LeftButton, pos=begin + QPoint(50, 30))
    wanted = dialog.map.moved_to
    assert dialog.put.isEnabled()
    assert dialog.map.hint.text().startswith("Moved ")
    assert need_account(poor, DOUBTFUL).place == place
    qtbot.keyClick(view, Qt.Key_Return)
    qtbot.waitUntil(is_quiet)
    put = need_account(poor, DOUBTFUL)
    assert put.place.metres_to(wanted) < 0.1
    assert put.match_quality is MatchQuality.MANUAL
    assert on_show(dialog) == NOWHERE
    assert dialog.places.view.hasFocus()
    assert not dialog.put.isEnabled()


def test_a_click_puts_a_pin_that_was_nowhere_and_escape_takes_it_back(qtbot, dialog_of, poor, candidates):
    dialog = dialog_of(poor, NOWHERE)
    assert dialog.map.hint.text() == "Click on the map to put the pin there, or press Space on it."
    qtbot.mouseClick(dialog.map.view, Qt.LeftButton, pos=QPoint(30, 30))
    assert dialog.put.isEnabled()
    qtbot.keyClick(dialog.map.view, Qt.Key_Escape)
    assert not dialog.put.isEnabled()
    assert dialog.isVisible()


def test_r_says_that_a_place_is_right(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor, DOUBTFUL)
    qtbot.keyClick(dialog.places.view, Qt.Key_R)
    qtbot.waitUntil(is_quiet)
    assert [each.account.id for each in places_to_check(poor)] == [NOWHERE, ONLY_ZIP]
    assert on_show(dialog) == NOWHERE
    before = len(list_steps(poor))
    qtbot.keyClick(dialog.places.view, Qt.Key_R)
    qtbot.waitUntil(is_quiet)
    assert len(list_steps(poor)) == before


def test_s_leaves_a_place_for_later_and_after_the_last_comes_the_first(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor)
    seen = []
    for _ in range(3):
        qtbot.keyClick(dialog.places.view, Qt.Key_S)
        seen.append(on_show(dialog))
    assert seen == [ONLY_ZIP, DOUBTFUL, NOWHERE]
    qtbot.waitUntil(is_quiet)
    assert len(places_to_check(poor)) == 3


def test_a_key_that_comes_too_soon_is_about_no_place(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor)
    before = len(list_steps(poor))
    qtbot.keyClick(dialog.places.view, Qt.Key_A)
    qtbot.keyClick(dialog.places.view, Qt.Key_A)
    qtbot.waitUntil(is_quiet)
    assert len(list_steps(poor)) == before + 1


def test_undo_brings_a_place_back_and_on_show(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor, ONLY_ZIP)
    qtbot.keyClick(dialog.places.view, Qt.Key_A)
    qtbot.waitUntil(is_quiet)
    dialog._context.bus.changed.emit(undo(poor))
    qtbot.waitUntil(is_quiet)
    assert dialog.title.text() == "3 places to check"
    assert on_show(dialog) == ONLY_ZIP


def test_candidates_that_come_too_late_are_not_shown_for_another_account(dialog_of, poor, candidates):
    dialog = dialog_of(poor, DOUBTFUL)
    dialog.show_candidates(NOWHERE, [])
    assert dialog.matches == candidates


def test_without_candidates_it_says_what_to_do(qtbot, dialog_of, poor, monkeypatch):
    monkeypatch.setattr("ui.places.dialog.place_candidates", lambda *_: [])
    dialog = dialog_of(poor)
    qtbot.waitUntil(lambda: any(text.startswith("Nothing on this laptop knows this address.") for text in texts(dialog)))


def test_what_lies_outside_the_road_pack_leads_to_the_footprint(qtbot, dialog_of, poor, candidates, window):
    dialog = dialog_of(poor)
    far = replace(need_account(poor, 1), place=LatLon(41.9, -79))
    assert not dialog.footprint.isVisible()
    dialog.show_places([PlaceToCheck(far, PlaceProblem.OUTSIDE, "Its place lies outside the road pack.")])
    assert dialog.why.text() == "Its place lies outside the road pack. Add its area to your footprint."
    with qtbot.waitSignal(window.footprint.triggered):
        dialog.footprint.click()
    assert not dialog.isVisible()


def test_what_stays_in_the_list_is_left_all_the_same(qtbot, dialog_of, poor, candidates, is_quiet, monkeypatch):
    stays = places_to_check(poor)
    monkeypatch.setattr("ui.places.dialog.places_to_check", lambda _workspace: stays)
    dialog = dialog_of(poor, ONLY_ZIP)
    qtbot.keyClick(dialog.places.view, Qt.Key_R)
    qtbot.waitUntil(is_quiet)
    assert on_show(dialog) == DOUBTFUL


def test_when_all_places_are_good_it_says_so(qtbot, dialog_of, filled, accounts, is_quiet):
    with filled.writing("Test") as db:
        save_accounts(db, [replace(each, place=each.place or LatLon(40.8, -77.8), match_doubtful=False) for each in accounts[:5]])
        save_accounts(db, [replace(accounts[5], place=LatLon(40.8, -77.8), match_quality=MatchQuality.ROOFTOP)])
    dialog = dialog_of(filled)
    assert "All places are good" in texts(dialog)
    assert not dialog.put.isVisible()
    assert not dialog.online.isVisible()
    assert [each.text() for each in dialog.findChildren(QPushButton) if each.isVisible()] == ["Close"]


def test_before_there_are_accounts_it_says_what_will_be_here(qtbot, dialog_of, workspace, is_quiet):
    dialog = dialog_of(workspace)
    dialog._context.desk.load()
    qtbot.waitUntil(is_quiet)
    dialog.show_places([])
    assert "No accounts yet" in texts(dialog)


def test_chips_leave_only_places_with_that_problem(qtbot, dialog_of, poor, candidates, is_quiet):
    dialog = dialog_of(poor)
    chips = {each.text(): each for each in dialog.places.chips.findChildren(QPushButton)}
    assert list(chips) == ["No place 1", "Only its ZIP or town 1", "Doubtful 1"]
    chips["Doubtful 1"].click()
    assert [each.account.id for each in dialog.places.model.shown] == [DOUBTFUL]
    qtbot.waitUntil(is_quiet)
    qtbot.keyClick(dialog.places.view, Qt.Key_R)
    qtbot.waitUntil(is_quiet)
    assert [each.account.id for each in dialog.places.model.shown] == [NOWHERE, ONLY_ZIP]


@pytest.fixture
def main_window(qtbot, context_of, is_quiet, poor, candidates):
    context = context_of(poor)
    made = MainWindow(context, Geometry(poor.home))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


@pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)
def test_the_details_of_a_poor_place_lead_here_and_undo_has_its_key(qtbot, main_window, poor, candidates, is_quiet):
    desk = main_window._context.desk
    desk.select(1)
    qtbot.waitUntil(is_quiet)
    assert "Check its place…" not in [each.text() for each in main_window.details.findChildren(QPushButton)]
    desk.select(DOUBTFUL)
    qtbot.waitUntil(is_quiet)
    next(each for each in main_window.details.findChildren(QPushButton) if each.text() == "Check its place…").click()
    dialog = main_window.findChild(PlacesDialog)
    qtbot.waitUntil(is_quiet)
    assert on_show(dialog) == DOUBTFUL
    qtbot.keyClick(dialog.places.view, Qt.Key_A)
    qtbot.waitUntil(is_quiet)
    assert need_account(poor, DOUBTFUL).place == candidates[0].point
    qtbot.keyClick(dialog.places.view, Qt.Key_Z, Qt.ControlModifier)
    qtbot.waitUntil(is_quiet)
    assert on_show(dialog) == DOUBTFUL
    main_window.actions_by_id["check-places"].trigger()
    assert len(main_window.findChildren(PlacesDialog)) == 1
    dialog.close()
    qtbot.waitUntil(is_quiet)


def test_the_sample_has_real_candidates_on_real_streets(qtbot, dialog_of, sample_home, copy_of, is_quiet):
    workspace = copy_of(sample_home)
    somewhere = next(each for each in list_accounts(workspace) if each.match_quality is MatchQuality.ROOFTOP)
    lost = replace(somewhere, place=None, match_quality=MatchQuality.NONE, match_doubtful=True, match_note="Lost")
    with workspace.writing("Test", sample=True) as db:
        save_accounts(db, [lost])
    dialog = dialog_of(workspace, lost.id)
    qtbot.waitUntil(lambda: dialog.map.view.is_settled, timeout=10_000)
    assert dialog.map._basemap is not None
    assert dialog.matches[0].point.metres_to(somewhere.place) < 50
    qtbot.keyClick(dialog.places.view, Qt.Key_A)
    qtbot.waitUntil(is_quiet)
    assert need_account(workspace, lost.id).place.metres_to(somewhere.place) < 50
    dialog.close()
    assert dialog.map._basemap is None
