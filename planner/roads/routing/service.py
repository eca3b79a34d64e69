"""A Valhalla server as the routing engine: for a footprint that outgrows a laptop, or a team that shares one."""

import json
from threading import Lock
from typing import TYPE_CHECKING, Any, override
from urllib.parse import urlsplit

from planner.errors import ServerProblem
from planner.model.travel import DriveOptions
from planner.progress import Report
from planner.roads.download.web import CONNECT_S, USER_AGENT, watched
from planner.roads.routing.answers import NO_ROUTE, NoRouteError
from planner.roads.routing.questions import Request
from planner.roads.routing.router import Limits, ValhallaRouter

if TYPE_CHECKING:
    from requests import Session

# What a server takes that was set up with nothing of its own.
_LIMITS = Limits(sources=50, targets=50, drives=2500, points=20, stops=20, contours=4, searches=50)
_LARGEST_ANSWER = 100_000_000  # bytes: some hundred times the largest true one
_REMEDY = "Check “Drive times from” in the settings, or leave it empty to use the road pack on this laptop."


class RoutingService(ValhallaRouter):
    """Answers questions about drives through the Valhalla server at an address (http or https); safe to use from several threads.

    Every method raises ServerProblem when the server cannot be reached, is silent for `patience_s` seconds or does not answer as Valhalla
    does. A question that is stopped leaves at once; what the server still says to it is not heard.
    """

    def __init__(self, address: str, options: DriveOptions = DriveOptions(), patience_s: float = 60.0) -> None:  # noqa: B008 - frozen
        self._address = _checked(address)
        super().__init__(f"the routing service {urlsplit(self._address).netloc}", None, options, _LIMITS)
        self._patience_s = patience_s
        self._lock = Lock()
        self._session: Session | None = None

    @override
    def close(self) -> None:
        """Close the connection; a later question opens a new one."""
        with self._lock:
            self._hang_up()

    @override
    def _ask(self, action: str, request: Request, report: Report, text: str) -> Any:
        report(0.0, text)
        with self._lock:
            status, body = self._exchange(action, json.dumps(request), report, text)
        try:
            answer = json.loads(body)
        except ValueError as error:
            raise self._garbled(action) if status == 200 else self._problem(f"It answers with the error {status}.") from error
        if status == 200:
            return answer
        if isinstance(answer, dict) and answer.get("error_code") in NO_ROUTE:
            raise NoRouteError(str(answer.get("error")))
        said = answer.get("error") if isinstance(answer, dict) else None
        if status == 400 and said and "exceed" in str(said).lower():
            raise ServerProblem(
                f"The routing service at {self._address} does not go that far.",
                f"It says: {str(said)[:200]}.",
                "Ask for less, or use this laptop.",
            )
        raise self._problem(f"It answers with the error {status}{f': {str(said)[:200]}' if said else ''}.")

    @override
    def _garbled(self, action: str) -> Exception:
        return self._problem(f"Its answer to “{action}” is not one of a Valhalla server.")

    def _problem(self, why: str) -> ServerProblem:
        return ServerProblem(f"The routing service at {self._address} does not answer as it should.", why, _REMEDY)

    def _exchange(self, action: str, request: str, report: Report, text: str) -> tuple[int, bytes]:
        """HTTP status and body."""
        import requests

        session = self._session = self._session or requests.Session()
        url, patience_s = f"{self._address}/{action}", self._patience_s
        try:
            return watched(lambda: _post(session, url, request, patience_s), lambda: report(0.0, text))
        except requests.RequestException as error:
            self._hang_up()
            raise self._unreachable(error) from error
        except BaseException:
            self._hang_up()  # the connection still belongs to the question that was stopped
            raise

    def _unreachable(self, error: Exception) -> ServerProblem:
        import requests

        why = "Nothing answers there, or the connection broke off."
        if isinstance(error, requests.Timeout):
            why = f"It did not answer within {self._patience_s:g} seconds."
        return ServerProblem(f"The routing service at {self._address} cannot be reached.", why, _REMEDY)

    def _hang_up(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = None


def _checked(address: str) -> str:
    """The address without a slash at its end; raises ServerProblem when it is none."""
    address = address.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not (parts.query or parts.fragment)
    except ValueError:  # a port that is no number, brackets that do not close
        good = False
    if not good:
        raise ServerProblem(f"“{address}” is not the address of a routing service.", "It must look like http://server:8002.", _REMEDY)
    return address


def _post(session: "Session", url: str, request: str, patience_s: float) -> tuple[int, bytes]:
    """Send a request and return the HTTP status and body of the answer."""
    import requests

    headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
    body = bytearray()
    with session.post(url, request, headers=headers, timeout=(CONNECT_S, patience_s), stream=True, allow_redirects=False) as response:
        for piece in response.iter_content(1 << 16):
            body += piece
            if len(body) > _LARGEST_ANSWER:
                raise requests.ConnectionError("the answer does not end")
        return response.status_code, bytes(body)
