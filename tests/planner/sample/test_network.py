from itertools import pairwise

from planner.sample.geometry import Crosser, length
from planner.sample.network import connected, join, junctions, key, level_crossings, merged, spans, without_stubs
from planner.sample.streets import Street, divide, insert_point


def street(*points, highway="residential", name="A"):
    return Street(list(points), highway, name)


def test_streets_that_cross_share_a_vertex():
    first, second = join([street(-100 + 0j, 100 + 0j), street(0 - 100j, 0 + 100j)])
    assert [key(p) for p in first.line] == [(-1000, 0), (0, 0), (1000, 0)]
    assert key(second.line[1]) == (0, 0)


def test_an_end_that_touches_a_street_gives_it_a_vertex():
    first, _second = join([street(-100 + 0j, 100 + 0j), street(30 + 0.2j, 30 + 90j)])
    assert key(first.line[1]) == key(30 + 0.2j)


def test_a_motorway_meets_nobody_where_it_crosses():
    motorway, road = join([street(-100 + 0j, 100 + 0j, highway="motorway"), street(0 - 100j, 0 + 100j)])
    assert len(motorway.line) == len(road.line) == 2


def test_short_stubs_are_cut_off_and_long_dead_ends_stay():
    joined = join([street(-100 + 0j, 100 + 0j), street(0 - 100j, 0 + 20j), street(40 - 100j, 40 + 200j), street(-100 - 100j, 100 - 100j)])
    kept = without_stubs(joined, 70)
    assert max(p.imag for p in kept[1].line) == 0
    assert max(p.imag for p in kept[2].line) == 200
    assert junctions(kept)[key(0j)] == 3


def test_junctions_a_step_apart_become_one():
    joined = join([street(-100 + 0j, 100 + 0j), street(0 - 100j, 0j), street(2 + 0j, 2 + 100j)])
    first, second, third = merged(joined, 5.0)
    assert key(second.line[-1]) == key(third.line[0])
    assert junctions([first, second, third])[key(second.line[-1])] == 4


def test_islands_are_left_out():
    joined = join([street(-100 + 0j, 100 + 0j), street(0j, 0 + 100j), street(5000 + 0j, 5050 + 0j)])
    assert len(connected(joined)) == 2


def test_a_street_is_on_a_bridge_from_bank_to_bank():
    banks = [Crosser([-500 + 100j, 500 + 100j]), Crosser([-500 + 160j, 500 + 160j])]
    found = spans(street(0j, 0 + 50j, 0 + 300j), banks, [])
    assert [span.bridge for span in found] == [False, True, False]
    assert [round(p.imag) for p in found[1].line] == [91, 169]
    assert all(a.line[-1] == b.line[0] for a, b in pairwise(found))


def test_a_level_crossing_is_a_vertex_of_road_and_track():
    streets, track, places = level_crossings([street(0 - 50j, 0 + 50j)], [-100 + 0j, 100 + 0j])
    assert [key(p) for p in places] == [(0, 0)]
    assert key(streets[0].line[1]) == key(track[1]) == (0, 0)


def test_pieces_of_a_divided_street_share_their_ends():
    pieces = divide(street(0j, 60 + 0j, 100 + 0j), [25, 80])
    assert [round(length(piece.line)) for piece in pieces] == [25, 55, 20]
    assert all(a.line[-1] == b.line[0] for a, b in pairwise(pieces))


def test_a_point_is_inserted_at_the_nearest_place():
    line, vertex = insert_point([0j, 100 + 0j], 40 + 7j)
    assert line == [0j, vertex, 100 + 0j]
    assert vertex == 40 + 0j
