"""The routing service: the same answers as the engine on this laptop, and every way a server can fail."""

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest
import requests

from planner.errors import Cancelled, PackProblem, ServerProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.travel import UNREACHABLE, TrackPoint
from planner.roads.routing.config import valhalla_config
from planner.roads.routing.engine import Engine
from planner.roads.routing.service import RoutingService

Answer = Callable[[Any], None]

GOOD = b'[{"edges": [{"distance": 1, "correlated_lat": 40, "correlated_lon": -77, "inbound_reach": 50, "outbound_reach": 50}]}]'
REACHED = {"inbound_reach": 50, "outbound_reach": 50, "edge": {"destination_only": False}}


@contextmanager
def valhalla_service(tiles: Path, folder: Path) -> Iterator[str]:
    """The address of a Valhalla server over tiles, ended at the end of the block."""
    import valhalla

    program = Path(valhalla.__file__).parent / "bin" / ("valhalla_service.exe" if sys.platform == "win32" else "valhalla_service")
    if not program.exists():
        pytest.skip("this build of Valhalla has no server")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    config = valhalla_config(tiles)
    config["httpd"]["service"]["listen"] = f"tcp://{address}"
    (folder / "service.json").write_text(json.dumps(config), encoding="utf-8")
    process = subprocess.Popen([program, folder / "service.json", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                requests.get(f"http://{address}/status", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None
                time.sleep(0.05)
        yield f"http://{address}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def pair(college_pack: RoadPack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, RoutingService]]:
    """The engine and the service over the same roads of State College."""
    with (
        valhalla_service(college_pack.tiles, tmp_path_factory.mktemp("service")) as address,
        Engine(college_pack) as engine,
        RoutingService(address) as service,
    ):
        engine.snap([LatLon(40.79, -77.86)])  # its process runs from here on
        yield engine, service


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """The address of a server on this machine that answers every request the same way."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer(self)

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}"
        finally:
            listening.shutdown()
            thread.join()


def saying(status: int, body: bytes) -> Answer:
    def answer(handler: Any) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_drive_times_are_those_of_the_engine_in_whatever_blocks(pair: tuple[Engine, RoutingService], accounts: list[LatLon]) -> None:
    places = random.Random(1).sample(accounts, 63)  # more than one call of either takes
    (ours_s, ours_m), (theirs_s, theirs_m) = (one.rows(places[:55], places) for one in pair)
    assert np.array_equal(ours_s, theirs_s)
    assert np.array_equal(ours_m, theirs_m)
    assert (theirs_s >= 0).mean() > 0.9


def test_snaps_are_those_of_the_engine(pair: tuple[Engine, RoutingService], accounts: list[LatLon]) -> None:
    places = [*random.Random(2).sample(accounts, 50), LatLon(0.0, 0.0)]
    ours, theirs = (one.snap(places) for one in pair)
    assert ours == theirs


def test_routes_and_alternates_are_those_of_the_engine(pair: tuple[Engine, RoutingService], accounts: list[LatLon]) -> None:
    day = random.Random(3).sample(accounts, 45)  # more stops than one call of the service takes
    ours, theirs = (one.route(day) for one in pair)
    assert len(theirs.legs) == 44
    # A stop where two calls meet is an end in both, and the side of the street it is told on may differ: all else is the same.
    assert [(leg.seconds, leg.metres, leg.shape) for leg in theirs.legs] == [(leg.seconds, leg.metres, leg.shape) for leg in ours.legs]
    assert pair[0].route(day[:20]) == pair[1].route(day[:20])
    assert pair[0].alternates(day[0], day[1], 3) == pair[1].alternates(day[0], day[1], 3)


def test_isochrones_are_those_of_the_engine(pair: tuple[Engine, RoutingService], accounts: list[LatLon]) -> None:
    minutes = [5, 10, 15, 20, 25, 30]  # more than one call of the service takes
    ours, theirs = (one.isochrones(accounts[5], minutes) for one in pair)
    assert [isochrone.minutes for isochrone in theirs] == minutes
    for one, other in zip(ours, theirs, strict=True):
        places = random.Random(4).sample(accounts, 200)  # the grid of a call is as wide as its longest time: rings differ by a cell
        assert sum(one.contains(place) != other.contains(place) for place in places) <= 6
    assert pair[0].isochrones(accounts[5], [10, 20]) == pair[1].isochrones(accounts[5], [10, 20])


def test_a_server_that_goes_only_so_far_says_how_far() -> None:
    def answer(handler: Any) -> None:
        far = b'{"error_code": 151, "error": "Exceeded max time: 120"}'
        saying(*((200, GOOD) if handler.path == "/locate" else (400, far)))(handler)

    with server(answer) as address, RoutingService(address) as service, pytest.raises(ServerProblem) as told:
        service.isochrones(LatLon(40.0, -77.0), [200])
    assert "does not go that far. It says: Exceeded max time: 120." in str(told.value)
    assert "Ask for less" in told.value.remedy


def test_a_track_is_matched_as_by_the_engine(pair: tuple[Engine, RoutingService], accounts: list[LatLon]) -> None:
    route = pair[0].route(accounts[:2])
    track = [TrackPoint(corner) for corner in route.legs[0].shape[::3]]
    ours, theirs = (one.match_track(track) for one in pair)
    assert ours == theirs
    assert ours.metres > 0


def test_problems_of_places_are_told_as_by_the_engine(pair: tuple[Engine, RoutingService]) -> None:
    with pytest.raises(
        PackProblem, match=r"No road is near stop 2 of 2, 0\.00000, 0\.00000\. The routing service 127\.0\.0\.1:\d+ has none"
    ):
        pair[1].route([LatLon(40.79, -77.86), LatLon(0.0, 0.0)])


def test_several_threads_get_their_own_answers(pair: tuple[Engine, RoutingService], accounts: list[LatLon]) -> None:
    starts = accounts[:12]
    expected = [pair[0].rows([start], accounts[:20])[0].tolist() for start in starts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda start: pair[1].rows([start], accounts[:20])[0].tolist(), starts)) == expected


def test_a_server_that_refuses_a_whole_matrix_for_an_island_still_tells_every_drive() -> None:
    """As servers do that were set up with nothing of their own: with places apart in one matrix they answer that no road leads there."""
    sizes = []

    def answer(handler: Any) -> None:
        asked = handler.asked
        if handler.path == "/locate":
            edges = [{"distance": 0, "correlated_lat": p["lat"], "correlated_lon": p["lon"], **REACHED} for p in asked["locations"]]
            return saying(200, json.dumps([{"edges": [edge]} for edge in edges]).encode())(handler)
        sources, targets = asked["sources"], asked["targets"]
        sizes.append((len(sources), len(targets)))
        if len({place["lat"] > 45 for place in (*sources, *targets)}) > 1:
            return saying(400, b'{"error_code": 170, "error": "Locations are in unconnected regions"}')(handler)
        rows = [[round(abs(a["lat"] - b["lat"]) * 100) for b in targets] for a in sources]
        return saying(200, json.dumps({"sources_to_targets": {"durations": rows, "distances": rows}}).encode())(handler)

    places = [LatLon(lat, -77.0) for lat in (40.0, 50.0, 40.1, 50.3, 40.3, 40.6, 50.7)]
    with server(answer) as address, RoutingService(address) as service:
        seconds, metres = service.rows(places, places)
    for a, start in enumerate(places):
        for b, end in enumerate(places):
            apart = (start.lat > 45) != (end.lat > 45)
            assert seconds[a, b] == (UNREACHABLE if apart else round(abs(start.lat - end.lat) * 100))
            assert (metres[a, b] == UNREACHABLE) == apart
    assert all(rows <= columns for rows, columns in sizes)


GARBAGE = {
    "an empty page": (200, b"", "not one of a Valhalla server"),
    "a web page": (200, b"<html>hello</html>", "not one of a Valhalla server"),
    "another server's JSON": (200, b'{"code": "Ok", "routes": []}', "not one of a Valhalla server"),
    "a list of nonsense": (200, b"[1, 2, 3]", "not one of a Valhalla server"),
    "null": (200, b"null", "not one of a Valhalla server"),
    "a place that is not on earth": (
        *(200, b'[{"edges": [{"distance": 1, "correlated_lat": 900, "correlated_lon": 0, "inbound_reach": 50, "outbound_reach": 50}]}]'),
        "not one of a Valhalla server",
    ),
    "too few answers": (200, b"[]", "not one of a Valhalla server"),
    "bytes": (200, bytes(range(128, 256)), "not one of a Valhalla server"),
    "an error page": (502, b"<html>Bad gateway</html>", "It answers with the error 502"),
    "a refusal in words": (
        400,
        b'{"error_code": 150, "error": "Exceeded max locations"}',
        "does not go that far",
    ),
    "a refusal of another shape": (400, b'["no"]', "the error 400"),
    "a move": (302, b"", "the error 302"),
    "not allowed": (401, b"{}", "the error 401"),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_an_answer_that_is_none_is_a_plain_problem(kind: str) -> None:
    status, body, message = GARBAGE[kind]
    with server(saying(status, body)) as address, RoutingService(address) as service, pytest.raises(ServerProblem, match=message):
        service.snap([LatLon(40.0, -77.0), LatLon(40.1, -77.0)])


@pytest.mark.parametrize("body", [b"{}", b"[]", b"null", b'{"sources_to_targets": 5}', b'{"trip": {"legs": [{}]}}', b'{"features": [{}]}'])
def test_garbage_is_told_by_every_question(body: bytes) -> None:
    here, there = LatLon(40.0, -77.0), LatLon(40.1, -77.0)

    def answer(handler: Any) -> None:
        saying(200, GOOD if handler.path == "/locate" else body)(handler)

    questions: list[Callable[[RoutingService], object]] = [
        lambda service: service.rows([here], [there]),
        lambda service: service.isochrones(here, [10]),
        lambda service: service.match_track([TrackPoint(here), TrackPoint(there)][:1]),
    ]
    with server(answer) as address, RoutingService(address) as service:
        for ask in questions:
            with pytest.raises(ServerProblem, match="not one of a Valhalla server"):
                ask(service)


def test_an_answer_cut_off_is_a_plain_problem() -> None:
    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'[{"edges"')

    with server(answer) as address, RoutingService(address) as service, pytest.raises(ServerProblem, match="the connection broke off"):
        service.snap([LatLon(40.0, -77.0)])


def test_a_server_that_is_not_there_or_silent_is_a_plain_problem() -> None:
    with closing(socket.socket()) as silent_one:
        silent_one.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{silent_one.getsockname()[1]}"
        with RoutingService(address) as service, pytest.raises(ServerProblem, match=r"cannot be reached\. Nothing answers there"):
            service.snap([LatLon(40.0, -77.0)])
        silent_one.listen()
        with RoutingService(address, patience_s=0.2) as service, pytest.raises(ServerProblem, match=r"did not answer within 0\.2 seconds"):
            service.snap([LatLon(40.0, -77.0)])


def test_a_stopped_question_leaves_at_once_and_the_next_one_is_answered() -> None:
    hang, asked = Event(), []

    def answer(handler: Any) -> None:
        asked.append(handler.path)
        if len(asked) == 1:
            hang.wait(20)
        saying(200, GOOD)(handler)

    def stop(_fraction: float, _text: str) -> None:
        if asked:
            raise Cancelled

    try:
        with server(answer) as address, RoutingService(address) as service:
            with pytest.raises(Cancelled):
                service.snap([LatLon(40.0, -77.0)], report=stop)
            assert not hang.is_set()
            assert service.snap([LatLon(40.0, -77.0)])[0].point == LatLon(40.0, -77.0)
            hang.set()
    finally:
        hang.set()


@pytest.mark.parametrize(
    "address", ["", "server:8002", "ftp://server", "http://", "file:///etc/passwd", "http://server:port", "http://s/?a=1"]
)
def test_what_is_no_address_is_told_at_once(address: str) -> None:
    with pytest.raises(ServerProblem, match="is not the address of a routing service"):
        RoutingService(address)
