"""The Settings page: found by words, kept at once, and taken back to what was delivered."""

import pytest
from PySide6.QtWidgets import QPushButton

from planner.settings import ONLINE, SETTINGS
from planner.usecases.settings import get_settings
from planner.usecases.undo import next_steps
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.settings.row import choice_words


@pytest.fixture
def window(qtbot, context_of, filled, is_quiet):
    """The window on its settings, loaded."""
    context = context_of(filled)
    made = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(made)
    made.show()
    context.desk.load()
    made.show_page("settings")
    qtbot.waitUntil(lambda: is_quiet() and all(group.isVisible() for group in made.settings.groups))
    return made


def seen(window):
    return {key for key, row in window.settings.rows.items() if row.isVisible()}


def test_every_setting_of_the_table_has_a_row_with_its_words(window):
    assert set(window.settings.fields) == {each.key for each in SETTINGS} == seen(window)
    for each in SETTINGS:
        assert window.settings.fields[each.key].accessibleName() == each.label
        assert choice_words(each, each.default)


def test_words_find_settings_and_hide_the_rest(qtbot, window):
    window.settings.search.setText("LUNCH until")
    qtbot.waitUntil(lambda: seen(window) == {"lunch_latest"})
    assert [group.name for group in window.settings.groups if group.isVisible()] == ["Me and my week"]
    window.settings.search.setText("backup")
    qtbot.waitUntil(lambda: [group.name for group in window.settings.groups if group.isVisible()] == ["Backups"])
    window.settings.search.setText("xyzzy")
    qtbot.waitUntil(window.settings.nothing.isVisible)
    assert not seen(window)
    window.settings.go_to("theme")
    qtbot.waitUntil(lambda: len(seen(window)) == len(SETTINGS))


def test_a_changed_setting_goes_back_to_its_default_in_one_step(qtbot, window, filled, is_quiet):
    row = window.settings.rows["lunch_minutes"]
    assert not row.back.isVisible()
    row.field.setText("30")
    row.field.editingFinished.emit()
    qtbot.waitUntil(lambda: is_quiet() and row.back.isVisible())
    assert get_settings(filled).text("lunch_minutes") == "30"
    row.back.click()
    qtbot.waitUntil(lambda: is_quiet() and not row.back.isVisible())
    assert get_settings(filled).text("lunch_minutes") == row.field.text() == "45"
    assert next_steps(filled).undo == "Change Lunch takes"


def test_online_services_are_off_and_say_what_they_send():
    online = [each for each in SETTINGS if each.page == ONLINE]
    assert next(each for each in online if each.key == "ask_online").default == "no"
    assert next(each for each in online if each.key == "routing_service").default == ""
    assert all("sent" in each.help or "asked" in each.help for each in online)


def test_dates_and_numbers_follow_at_once_and_back(qtbot, window, is_quiet):
    assert window.header.week.text().endswith("Nov 30 – Dec 4")
    window.settings._keep("formats", "de_DE")
    qtbot.waitUntil(lambda: is_quiet() and window.header.week.text().endswith("30. Nov. – 4. Dez."))
    window.settings.rows["formats"].back.click()
    qtbot.waitUntil(lambda: is_quiet() and window.header.week.text().endswith("Nov 30 – Dec 4"))


def test_backups_and_hints_are_a_button_away(window):
    buttons = {each.text() for group in window.settings.groups for each in group.findChildren(QPushButton) if each.isVisible()}
    assert {"Backups and safety…", "Show hints again"} <= buttons


def test_groups_are_listed_jumped_to_marked_and_narrowed(qtbot, window):
    page = window.settings
    assert page.list.names == [group.name for group in page.groups]
    assert page.list.current == "Me and my week"
    page.list.list.setCurrentRow(page.list.names.index("Planning"))
    qtbot.waitUntil(lambda: page.scroll.verticalScrollBar().value() > 0)
    planning = next(group for group in page.groups if group.name == "Planning")
    assert 0 <= planning.mapTo(page.scroll.viewport(), planning.rect().topLeft()).y() < 40
    page.scroll.verticalScrollBar().setValue(0)
    assert page.list.current == "Me and my week"
    page.scroll.verticalScrollBar().setValue(page.scroll.verticalScrollBar().maximum())
    assert page.list.current == "Backups"
    page.search.setText("lunch")
    assert page.list.names == ["Me and my week"]
    page.search.clear()
    assert len(page.list.names) == len(page.groups)


def test_days_chosen_on_the_page_are_kept(qtbot, window, filled, is_quiet):
    window.settings.rows["working_days"].field.chips["4"].click()
    qtbot.waitUntil(lambda: is_quiet() and get_settings(filled).text("working_days") == "Mon-Thu")
