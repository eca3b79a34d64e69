"""Ask a Nominatim server where an address is. The only door to geopy."""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from planner.errors import Cancelled, ServerProblem
from planner.geocoding.asked import Asked, read_asked, street_text
from planner.geocoding.confidence import read_answers
from planner.model.places import Match, PostalAddress
from planner.values import replace

Tick = Callable[[], None]
"""Called ten times a second by who waits; raises `planner.errors.Cancelled` to stop."""

_TICK_S = 0.1
_RESULTS = 5  # a question: the best one is not always the first
_LONGEST = 200  # characters of a question


class Refused(ServerProblem):
    """A server that does not want to be asked, or not any more: to go on asking would only make it worse."""


class Nominatim:
    """A Nominatim server, asked at most once in `min_delay_s` seconds by all threads together: a program keeps one of these.

    `server` is its address (https://nominatim.openstreetmap.org/), `user_agent` says who asks, as the usage policy wants it. A request may
    take `timeout_s`; one that fails is repeated once, after `retry_wait_s`. Raises ServerProblem for what is no address of a server.
    """

    def __init__(
        self, server: str, user_agent: str, min_delay_s: float = 1.0, *, timeout_s: float = 10.0, retry_wait_s: float = 5.0
    ) -> None:
        from geopy.extra.rate_limiter import RateLimiter

        self.min_delay_s = min_delay_s
        self._host = urlsplit(server).netloc or server
        self._geocoder = _geocoder(server, user_agent, timeout_s)
        self._limited = RateLimiter(
            self._send,
            min_delay_seconds=min_delay_s,
            max_retries=1,
            error_wait_seconds=max(retry_wait_s, min_delay_s),
            swallow_exceptions=False,
        )

    def locate(self, address: PostalAddress, name: str = "", tick: Tick = lambda: None) -> Match | None:
        """The place the server knows for an address, or for the business `name` when no street is given; None when it knows none.

        Raises ServerProblem when the server does not answer as it should, and what `tick` raises within a tenth of a second.
        """
        return next(iter(self.answers(address, name, tick)), None)

    def answers(self, address: PostalAddress, name: str = "", tick: Tick = lambda: None) -> list[Match]:
        """All places the server thinks possible, best first; raises as `locate` does."""
        asked = read_asked(address, name)
        for query in _queries(asked):
            matches = read_answers(asked, self._ask(query, tick))
            if matches:
                return matches
        return []

    def _ask(self, query: Mapping[str, str] | str, tick: Tick) -> list[Any]:
        """The answers to one question, once its turn has come."""
        from geopy.exc import GeocoderServiceError

        try:
            return _watched(lambda left: self._limited(query, left), tick)
        except GeocoderServiceError as error:
            raise _problem(self._host, error) from error

    def _send(self, query: Mapping[str, str] | str, left: Event) -> list[Any]:
        """Send one request, unless nobody waits for its answer any more. What the limiter may repeat leaves as an error of geopy."""
        from geopy.exc import GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeocoderQuotaExceeded, GeopyError

        if left.is_set():
            raise Cancelled
        try:
            found = self._geocoder.geocode(query, exactly_one=False, limit=_RESULTS, addressdetails=True, country_codes="us", language="en")
        except (GeocoderQuotaExceeded, GeocoderInsufficientPrivileges, GeocoderAuthenticationFailure) as error:
            raise _refused(self._host, error) from error
        except GeopyError:
            raise
        except (AttributeError, LookupError, TypeError, ValueError) as error:  # JSON, but not what a Nominatim server writes
            raise _garbage(self._host) from error
        return [place.raw for place in found or ()]


def _geocoder(server: str, user_agent: str, timeout_s: float) -> Any:
    from geopy.adapters import RequestsAdapter
    from geopy.geocoders import Nominatim as Geocoder

    logging.getLogger("geopy").setLevel(logging.ERROR)  # its warnings repeat addresses; what goes wrong is told by us
    parts = urlsplit(server)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        why = "It should begin with https://."
        raise ServerProblem(f"'{server}' is not the address of a server.", why, "Correct “Address finder” in the settings.")
    proxies = {} if proxy_bypass(parts.hostname) else getproxies()  # geopy itself knows no exceptions from the system's proxy
    domain = parts.netloc + parts.path.rstrip("/")
    # Left to itself the adapter repeats a broken request at once and sleeps as long as a server's Retry-After says.
    adapter = partial(RequestsAdapter, max_retries=0)
    return Geocoder(scheme=parts.scheme, domain=domain, user_agent=user_agent, timeout=timeout_s, proxies=proxies, adapter_factory=adapter)


def _queries(asked: Asked) -> Iterator[Mapping[str, str] | str]:
    """What to ask, one after the other until something is found: by parts, then as one line."""
    address, street = asked.address, street_text(asked)
    town = replace(address, street="").one_line
    if not street and asked.name:
        yield f"{asked.name}, {town}"[:_LONGEST]
    parts = {"street": street, "city": address.city, "state": address.state, "postalcode": address.postcode, "country": "us"}
    yield {key: value[:_LONGEST] for key, value in parts.items() if value.strip()}
    if street:
        yield f"{street}, {town}"[:_LONGEST]


def _watched[T](work: Callable[[Event], T], tick: Tick) -> T:
    """Do blocking work in a thread and call `tick` meanwhile; when that raises, the work is told by its event and left to end by itself."""
    answers: SimpleQueue[tuple[T | None, Exception | None]] = SimpleQueue()
    left = Event()

    def run() -> None:
        try:
            answers.put((work(left), None))
        except Exception as error:  # noqa: BLE001 - raised again below, where it is waited for
            answers.put((None, error))

    tick()  # who has stopped already sends nothing
    Thread(target=run, daemon=True, name="nominatim").start()
    try:
        while True:
            try:
                answer, error = answers.get(timeout=_TICK_S)
            except Empty:
                tick()
                continue
            if error is not None:
                raise error
            return answer  # type: ignore[return-value]  # there was no error, so it is the work's answer
    finally:
        left.set()


def _refused(host: str, error: Exception) -> Refused:
    from geopy.exc import GeocoderQuotaExceeded

    if isinstance(error, GeocoderQuotaExceeded):
        return Refused(f"The server '{host}' is asked too often.", "It answers no more questions for now.", "Try again in a while.")
    return Refused(
        f"The server '{host}' does not accept the request.", "It may want a key or not serve you.", "Choose another one in the settings."
    )


def _garbage(host: str) -> ServerProblem:
    why = "What it answers is not what a Nominatim server writes; a network that wants you to sign in answers like that too."
    return ServerProblem(
        f"The server '{host}' does not answer as it should.", why, "Check the connection, and its address in the settings."
    )


def _problem(host: str, error: Exception) -> ServerProblem:
    """An error of geopy in plain words."""
    from geopy.adapters import AdapterHTTPError
    from geopy.exc import GeocoderParseError, GeocoderQueryError, GeocoderTimedOut, GeocoderUnavailable

    if isinstance(error, GeocoderParseError):
        return _garbage(host)
    if isinstance(error, GeocoderTimedOut) or "timed out" in str(error):
        return ServerProblem(f"The server '{host}' does not answer.", "It took too long or is too busy.", "Try again later.")
    if isinstance(error, GeocoderUnavailable):
        return ServerProblem(
            f"The server '{host}' cannot be reached.", "This laptop may be offline.", "Check the connection and try again."
        )
    if isinstance(error, GeocoderQueryError):
        return ServerProblem(f"The server '{host}' does not understand the question.", "", "Check its address in the settings.")
    if isinstance(error.__cause__, AdapterHTTPError):
        why = f"It answers with status {error.__cause__.status_code}."
        return ServerProblem(f"The server '{host}' has a problem of its own.", why, "Try again later.")
    return ServerProblem(f"The connection to '{host}' broke off.", "The network may be weak.", "Check the connection and try again.")
