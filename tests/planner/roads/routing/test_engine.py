"""The routing engine: its answers, and what happens when it is damaged, killed or stopped."""

import os
import random
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from multiprocessing.process import BaseProcess

import numpy as np
import pytest

from planner.errors import Cancelled, PackProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.travel import UNREACHABLE, TrackPoint
from planner.progress import silent
from planner.roads.routing.engine import Engine

Corner = Callable[..., LatLon]

FAR = LatLon(41.0, -77.0)


@pytest.fixture(scope="module")
def engine(town_pack: RoadPack) -> Iterator[Engine]:
    with Engine(town_pack) as opened:
        opened.snap([FAR])  # its process runs from here on
        yield opened


@pytest.fixture
def corners(corner: Corner) -> Callable[[int], list[LatLon]]:
    """A function that chooses crossings by chance, the same ones each time."""

    def choose(count: int) -> list[LatLon]:
        chosen = random.Random(7)
        return [corner(chosen.randrange(9), chosen.randrange(9)) for _ in range(count)]

    return choose


def test_a_point_beside_a_street_snaps_onto_it(engine: Engine) -> None:
    beside = LatLon(40.0 + 0.00025, -77.0 + 0.0015)
    (snap,) = engine.snap([beside])
    assert snap.point is not None
    assert snap.point.lat == pytest.approx(40.0, abs=2e-6)
    assert snap.metres == pytest.approx(beside.metres_to(snap.point), abs=1.0)


def test_a_point_farther_than_the_cutoff_has_no_road(engine: Engine) -> None:
    near, far = LatLon(39.9991, -76.996), FAR  # 100 m and 110 km from the town
    assert [snap.point is None for snap in engine.snap([near, far])] == [False, True]
    assert engine.snap([near], cutoff_m=50)[0].point is None


def test_drives_round_a_grid_are_as_long_as_its_streets(engine: Engine, corner: Corner) -> None:
    start, end = corner(0, 0), corner(2, 3)
    seconds, metres = engine.rows([start], [end])
    assert metres[0, 0] == pytest.approx(2 * 111.2 + 3 * 85.2, rel=0.01)
    assert 20 < seconds[0, 0] < 200


def test_a_place_is_no_drive_from_itself_wherever_it_is(engine: Engine, corner: Corner) -> None:
    places = [corner(1, 1), FAR, corner(1, 1), corner(3, 3)]
    seconds, metres = engine.rows(places, places)
    assert seconds[[0, 0, 1, 2, 3], [0, 2, 1, 0, 3]].tolist() == metres[[0, 0, 1, 2, 3], [0, 2, 1, 0, 3]].tolist() == [0] * 5


def test_no_road_leads_to_the_other_grid_or_to_nowhere(engine: Engine, corner: Corner) -> None:
    places = [corner(1, 1), corner(1, 1, island=True), FAR]
    seconds, metres = engine.rows(places, places)
    assert (
        seconds.tolist() == metres.tolist() == [[0, UNREACHABLE, UNREACHABLE], [UNREACHABLE, 0, UNREACHABLE], [UNREACHABLE, UNREACHABLE, 0]]
    )


def test_rows_of_nothing_are_empty(engine: Engine, corner: Corner) -> None:
    assert engine.rows([], [corner(0, 0)])[0].shape == (0, 1)
    assert engine.rows([corner(0, 0)], [])[0].shape == (1, 0)
    assert engine.rows([FAR], [FAR, LatLon(42.0, -77.0)])[0].tolist() == [[0, UNREACHABLE]]


def test_rows_do_not_depend_on_how_they_are_asked_for(engine: Engine, corners: Callable[[int], list[LatLon]]) -> None:
    places = list(dict.fromkeys(corners(12)))
    together, _ = engine.rows(places, places)
    columns = np.hstack([engine.rows(places, [place])[0] for place in places])
    alone = np.vstack([engine.rows([place], places)[0] for place in places])
    assert np.array_equal(together, alone)
    assert np.array_equal(together, columns)


def test_a_route_goes_along_the_streets_from_stop_to_stop(engine: Engine, corner: Corner) -> None:
    stops = [corner(0, 0), corner(0, 4), corner(5, 4), corner(0, 0)]
    route = engine.route(stops)
    assert len(route.legs) == 3
    for leg, (start, end) in zip(route.legs, pairwise(stops), strict=True):
        assert leg.shape[0].metres_to(start) < 2
        assert leg.shape[-1].metres_to(end) < 2
        assert sum(a.metres_to(b) for a, b in pairwise(leg.shape)) == pytest.approx(leg.metres, rel=0.01)


def test_a_route_of_one_stop_has_no_leg_and_one_to_itself_takes_no_time(engine: Engine, corner: Corner) -> None:
    assert engine.route([corner(0, 0)]).legs == ()
    assert engine.route([corner(0, 0), corner(0, 0)]).seconds == 0


def test_a_route_off_the_roads_or_to_the_other_grid_is_a_plain_problem(engine: Engine, corner: Corner) -> None:
    with pytest.raises(PackProblem, match=r"No road is near stop 2 of 2, 41\.00000, -77\.00000\. It lies outside the road pack “Town”"):
        engine.route([corner(0, 0), FAR])
    with pytest.raises(PackProblem, match=r"No road leads from stop 2 \(40\.00\d+, -77\.00\d+\) to stop 3 \(40\.00\d+, -76\.9\d+\)"):
        engine.route([corner(1, 0), corner(0, 0), corner(0, 0, island=True), corner(1, 1)])


def test_an_answer_is_the_same_in_every_thread(engine: Engine, corners: Callable[[int], list[LatLon]]) -> None:
    places = corners(12)
    expected = engine.rows(places, places)[0]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: engine.rows(places, places)[0], range(12)))
    assert all(np.array_equal(answer, expected) for answer in answers)


def test_nothing_is_written_to_the_screen(town_pack: RoadPack, capfd: pytest.CaptureFixture[str], corner: Corner) -> None:
    with Engine(town_pack) as engine:
        engine.rows([corner(0, 0), FAR], [corner(1, 1), FAR])
    assert capfd.readouterr() == ("", "")


def test_a_damaged_tile_is_refused_by_name(own_pack: RoadPack, corner: Corner) -> None:
    tile = next(file.path for file in own_pack.files if file.path.startswith("tiles/2/"))
    content = bytearray((own_pack.folder / tile).read_bytes())
    content[1000] ^= 4
    (own_pack.folder / tile).write_bytes(content)
    with Engine(own_pack) as engine, pytest.raises(PackProblem, match=f"{tile} is damaged"):
        engine.rows([corner(0, 0)], [corner(1, 1)])


def test_a_pack_whose_files_are_gone_is_a_plain_problem(own_pack: RoadPack, corner: Corner) -> None:
    shutil.rmtree(own_pack.folder)
    with Engine(own_pack) as engine, pytest.raises(PackProblem, match="is missing"):
        engine.snap([corner(0, 0)])


def test_an_engine_killed_between_two_questions_answers_the_second(
    town_pack: RoadPack, kill_children: Callable[[], None], corner: Corner
) -> None:
    with Engine(town_pack) as engine:
        before = engine.rows([corner(0, 0)], [corner(4, 4)])[0]
        kill_children()
        assert np.array_equal(engine.rows([corner(0, 0)], [corner(4, 4)])[0], before)


@pytest.fixture
def freeze(town_pack: RoadPack) -> Callable[[Engine], Callable[[float, str], None]]:
    """A function that holds an engine's process still, and returns a report that kills it once it is waited for: a death in mid-call."""
    if not hasattr(signal, "SIGSTOP"):
        pytest.skip("there is no SIGSTOP here")

    def hold(engine: Engine) -> Callable[[float, str], None]:
        frozen = engine._process
        assert frozen is not None
        os.kill(frozen.pid or 0, signal.SIGSTOP)
        calls = []

        def kill_once(_fraction: float, _text: str) -> None:
            calls.append(True)
            if len(calls) == 2:  # the first report comes before the question is sent
                assert frozen is engine._process
                frozen.kill()

        return kill_once

    return hold


QUESTIONS: dict[str, Callable[[Engine, list[LatLon], Callable[[float, str], None]], object]] = {
    "snap": lambda engine, places, report: engine.snap([LatLon(place.lat, place.lon + 1e-5) for place in places], report=report),
    "rows": lambda engine, places, report: [found.tolist() for found in engine.rows(places, places, report)],
    "route": lambda engine, places, report: engine.route(places, report=report),
    "alternates": lambda engine, places, report: engine.alternates(places[0], places[-1], 3, report),
    "isochrones": lambda engine, places, report: engine.isochrones(places[0], [1, 2], report),
    "match_track": lambda engine, places, report: engine.match_track([TrackPoint(place) for place in places], report),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_process_that_dies_in_mid_call_is_replaced_and_asked_again(
    town_pack: RoadPack, freeze: Callable[[Engine], Callable[[float, str], None]], corner: Corner, kind: str
) -> None:
    places = [corner(row, row) for row in range(4)]
    with Engine(town_pack) as undisturbed:
        expected = QUESTIONS[kind](undisturbed, places, silent)
    with Engine(town_pack) as engine:
        engine.snap(places)  # so that the question itself is the first one asked of the frozen process
        first = engine._process
        assert QUESTIONS[kind](engine, places, freeze(engine)) == expected
        assert engine._process is not first


def test_an_engine_that_keeps_dying_is_a_plain_problem_and_the_next_question_is_answered(
    town_pack: RoadPack, kill_children: Callable[[], None], corner: Corner
) -> None:
    with Engine(town_pack) as engine:
        with pytest.raises(PackProblem, match="started twice and died"):
            engine.snap([corner(0, 0)], report=lambda *_: kill_children())
        assert engine.snap([corner(0, 0)])[0].point


def test_a_question_stopped_while_it_waits_leaves_no_process_and_the_next_one_is_answered(town_pack: RoadPack, corner: Corner) -> None:
    calls = []

    def stop(_fraction: float, _text: str) -> None:
        calls.append(True)
        if len(calls) == 2:  # while the process starts
            raise Cancelled

    with Engine(town_pack) as engine:
        with pytest.raises(Cancelled):
            engine.snap([corner(0, 0)], report=stop)
        assert engine._process is None
        assert engine.rows([corner(0, 0)], [corner(1, 1)])[0].shape == (1, 1)


def test_a_question_stopped_before_it_is_asked_lets_the_process_be(engine: Engine, corner: Corner) -> None:
    def stop(_fraction: float, _text: str) -> None:
        raise Cancelled

    before = engine._process
    with pytest.raises(Cancelled):
        engine.rows([corner(0, 0)], [corner(1, 1)], stop)
    assert engine._process is before is not None


@pytest.mark.parametrize(("failed", "told"), [(OSError("no memory"), PackProblem), (RuntimeError("shutting down"), RuntimeError)])
def test_a_process_that_cannot_be_started_is_told_and_leaves_nothing_to_close(
    town_pack: RoadPack, monkeypatch: pytest.MonkeyPatch, corner: Corner, failed: Exception, told: type[Exception]
) -> None:
    def start(_process: BaseProcess) -> None:
        raise failed

    engine = Engine(town_pack)
    with monkeypatch.context() as patched:
        patched.setattr(BaseProcess, "start", start)
        with pytest.raises(told):
            engine.snap([corner(0, 0)])
    assert (engine._process, engine._connection) == (None, None)
    engine.close()
    assert engine.snap([corner(0, 0)])[0].point
    engine.close()


def test_a_closed_engine_starts_again_when_asked(town_pack: RoadPack, corner: Corner) -> None:
    engine = Engine(town_pack)
    engine.close()
    engine.snap([corner(0, 0)])
    engine.close()
    engine.close()
    assert engine._process is None


def test_drive_times_are_those_of_the_routes(college_pack: RoadPack, accounts: list[LatLon]) -> None:
    chosen = random.Random(11)
    with Engine(college_pack) as engine:
        for _ in range(5):
            stops = chosen.sample(accounts, 12)
            seconds, metres = engine.rows(stops, stops)
            route = engine.route(stops, [int(seconds[i, i + 1]) for i in range(11)])
            assert all(abs(leg.seconds - seconds[i, i + 1]) <= 1 for i, leg in enumerate(route.legs))
            assert all(abs(leg.metres - metres[i, i + 1]) <= 20 for i, leg in enumerate(route.legs))


def test_a_leg_the_usual_search_misses_is_found_again(college_pack: RoadPack) -> None:
    # Valhalla's search from both ends finds 449 s here; its matrix, and its search from the start alone, 424 s.
    stops = [LatLon(40.810481, -77.832169), LatLon(40.836391, -77.790386)]
    with Engine(college_pack) as engine:
        known = int(engine.rows(stops[:1], stops[1:])[0][0, 0])
        assert abs(engine.route(stops, [known]).seconds - known) <= 1
        assert abs(engine.route(stops).seconds - known) <= 1


def test_a_place_whose_nearest_road_is_for_visitors_only_is_reached(college_pack: RoadPack) -> None:
    behind, start = LatLon(40.808111, -77.893848), LatLon(40.7928, -77.8557)
    with Engine(college_pack) as engine:
        (snap,) = engine.snap([behind])
        seconds, _ = engine.rows([start, behind], [start, behind])
        assert snap.metres < 10
        assert (seconds >= 0).all()
        assert abs(engine.route([start, behind]).seconds - seconds[0, 1]) <= 1
