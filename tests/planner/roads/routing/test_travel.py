"""Drive times that are kept: asked for once, never lost, never those of other roads."""

import random
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import numpy as np
import pytest

from planner.errors import Cancelled, PackProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.progress import Report, silent
from planner.roads.routing.engine import Engine
from planner.roads.routing.travel import TravelTimes
from planner.values import replace


class FakeRouter:
    """Counts what it is asked; a drive takes as many seconds as its two places say, so that every entry of a matrix is its own."""

    def __init__(self, cancel_after: int = 10**9) -> None:
        self.asked: list[tuple[int, int]] = []
        self.left = cancel_after

    def rows(self, sources: Sequence[LatLon], targets: Sequence[LatLon], report: Report):
        if self.left <= 0:
            raise Cancelled
        self.left -= 1
        self.asked.append((len(sources), len(targets)))
        report(1.0, "working")
        seconds = np.array([[drive(a, b) for b in targets] for a in sources], np.int32)
        return seconds, seconds * 10

    @property
    def drives(self) -> int:
        return sum(rows * columns for rows, columns in self.asked)


def drive(a: LatLon, b: LatLon) -> int:
    return 0 if a == b else round((a.lat - 40) * 1e6) * 1000 + round((b.lat - 40) * 1e6)


def places(count: int) -> list[LatLon]:
    return [LatLon(round(40.0 + (n + 1) * 1e-6, 6), -77.0) for n in range(count)]


def nobody() -> FakeRouter:
    raise AssertionError("everything is kept: the engine should not be asked")


def expected(of: Sequence[LatLon]) -> np.ndarray:
    return np.array([[drive(a, b) for b in of] for a in of])


def test_what_was_computed_once_is_not_asked_for_again(own_pack: RoadPack) -> None:
    router = FakeRouter()
    with TravelTimes(own_pack) as travel:
        first = travel.matrix(places(150), lambda: router, silent)
    with TravelTimes(own_pack) as travel:
        again = travel.matrix(places(150), nobody, silent)
    assert first.places == again.places == tuple(places(150))
    assert np.array_equal(first.seconds, expected(places(150)))
    assert np.array_equal(again.seconds, first.seconds)
    assert np.array_equal(again.metres, first.seconds * 10)


def test_an_added_place_costs_one_row_and_one_column(own_pack: RoadPack) -> None:
    with TravelTimes(own_pack) as travel:
        travel.fill(places(100), FakeRouter, silent)
        router = FakeRouter()
        matrix = travel.matrix(places(101), lambda: router, silent)
    assert router.drives == 100 + 100
    assert np.array_equal(matrix.seconds, expected(places(101)))


def test_some_of_the_kept_places_are_read_in_any_order_and_twice(own_pack: RoadPack) -> None:
    with TravelTimes(own_pack) as travel:
        travel.fill(places(80), FakeRouter, silent)
        some = [*places(80)[70:3:-7], places(80)[70]]
        assert np.array_equal(travel.matrix(some, nobody, silent).seconds, expected(some))


def test_footprints_that_overlap_share_what_they_can(own_pack: RoadPack) -> None:
    every = places(60)
    with TravelTimes(own_pack) as travel:
        travel.fill(every[:40], FakeRouter, silent)
        travel.fill(every[20:], FakeRouter, silent)
        router = FakeRouter()
        matrix = travel.matrix(every, lambda: router, silent)
    assert router.drives <= 40 * 40
    assert np.array_equal(matrix.seconds, expected(every))


def test_a_stopped_fill_goes_on_where_it_was(own_pack: RoadPack) -> None:
    stopping = FakeRouter(cancel_after=2)
    with TravelTimes(own_pack) as travel, pytest.raises(Cancelled):
        travel.fill(places(200), lambda: stopping, silent)
    with TravelTimes(own_pack) as travel:
        assert travel.missing(places(200)) == 200  # every place still lacks the way from the last ones
        router = FakeRouter()
        travel.fill(places(200), lambda: router, silent)
        assert router.drives < 80 * 200 + 1
        assert np.array_equal(travel.matrix(places(200), nobody, silent).seconds, expected(places(200)))


def test_missing_counts_the_places_that_lack_a_drive(own_pack: RoadPack) -> None:
    with TravelTimes(own_pack) as travel:
        assert travel.missing([]) == 0
        assert travel.missing(places(1)) == 0
        assert travel.missing(places(5)) == 5
        travel.fill(places(5), FakeRouter, silent)
        assert travel.missing(places(5)) == 0


def test_places_a_hand_apart_are_one_place(own_pack: RoadPack) -> None:
    here, there, also_here = LatLon(40.1, -77.1), LatLon(40.2, -77.2), LatLon(40.1000002, -77.0999998)
    router = FakeRouter()
    with TravelTimes(own_pack) as travel:
        matrix = travel.matrix([here, there, also_here], lambda: router, silent)
    assert router.drives <= 4
    assert matrix.seconds[0, 2] == 0
    assert matrix.seconds[0, 1] == matrix.seconds[2, 1]


def test_times_of_other_roads_or_another_kind_of_drive_are_discarded(own_pack: RoadPack) -> None:
    with TravelTimes(own_pack) as travel:
        travel.fill(places(5), FakeRouter, silent)
    with TravelTimes(own_pack) as travel:
        assert travel.missing(places(5)) == 0
    with TravelTimes(replace(own_pack, built_at="2030-01-01T00:00:00+00:00")) as travel:  # the same roads, built again
        assert travel.missing(places(5)) == 0
    with TravelTimes(own_pack, "no tolls") as travel:
        assert travel.missing(places(5)) == 5
        travel.fill(places(5), FakeRouter, silent)
    for variant in ("no tolls", ""):  # going back to the other kind costs nothing
        with TravelTimes(own_pack, variant) as travel:
            assert travel.missing(places(5)) == 0
    files = tuple(replace(file, sha256="0" * 64) for file in own_pack.files)
    with TravelTimes(replace(own_pack, files=files)) as travel:
        assert travel.missing(places(5)) == 5


def test_times_of_old_roads_are_not_kept_among_those_of_new_ones(own_pack: RoadPack) -> None:
    """While a block is being worked out, the pack is built anew and its drive times are begun again."""
    rebuilt = replace(own_pack, files=tuple(replace(file, sha256="0" * 64) for file in own_pack.files))

    class Slow(FakeRouter):
        def rows(self, sources, targets, report):
            with TravelTimes(rebuilt):
                return super().rows(sources, targets, report)

    with TravelTimes(own_pack) as travel, pytest.raises(Cancelled):
        travel.fill(places(5), Slow, silent)
    with TravelTimes(rebuilt) as travel:
        assert travel.missing(places(5)) == 5


def test_a_file_of_an_older_version_is_begun_anew(own_pack: RoadPack) -> None:
    with closing(sqlite3.connect(own_pack.travel)) as old, old:
        old.execute("CREATE TABLE strip (place INTEGER, seconds BLOB)")
    with TravelTimes(own_pack) as travel:
        assert np.array_equal(travel.matrix(places(5), FakeRouter, silent).seconds, expected(places(5)))


def test_a_bit_that_flips_anywhere_never_gives_another_time(own_pack: RoadPack) -> None:
    with TravelTimes(own_pack) as travel:
        travel.fill(places(30), FakeRouter, silent)
        travel.fill(places(40), FakeRouter, silent)
    with closing(sqlite3.connect(own_pack.travel)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    whole, chance = own_pack.travel.read_bytes(), random.Random(12)
    recomputed = 0
    for _ in range(60):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        own_pack.travel.write_bytes(content)
        router = FakeRouter()
        with TravelTimes(own_pack) as travel:
            assert np.array_equal(travel.matrix(places(40), lambda router=router: router, silent).seconds, expected(places(40)))
        recomputed += router.drives > 0
        for suffix in ("-wal", "-shm"):
            own_pack.travel.with_name(own_pack.travel.name + suffix).unlink(missing_ok=True)
    assert recomputed > 6


@pytest.mark.parametrize("content", [b"not a database, only text " * 50, b"\0" * 5000])
def test_a_damaged_file_is_begun_anew(own_pack: RoadPack, content: bytes) -> None:
    own_pack.travel.write_bytes(content)
    with TravelTimes(own_pack) as travel:
        assert np.array_equal(travel.matrix(places(5), FakeRouter, silent).seconds, expected(places(5)))


def test_a_file_that_cannot_be_written_is_a_plain_problem(own_pack: RoadPack) -> None:
    own_pack.travel.mkdir()
    with pytest.raises(PackProblem, match="cannot be kept"):
        TravelTimes(own_pack)


def test_two_may_open_and_fill_it_at_the_same_time(own_pack: RoadPack) -> None:
    def fill(count: int) -> None:
        with TravelTimes(own_pack) as travel:
            travel.fill(places(count), FakeRouter, silent)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, (30, 40, 50, 60)))
    with TravelTimes(own_pack) as travel:
        assert np.array_equal(travel.matrix(places(60), nobody, silent).seconds, expected(places(60)))
    db = sqlite3.connect(own_pack.travel)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_none_of_those_who_open_a_new_file_at_the_same_moment_is_refused(own_pack: RoadPack) -> None:
    at_once = Barrier(4)

    def open_new(turn: int) -> None:
        at_once.wait()
        TravelTimes(own_pack, f"variant {turn // 4}").close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(open_new, range(4 * 40)))


def test_what_is_kept_is_what_the_engine_says(own_pack: RoadPack, corner: Callable[..., LatLon]) -> None:
    crossings = [corner(row, column) for row in range(0, 9, 2) for column in range(0, 9, 3)]
    with Engine(own_pack) as engine, TravelTimes(own_pack) as travel:
        travel.fill(crossings[:-2], lambda: engine, silent)
        matrix = travel.matrix(crossings, lambda: engine, silent)
        seconds, metres = engine.rows(crossings, crossings)
    assert np.array_equal(matrix.seconds, seconds)
    assert np.array_equal(matrix.metres, metres)
