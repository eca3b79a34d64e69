import numpy as np
import pytest

from planner.sample.contours import Lattice, filled, near_lines, patches
from planner.sample.geometry import area, box, crossings, cut, inside, length, nearest, offset, resample, simplify, spline


def test_a_line_is_cut_at_exact_stations():
    assert cut([0j, 100 + 0j, 100 + 100j], 50, 130) == [50 + 0j, 100 + 0j, 100 + 30j]


def test_an_offset_line_lies_to_the_left():
    assert offset([0j, 100 + 0j], 5) == [5j, 100 + 5j]


def test_crossings_are_told_as_stations_in_order():
    assert crossings([0j, 100 + 0j], [20 - 5j, 20 + 5j, 60 + 5j, 60 - 5j]) == pytest.approx([20, 60])


def test_the_nearest_place_has_a_station_and_a_side():
    gap, at, side = nearest([0j, 100 + 0j], 30 + 4j)
    assert (gap, at) == pytest.approx((4, 30))
    assert side > 0


def test_simplifying_keeps_what_matters():
    assert simplify([0j, 50 + 0.4j, 100 + 0j, 100 + 50j], 1.0) == [0j, 100 + 0j, 100 + 50j]


def test_a_spline_goes_through_its_control_points():
    controls = [0j, 100 + 50j, 200 - 30j]
    curve = spline(controls, 10)
    assert all(min(abs(p - c) for p in curve) < 1e-9 for c in controls)
    assert length(curve) > length(controls)
    assert len(resample(curve, 50)) == round(length(curve) / 50) + 1


def test_a_box_runs_counterclockwise_around_its_middle():
    ring = box(10 + 10j, 1j, 40, 20)
    assert area(ring) == pytest.approx(800)
    assert inside(ring, 10 + 29j)
    assert not inside(ring, 25 + 10j)


def test_contours_find_an_area_and_its_hole():
    lattice = Lattice.over(-1000, -1000, 1000, 1000, 50)
    radius = np.hypot(lattice.x, lattice.y)
    found = patches(lattice, np.minimum(700 - radius, radius - 300), smallest=1000, tolerance=5)
    assert len(found) == 1
    assert area(found[0].outer) == pytest.approx(np.pi * 700**2, rel=0.03)
    assert abs(area(found[0].holes[0])) == pytest.approx(np.pi * 300**2, rel=0.05)


def test_rasters_know_distance_and_inside():
    lattice = Lattice.over(0, 0, 100, 100, 10)
    assert near_lines(lattice, [[50 + 50j]], 30)[5, 7] == pytest.approx(20)
    within = filled(lattice, [5 + 5j, 95 + 5j, 95 + 95j, 5 + 95j])
    assert within[5, 5]
    assert not within[0, 0]
    assert lattice.lookup(within.astype(float))(52 + 48j) == 1.0
