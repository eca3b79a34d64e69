"""Ask servers over HTTP: whoever waits can stop at any time, and hears plainly what went wrong."""

import email.utils
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from planner.errors import ServerProblem

CONNECT_S, READ_S = 10.0, 30.0  # how long a server may be silent before it counts as gone
BUSY = frozenset({429, 502, 503, 504})  # statuses that ask to come again later
USER_AGENT = "Roadbook (desktop route planner)"
_TICK_S = 0.1
_REMEDY = "Check the connection and try again."


class Unreachable(ServerProblem):
    """A server that gives no answer at all, or breaks off in the middle of one."""


@contextmanager
def ask(method: str, url: str, tick: Callable[[], None], headers: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Send a request and lend the `requests.Response`, its body still to be read.

    `tick` is called ten times a second while waiting and may raise. Raises Unreachable when no answer comes; every status is an answer.
    """
    import requests

    if urlsplit(url).scheme not in {"http", "https"}:
        raise ServerProblem(f"'{url}' is not the address of a server.", "It should begin with https://.", "Check it in the settings.")
    sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})}
    try:
        response = watched(
            lambda: requests.request(method, url, headers=sent, stream=True, allow_redirects=True, timeout=(CONNECT_S, READ_S)), tick
        )
    except requests.RequestException as error:
        raise unreachable(url, error) from error
    try:
        yield response
    except BaseException:
        with suppress(ValueError, RuntimeError, OSError):  # closing would wait for a thread that still reads: this ends its reading
            response.raw.shutdown()
        raise
    finally:
        response.close()


def watched[T](work: Callable[[], T], tick: Callable[[], None]) -> T:
    """Do blocking `work` in a thread and call `tick` ten times a second; when that raises, the work is left to end by itself."""
    answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()
    left = Event()

    def run() -> None:
        try:
            answer = work()
        except BaseException as error:  # noqa: BLE001 - raised again below, where it is waited for
            answers.put((None, error))
        else:
            answers.put((answer, None))
            if left.is_set() and hasattr(answer, "close"):
                answer.close()

    Thread(target=run, daemon=True).start()
    try:
        while True:
            tick()
            try:
                answer, error = answers.get(timeout=_TICK_S)
            except Empty:
                continue
            if error is not None:
                raise error
            return answer  # type: ignore[return-value]  # there was no error, so it is the work's answer
    except BaseException:
        left.set()
        raise


def pause(seconds: float, tick: Callable[[], None]) -> None:
    """Wait, calling `tick` ten times a second."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        tick()
        time.sleep(min(left, _TICK_S))


def unreachable(url: str, error: Exception) -> Unreachable:
    """What to tell of an exception of `requests`."""
    import requests

    host, said = urlsplit(url).netloc or url, str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable(
            f"The connection to '{host}' is not secure.", "Its certificate is not accepted.", "Check the date of this laptop."
        )
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in said:
        return Unreachable(f"The server '{host}' does not answer.", "It took too long.", "Try again later.")
    if "NameResolution" in said or "getaddrinfo" in said:
        return Unreachable(f"The server '{host}' cannot be found.", "This laptop may be offline, or the address mistyped.", _REMEDY)
    if "refused" in said:
        return Unreachable(
            f"The server '{host}' cannot be reached.", "It refuses the connection.", "Check the address, or try again later."
        )
    if isinstance(error, requests.exceptions.ChunkedEncodingError) or "aborted" in said or "reset" in said or "broken" in said:
        return Unreachable(f"The connection to '{host}' broke off.", "The network may be weak.", _REMEDY)
    return Unreachable(f"The server '{host}' cannot be reached.", "This laptop may be offline.", _REMEDY)


def refused(response: Any) -> ServerProblem:
    """What to tell of an answer whose status is an error."""
    parts = urlsplit(response.url)
    status, host = response.status_code, parts.netloc
    said = f"It says: {status} {response.reason}."
    if status in {404, 410}:
        return ServerProblem(f"The server '{host}' does not have '{parts.path}'.", said, "Look at the list again, or check the address.")
    if status == 429:
        return ServerProblem(f"The server '{host}' is asked too often.", said, "Try again in a while.")
    if status in BUSY:
        return ServerProblem(f"The server '{host}' is too busy.", said, "Try again later.")
    if status >= 500:
        return ServerProblem(f"The server '{host}' has a problem of its own.", said, "Try again later.")
    return ServerProblem(f"The server '{host}' does not accept the request.", said, "Check its address in the settings.")


def retry_after_s(response: Any) -> float:
    """How many seconds the server asks to wait (Retry-After as seconds or date, RFC 9110 section 10.2.3), 0 when it does not say."""
    said = str(response.headers.get("Retry-After", "")).strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return 0.0
