"""The map's layers in the window's hands: chosen, remembered, and kept up with the accounts."""

import threading

import pytest
from PySide6.QtCore import Qt

from planner.model.accounts import Tier
from planner.model.changes import Changes
from planner.model.places import LatLon, NamedPlace
from planner.model.travel import Isochrone
from planner.store.accounts import save_accounts
from planner.usecases.account_colours import ColourBy
from planner.usecases.map_areas import MapArea, ZipMap
from planner.usecases.reach import Reached
from planner.values import replace
from ui.geometry import Geometry
from ui.map.camera import world_of
from ui.map.ground import Ground
from ui.map.legend import Swatch
from ui.map.palette import LIGHT
from ui.map.view import MapView
from ui.map_feed import MapFeed
from ui.map_layers.choice import MapChoice, keep_choice, read_choice
from ui.map_layers.grounds import ZIPS_DRAWN, ZIPS_GUESSED, territory_layer
from ui.map_layers.layers import MapLayers

START = LatLon(40.79, -77.86)
RINGS = {
    minutes: ((LatLon(40.79 + reach, -77.86), LatLon(40.79, -77.86 + reach), LatLon(40.79 - reach, -77.86)),)
    for minutes, reach in ((15, 0.01), (30, 0.02), (60, 0.04))
}
REACHED = Reached(NamedPlace("Uni-Mart HQ", START), tuple(Isochrone(minutes, rings) for minutes, rings in RINGS.items()))


@pytest.fixture
def laid(qtbot, context_of, filled, is_quiet):
    """A map with its layers over the small territory, everything loaded."""
    context = context_of(filled)
    view = MapView()
    qtbot.addWidget(view)
    view.resize(800, 560)
    layers = MapLayers(context, view, MapFeed(context, view), Geometry(filled.home))
    view.show()
    context.desk.load()
    context.bus.page_changed.emit("accounts")
    qtbot.waitUntil(is_quiet)
    yield layers
    view.stop()


def words(layers):
    return layers._view.accessibleDescription()


def swatches(layers, title):
    """What stands before the texts of a section of the legend."""
    sections = layers._view._content.legend(LIGHT).sections
    return [entry.mark for section in sections if section.title == title for entry in section.entries]


def test_colours_by_owner_are_told_in_the_legend(laid, qtbot, is_quiet):
    laid.choose(MapChoice(colour=ColourBy.OWNER))
    qtbot.waitUntil(is_quiet)
    assert "Owner: Rep A, Rep B." in words(laid)
    pins = laid._view._content.pins
    assert [pins.group[pins.index_of(key)] for key in (1, 2, 3)] == [0, 1, 0]


@pytest.mark.parametrize("by", list(ColourBy))
def test_every_colouring_can_be_chosen_and_left_again(laid, qtbot, is_quiet, by):
    laid.choose(MapChoice(colour=by))
    qtbot.waitUntil(is_quiet)
    assert laid._view._content.colouring.by_kind == (by is ColourBy.KIND)
    laid.choose(MapChoice())
    assert laid._view._content.colouring.by_kind


def test_a_change_of_the_accounts_changes_the_colours(laid, qtbot, filled, accounts, is_quiet):
    laid.choose(MapChoice(colour=ColourBy.TIER))
    qtbot.waitUntil(is_quiet)
    assert "Tier: Tier A, Tier B." in words(laid)
    with filled.writing("Test") as db:
        save_accounts(db, [replace(accounts[0], tier=Tier.C)])
    laid._context.bus.changed.emit(Changes("Test", accounts=True))
    qtbot.waitUntil(lambda: "Tier: Tier B, Tier C." in words(laid))


def test_layers_come_and_go(laid, qtbot, is_quiet):
    laid.choose(MapChoice(territories=True, zips=True, heat=True))
    qtbot.waitUntil(is_quiet)
    ground = laid._view._content.ground
    assert [area.label for area in ground.areas] == ["Rep A · 3", "Rep B · 2", "16801"]
    assert ground.heat is not None
    assert [key.title for key in ground.keys] == ["Potential", "Territories", "ZIP areas"]
    laid.choose(MapChoice(territories=True))
    ground = laid._view._content.ground
    assert [key.title for key in ground.keys] == ["Territories"]
    assert ground.heat is None
    laid.choose(MapChoice())
    assert not laid._view._content.ground.areas


def test_areas_are_made_ready_by_the_thread_that_worked_them_out(laid, qtbot, is_quiet, monkeypatch):
    makers = []

    def made(found):
        makers.append(threading.current_thread())
        return territory_layer(found)

    monkeypatch.setattr("ui.map_layers.layers.territory_layer", made)
    laid.choose(MapChoice(territories=True))
    qtbot.waitUntil(is_quiet)
    assert len(laid._view._content.ground.areas) == 2
    assert makers
    assert threading.main_thread() not in makers


def test_each_owner_has_one_name_on_the_map(laid, qtbot, is_quiet):
    laid._view.show()
    laid.choose(MapChoice(territories=True))
    qtbot.waitUntil(is_quiet)
    laid._view.show_all()
    qtbot.waitUntil(lambda: laid._view.is_settled)
    named = [row for label in laid._view._overlay.overlay.labels for row in getattr(label, "rows", ())]
    assert sorted(named) == ["Rep A · 3", "Rep B · 2"]
    laid._view.stop()


def test_owners_are_not_told_twice_when_pins_and_territories_wear_their_colours(laid, qtbot, is_quiet):
    laid.choose(MapChoice(colour=ColourBy.OWNER, territories=True))
    qtbot.waitUntil(is_quiet)
    assert words(laid).count("Rep A") == 1


def test_only_the_day_looked_at_is_drawn_when_the_others_are_off(laid):
    laid._context.bus.page_changed.emit("week")
    routes = laid._view._content.routes
    assert len(routes.days) == 2
    laid.choose(MapChoice(other_days=False))
    assert [day.index for day in laid._view._content.routes.days] == [laid._context.desk.day]
    laid._context.desk.show_day(1)
    assert [day.index for day in laid._view._content.routes.days] == [1]
    laid.choose(MapChoice())
    assert len(laid._view._content.routes.days) == 2


def test_a_choice_is_remembered(tmp_path):
    chosen = MapChoice(ColourBy.DUE, territories=True, zips=False, heat=True, other_days=False, merged=False, legend=False)
    kept = Geometry(tmp_path)
    assert read_choice(kept) == MapChoice()
    keep_choice(kept, chosen)
    kept.write()
    assert read_choice(Geometry(tmp_path)) == chosen
    keep_choice(kept, MapChoice())
    assert read_choice(kept) == MapChoice()


def test_folding_the_legend_by_hand_is_remembered_too(laid):
    laid._view.legend_folded.emit(True)
    assert not laid.choice.legend
    assert not laid.control.panel.boxes["legend"].isChecked()
    assert not read_choice(laid._geometry).legend


def test_the_panel_opens_and_is_used_by_keyboard_alone(laid, qtbot, is_quiet):
    control = laid.control
    qtbot.keyClick(control.layers, Qt.Key_Space)
    panel = control.panel
    qtbot.waitUntil(panel.isVisible)
    assert panel.boxes["territories"].accessibleDescription()
    assert panel.colour.accessibleName()
    qtbot.keyClick(panel.colour, Qt.Key_Down)
    assert laid.choice.colour is ColourBy.OWNER
    qtbot.keyClick(panel.boxes["heat"], Qt.Key_Space)
    qtbot.waitUntil(is_quiet)
    assert laid._view._content.ground.heat is not None
    qtbot.keyClick(panel, Qt.Key_Escape)
    assert not panel.isVisible()


def test_a_reach_is_shown_in_steps_and_taken_away_by_its_button(laid, qtbot):
    laid.reach._take(REACHED)
    ground = laid._view._content.ground
    assert [area.label for area in ground.areas] == ["60 min", "30 min", "15 min"]
    assert "Reach from Uni-Mart HQ: Starts here, 15 min, 30 min, 60 min." in words(laid)
    assert ground.starts == (world_of(START),)
    assert laid.control.reach.text() == "Reach in 60 min"
    assert laid._view.rect().contains(laid.control.geometry())
    qtbot.mouseClick(laid.control.reach, Qt.LeftButton)
    assert laid._view._content.ground == Ground()
    assert not laid.control.reach.isVisibleTo(laid._view)


def test_esc_on_the_map_takes_the_reach_away(laid, qtbot):
    laid.reach._take(REACHED)
    qtbot.keyClick(laid._view, Qt.Key_Escape)
    assert not laid.reach.text


def test_without_a_road_pack_a_reach_says_so(laid, qtbot, is_quiet):
    with qtbot.waitSignal(laid._context.bus.told) as told:
        laid.reach.show_reach(START, 30)
    assert "road pack" in told.args[0]
    qtbot.waitUntil(is_quiet)
    assert not laid._view._content.ground.areas


def test_a_reach_that_was_given_up_is_not_shown(laid, qtbot, is_quiet, monkeypatch):
    def slowly(_workspace, _point, _minutes, report, _name):
        while True:
            report(0.1, "Finding what is near in time")

    monkeypatch.setattr("ui.map_layers.reach.reach_from", slowly)
    laid.reach.show_reach(START, 30)
    qtbot.keyClick(laid._view, Qt.Key_Escape)
    qtbot.waitUntil(is_quiet)
    assert not laid.reach.text
    assert not laid.reach.wanted


def test_a_reach_is_called_by_what_is_there_and_its_start_is_on_the_map(laid):
    laid.reach._take(Reached(NamedPlace("near 126 East Foster Avenue", START), REACHED.areas[:1]))
    assert "Reach from 126 East Foster Avenue: Starts here, 15 min." in words(laid)
    assert START in laid.reach.points


def test_without_roads_zip_areas_say_that_they_are_only_about_right(laid, qtbot, is_quiet):
    laid.choose(MapChoice(zips=True))
    qtbot.waitUntil(is_quiet)
    assert f"ZIP areas: {ZIPS_GUESSED}." in words(laid)
    assert [area.dashed for area in laid._view._content.ground.areas] == [True]
    assert swatches(laid, "ZIP areas") == [Swatch.DASHES]


def test_zip_areas_from_addresses_say_so(laid, qtbot, is_quiet, monkeypatch):
    area = MapArea("16801", (RINGS[15][0],), START, 3)
    monkeypatch.setattr("ui.map_layers.layers.zip_map", lambda *_asked: ZipMap((area,), "pack", from_addresses=True))
    laid.choose(MapChoice(zips=True))
    qtbot.waitUntil(is_quiet)
    assert f"ZIP areas: {ZIPS_DRAWN}." in words(laid)
    assert [(area.label, area.dashed) for area in laid._view._content.ground.areas] == [("16801", False)]
    assert swatches(laid, "ZIP areas") == [Swatch.LINE]
