"""The door to Nominatim, over real HTTP to a server on this machine."""

import threading
import time
from itertools import pairwise

import pytest
from map_servers import Fault, MapServer
from nominatim_answers import place

from planner.errors import Cancelled, ServerProblem
from planner.geocoding.nominatim import Nominatim, Refused
from planner.model.places import LatLon, MatchQuality, PostalAddress

ADDRESS = PostalAddress("500 E College Ave, Suite 3", "State College", "PA", "16801-1234")


@pytest.fixture
def server():
    with MapServer() as running:
        yield running


@pytest.fixture
def nominatim(server):
    return Nominatim(f"{server.url}/", "Roadbook/0.1.0", min_delay_s=0.01, timeout_s=0.5, retry_wait_s=0.01)


def test_an_address_is_asked_for_by_its_parts_in_the_us_under_our_own_name(server, nominatim):
    server.places = [place()]
    match = nominatim.locate(ADDRESS)
    assert (match.quality, match.point, match.doubtful) == (MatchQuality.ROOFTOP, LatLon(40.8, -77.85), False)
    (asked,) = server.searches
    assert {key: asked.get(key) for key in ("street", "city", "state", "postalcode", "country", "countrycodes", "addressdetails", "q")} == {
        "street": "500 E College Ave",
        "city": "State College",
        "state": "PA",
        "postalcode": "16801-1234",
        "country": "us",
        "countrycodes": "us",
        "addressdetails": "1",
        "q": None,
    }
    assert server.requests[0][2]["User-Agent"] == "Roadbook/0.1.0"


def test_only_what_is_not_found_by_parts_is_asked_for_as_one_line(server, nominatim):
    server.names = lambda asked: [place()] if "q" in asked else []
    assert nominatim.locate(ADDRESS).quality is MatchQuality.ROOFTOP
    assert [asked.get("q") for asked in server.searches] == [None, "500 E College Ave, State College, PA 16801-1234"]


def test_an_address_nobody_knows_is_asked_for_twice_and_none(server, nominatim):
    assert nominatim.locate(ADDRESS) is None
    assert len(server.searches) == 2


def test_a_place_in_another_state_is_no_answer(server, nominatim):
    server.places = [place(state="Ohio", **{"ISO3166-2-lvl4": "US-OH"})]
    assert nominatim.locate(ADDRESS) is None


def test_a_business_without_a_street_is_asked_for_by_its_name(server, nominatim):
    server.places = [place(kind="amenity", sort="cafe", name="Corner Café", house_number="12", road="Elm Street")]
    match = nominatim.locate(PostalAddress(city="State College", state="PA"), "Corner Cafe")
    assert match.quality is MatchQuality.BUSINESS
    assert server.searches[0]["q"] == "Corner Cafe, State College, PA"


def test_hostile_text_stays_one_parameter_and_is_cut(server, nominatim):
    nominatim.locate(PostalAddress("1 Main&city=Rome&q=x#?/\\\"'<b>", "State\r\nCollege", "PA", "1" * 5000))
    assert server.searches[0]["street"].startswith("1 Main&city=Rome&q=x")
    assert server.searches[0]["city"] == "State\r\nCollege"
    assert len(server.searches[0]["postalcode"]) == 200


@pytest.mark.parametrize(
    ("status", "said", "requests"),
    [
        (429, "is asked too often", 1),
        (403, "does not accept the request", 1),
        (500, "has a problem of its own", 2),
        (503, "does not answer", 2),
        (400, "does not understand", 2),
    ],
)
def test_an_error_is_told_plainly_and_what_may_pass_is_tried_twice(server, nominatim, status, said, requests):
    server.fail("/search", *[Fault(status, body=b"no")] * 5)
    with pytest.raises(ServerProblem, match=said) as told:
        nominatim.locate(ADDRESS)
    assert isinstance(told.value, Refused) == (status in {403, 429})
    assert len(server.requests) == requests


def test_a_passing_error_costs_nothing_but_time(server, nominatim):
    server.places = [place()]
    server.fail("/search", Fault(500))
    assert nominatim.locate(ADDRESS).quality is MatchQuality.ROOFTOP
    assert len(server.requests) == 2


def test_a_server_that_says_come_back_in_an_hour_is_not_waited_for(server, nominatim):
    server.fail("/search", *[Fault(429, {"Retry-After": "3600"})] * 3)
    with pytest.raises(Refused, match="Try again in a while"):
        nominatim.locate(ADDRESS)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(after_bytes=0, resets=True), "broke off"),
        (Fault(after_bytes=3, stalls=True), "does not answer"),
    ],
)
def test_a_request_that_breaks_off_or_stalls_is_repeated_once_and_by_us_alone(server, nominatim, fault, said):
    server.places = [place()]
    server.fail("/search", *[fault] * 9)
    with pytest.raises(ServerProblem, match=said):
        nominatim.locate(ADDRESS)
    assert len(server.requests) == 2


def test_a_server_that_is_not_there_is_told_plainly(server):
    url = server.url
    gone = Nominatim(url.rsplit(":", 1)[0] + ":9/", "Roadbook/0.1.0", min_delay_s=0.0, timeout_s=0.5, retry_wait_s=0.0)
    with pytest.raises(ServerProblem, match="cannot be reached"):
        gone.locate(ADDRESS)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Please sign in to the hotel's network</html>",
        b"[{",
        b"[7, null]",
        b'["text"]',
        b'[{"lat": "north", "lon": "1"}]',
        b'[{"lat": [], "lon": {}}]',
        b'"text"',
        b"\xff\xfe\x00",
        b'[{"lat": "91", "lon": "0", "address": {}}]',
        b'{"error": "Bad Request"}',
    ],
)
def test_what_is_no_answer_of_a_nominatim_server_is_told_or_ignored_and_never_placed(server, nominatim, body):
    server.fail("/search", *[Fault(200, body=body)] * 9)
    try:
        assert nominatim.locate(ADDRESS) is None
    except ServerProblem as told:
        assert "does not" in told.what  # noqa: PT017 - or it is ignored


@pytest.mark.parametrize("address", ["", "nominatim.openstreetmap.org", "ftp://127.0.0.1/", "http://", "file:///etc/passwd"])
def test_what_is_no_address_of_a_server_is_refused(address):
    with pytest.raises(ServerProblem, match="not the address of a server"):
        Nominatim(address, "Roadbook/0.1.0")


def test_a_server_below_a_path_is_asked_there(server):
    server.places = [place()]
    below = Nominatim(f"{server.url}/geo/nominatim/", "Roadbook/0.1.0", min_delay_s=0.0, retry_wait_s=0.0)
    assert below.locate(ADDRESS) is not None
    assert server.requests[0][1] == "/geo/nominatim/search"


def test_no_two_requests_are_nearer_than_a_second_retries_and_second_questions_too(server, monkeypatch):
    clock = Clock()
    monkeypatch.setattr("geopy.extra.rate_limiter.default_timer", clock.now)
    monkeypatch.setattr("geopy.extra.rate_limiter.sleep", clock.sleep)
    sent = []

    def answer(asked):
        sent.append(clock.now())
        return [place()] if len(sent) % 3 == 0 else []

    server.names = answer
    server.fail("/search", Fault(500))
    nominatim = Nominatim(server.url, "Roadbook/0.1.0")
    for house in range(4):
        nominatim.locate(PostalAddress(f"{house} Elm St", "State College", "PA", ""))
    assert len(sent) >= 7
    assert all(later - sooner >= 1.0 for sooner, later in pairwise(sent))
    assert sent[0] >= 5.0  # after the error


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self._lock, self._now = threading.Lock(), 0.0

    def now(self):
        with self._lock:
            return self._now

    def sleep(self, seconds):
        with self._lock:
            self._now += seconds + 1e-9


def test_threads_share_the_turns(server, monkeypatch):
    clock = Clock()
    monkeypatch.setattr("geopy.extra.rate_limiter.default_timer", clock.now)
    monkeypatch.setattr("geopy.extra.rate_limiter.sleep", clock.sleep)
    nominatim = Nominatim(server.url, "Roadbook/0.1.0")
    threads = [threading.Thread(target=nominatim.locate, args=(ADDRESS,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.searches) == 8
    assert clock.now() >= 7.0


@pytest.mark.parametrize("waits_for", ["its turn", "the answer"])
def test_who_waits_can_stop_and_then_nothing_more_is_sent(server, waits_for):
    nominatim = Nominatim(server.url, "Roadbook/0.1.0", min_delay_s=0.4, timeout_s=60.0)
    if waits_for == "its turn":
        nominatim.locate(PostalAddress("1 Elm St", "State College", "PA", ""))
    else:
        server.fail("/search", Fault(after_bytes=1, stalls=True))
    asked = len(server.requests)
    ticks = []

    def tick():
        ticks.append(time.monotonic())
        if len(ticks) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        nominatim.locate(ADDRESS, tick=tick)
    assert len(ticks) == 3
    time.sleep(0.6)
    assert len(server.requests) == asked + (waits_for == "the answer")
