from hypothesis import given
from hypothesis import strategies as st

from ui.map.camera import Camera
from ui.map.tools.outline import Outline

CORNERS = ((0.1, 0.1), (0.3, 0.1), (0.3, 0.3))


def test_fewer_than_three_corners_do_not_close():
    assert not Outline(CORNERS[:2]).joined().closed
    assert Outline(CORNERS).joined().closed
    assert not Outline(CORNERS, closed=True).removed(1).closed


def test_an_edge_has_a_middle_where_a_corner_can_be_put_in():
    closed = Outline(CORNERS, closed=True)
    assert [(round(x, 6), round(y, 6)) for x, y in closed.middles()] == [(0.2, 0.1), (0.3, 0.2), (0.2, 0.2)]
    assert Outline(CORNERS).middles() == []
    assert closed.inserted(3, closed.middles()[2]).corners[-1] == closed.middles()[2]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6), st.data())
def test_what_is_put_in_and_taken_out_again_leaves_the_line_as_it_was(corners, data):
    outline = Outline(tuple(corners))
    index = data.draw(st.integers(0, len(corners)))
    assert outline.inserted(index, (0.5, 0.5)).removed(index) == outline
    assert outline.added((0.5, 0.5)).removed(len(corners)) == outline


def test_the_corner_at_a_pixel_is_the_nearest_within_reach():
    camera = Camera(0.2, 0.2, 0, 512, 512)
    x, y = camera.to_screen(*CORNERS[1])
    assert Outline(CORNERS).corner_at(camera, (x + 3, y), 5) == 1
    assert Outline(CORNERS).corner_at(camera, (x + 6, y), 5) is None
