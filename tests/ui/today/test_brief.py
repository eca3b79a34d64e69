from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from planner.model.accounts import Contact, VisitOutcome
from planner.model.tracking import Visit
from planner.model.travel import Leg, Maneuver, Turn
from planner.model.week import VisitKind
from planner.usecases.accounts import AccountDetails
from planner.values import replace
from ui.today import brief, directions
from ui.today.brief import brief_lines, deal_words, last_words, step_words
from ui.today.directions import Directions, by_streets


@pytest.fixture
def details(accounts, deals):
    return AccountDetails(replace(accounts[0], phone="814-555-0100"), tuple(deals), (), VisitKind.CAPTURE, 1.0, (), "")


def texts(widgets, kind=QLabel):
    return [each.text() for widget in widgets for each in (widget, *widget.findChildren(kind)) if isinstance(each, kind)]


def test_the_last_visit_and_what_was_agreed_stand_in_a_line_each(details):
    old = Visit(
        1, 1, date(2026, 9, 1), VisitOutcome.MET, "Wants a second line\nsoon", next_step="Send the quote", next_day=date(2026, 9, 8)
    )
    new = Visit(2, 1, date(2026, 10, 1), VisitOutcome.NO_SHOW)
    seen = replace(details, visits=(new, old))
    assert last_words(details) == "Jul 1, 2026"
    assert last_words(seen) == "Oct 1, 2026 · No-show"
    assert last_words(replace(details, visits=(old,))) == "Sep 1, 2026 · Met · Wants a second line soon"
    assert step_words(seen) == "Send the quote by Sep 8"
    assert step_words(replace(seen, visits=(new, replace(old, next_done=True)))) == ""
    assert deal_words(details) == "Fiber · $2,400 · proposal 75%, closes Dec 18"
    assert deal_words(replace(details, opportunities=())) == ""


def test_people_are_called_and_written_to_by_a_press(qtbot, details, monkeypatch):
    followed = []
    monkeypatch.setattr(brief, "follow", followed.append)
    people = (Contact(1, "", 1, "Ann", "Lee", "Office manager", "ann@example.com", mobile="(814) 555-0142"),)
    lines = list(brief_lines(replace(details, contacts=people)))
    buttons = [each for line in lines for each in line.findChildren(QPushButton)]
    assert "Ann Lee · Office manager" in texts(lines)
    for each in buttons:
        each.click()
    assert followed == ["tel:8145550100", "tel:8145550142", "mailto:ann@example.com"]
    assert min(each.minimumHeight() for each in buttons) >= 44


def test_who_is_not_to_be_called_has_a_number_but_no_link(qtbot, details):
    people = (Contact(1, "", 1, "Ann", "Lee", email="ann@example.com", phone="814-555-0142", no_email=True),)
    lines = list(brief_lines(replace(details, account=replace(details.account, do_not_call=True), contacts=people)))
    assert [each for line in lines for each in line.findChildren(QPushButton)] == []
    assert {"814-555-0142", "Not to be called"} <= set(texts(lines))


def leg():
    turns = (
        Maneuver(Turn.DEPART, "Drive east on Mill Road.", ("Mill Road",), 60, 10, 0),
        Maneuver(Turn.LEFT, "Turn left onto US 322.", ("US 322",), 9000, 500, 1),
        Maneuver(Turn.RIGHT, "Turn right onto Gateway Drive.", ("Gateway Drive",), 800, 60, 2),
        Maneuver(Turn.ARRIVE, "You have arrived.", (), 0, 0, 3),
    )
    return Leg(570, 9860, (), turns)


def test_a_drive_is_named_by_its_longest_streets():
    assert by_streets(leg()) == "by US 322, Gateway Drive"
    assert by_streets(Leg(0, 0, ())) == ""


def test_directions_hand_over_by_a_press_only(qtbot, accounts, monkeypatch):
    followed = []
    monkeypatch.setattr(directions, "follow", followed.append)
    made = Directions(leg(), accounts[0].place, "miles")
    qtbot.addWidget(made)
    shown = texts([made])
    assert "Turn left onto US 322." in shown
    assert {"200 ft", "5.6 mi", "0.5 mi"} <= set(shown)
    assert followed == []
    for each in made.findChildren(QPushButton):
        each.click()
    assert [link.partition("?")[0] for link in followed] == [
        "https://www.google.com/maps/dir/",
        "https://maps.apple.com/directions",
        "https://waze.com/ul",
    ]


def test_without_roads_at_hand_the_links_are_still_there(qtbot, accounts):
    looking = Directions(None, accounts[0].place, "miles")
    missing = Directions(None, accounts[0].place, "miles", "There are no roads on this laptop yet.")
    for made in (looking, missing):
        qtbot.addWidget(made)
        assert len(made.findChildren(QPushButton)) == 3
    assert "The roads to this stop are being looked up." in texts([looking])
    assert "The turns cannot be shown; the drive time is that of the plan. There are no roads on this laptop yet." in texts([missing])


def test_the_brief_has_its_name_and_says_when_no_number_is_known(qtbot, details):
    assert texts(brief_lines(details))[:2] == ["BRIEF", "Office"]
    no_phone = replace(details, account=replace(details.account, phone=""))
    assert texts(brief_lines(no_phone))[:2] == ["BRIEF", "No phone known"]
    people = (Contact(1, "", 1, "Ann", "Lee", email="ann@example.com"),)
    assert texts(brief_lines(replace(no_phone, contacts=people)))[:3] == ["BRIEF", "No phone known", "Ann Lee"]
