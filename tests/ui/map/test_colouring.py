import pytest
from PySide6.QtGui import QColor

from planner.model.places import LatLon
from planner.model.week import VisitKind
from ui.map.camera import world_of
from ui.map.colouring import Colouring
from ui.map.palette import DARK, LIGHT
from ui.map.pins import Pin

OWNERS = Colouring("Owner", ("Rep A", "Rep B"), "No owner")


def colour_at(view, point):
    x, y = (round(each) for each in view.camera.to_screen(*world_of(point)))
    return QColor(view.grab().toImage().pixel(x, y)).name()


def crowd_of(count):
    return [
        Pin(n, LatLon(40.7 + n % 97 / 500, -78 + n % 83 / 400), list(VisitKind)[n % 2], f"Account {n}", "") for n in range(1, count + 1)
    ]


def test_pins_wear_the_colours_of_their_groups_and_the_legend_says_which(view, settle, pins):
    view.set_pins(pins)
    view.set_colouring(OWNERS, {100: 1, 101: 0})
    settle(view)
    assert [colour_at(view, pins[n].point) for n in range(2)] == [LIGHT.groups[1], LIGHT.groups[0]]
    assert "Owner: Rep A, Rep B, No owner." in view.accessibleDescription()


def test_pins_that_come_later_are_coloured_too(view, settle, pins):
    view.set_colouring(OWNERS, {100: 0})
    view.set_pins(pins)
    settle(view)
    assert colour_at(view, pins[0].point) == LIGHT.groups[0]


def test_the_selected_pin_keeps_the_colour_of_its_group(view, settle, pins):
    view.set_pins(pins)
    view.set_colouring(OWNERS, {100: 1})
    view.select(100)
    settle(view)
    assert colour_at(view, pins[0].point) == LIGHT.groups[1]


def test_without_a_colouring_pins_wear_the_colours_of_their_kinds_again(view, settle, pins):
    view.set_pins(pins)
    view.set_colouring(OWNERS, {100: 1})
    view.set_colouring(Colouring(), {})
    settle(view)
    assert colour_at(view, pins[0].point) == LIGHT.kinds[pins[0].kind]
    assert "Owner" not in view.accessibleDescription()


def test_groups_without_a_pin_are_not_in_the_legend(view, pins):
    view.set_pins(pins[:1])
    view.set_colouring(OWNERS, {100: 1})
    assert "Owner: Rep B." in view.accessibleDescription()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("count", [1, 3, 5, 8])
def test_ordered_groups_go_from_one_end_of_the_ramp_to_the_other(palette, count):
    colours = Colouring("Value", tuple(map(str, range(count))), ordered=True).colours(palette)
    assert len(set(colours)) == count + 1
    assert colours[0] == palette.ramp[0]
    assert colours[-1] == palette.rest
    assert count == 1 or colours[-2] == palette.ramp[-1]


def test_near_pins_are_merged_or_each_shown_as_the_user_likes(view, settle):
    view.set_pins(crowd_of(300))
    view.show_all()
    assert view._content.pins.clusters(view.camera.zoom) is not None
    view.set_merging(merged=False)
    settle(view)
    assert view._content.pins.clusters(view.camera.zoom) is None
    first = view._content.pins.pins[0]
    x, y = view.camera.to_screen(*world_of(first.point))
    assert isinstance(view._content.find(view.camera, x, y), int)
    view.set_pins(crowd_of(300 + 1))
    assert view._content.pins.clusters(view.camera.zoom) is None


def test_a_cluster_wears_a_ring_with_the_shares_of_its_groups(view, settle):
    pins = [Pin(n, LatLon(40.79 + n / 1e6, -77.86), VisitKind.CARE, "A", "") for n in range(1, 500)]
    view.set_pins(pins)
    view.set_colouring(OWNERS, {pin.key: int(pin.key % 4 == 0) for pin in pins})
    settle(view)
    image = view.grab().toImage()
    seen = [image.pixelColor(x, y).name() for x in range(250, 350) for y in range(150, 250)]
    assert seen.count(LIGHT.groups[0]) > 2 * seen.count(LIGHT.groups[1]) > 0


def test_some_pins_are_chosen_without_making_them_anew(view):
    view.set_pins(crowd_of(50))
    pins = view._content.pins
    some = pins.chosen(pins.keys % 2 == 0, dimmed=True)
    assert [pin.key for pin in some.pins] == list(range(2, 51, 2))
    assert some.dimmed.all()
    assert some.index_of(4) == 1
    assert some.index_of(5) is None
    assert len(pins) == 50
    assert not pins.dimmed.any()
