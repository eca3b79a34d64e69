"""Servers on this machine that speak as Geofabrik, Nominatim and Overpass do, with the faults such servers have."""

import hashlib
import json
import socket
import struct
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

from overpass_data import OsmData

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = "Tue, 02 Jan 2024 03:04:05 GMT"


@dataclass
class Fault:
    """What happens to one request: another status with headers and body, or a connection that ends or stalls after some bytes."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    after_bytes: int = -1
    stalls: bool = False
    resets: bool = False  # what was sent but not read yet is lost


@dataclass
class Served:
    """A file to download, and how well the server knows its trade."""

    content: bytes
    etag: str = '"one"'
    last_modified: str = DAY
    ranges: bool = True
    md5: str | None = ""  # empty: the true one; None: there is no such file
    chunked: bool = False  # no Content-Length


class MapServer:
    """All the servers under one address, started for the time of a `with`.

    `files` are served by their path, `places` is what the name server answers, or `names` by the parameters of a question (`searches` keeps
    them); `osm` is what the map server has. `fail` lets requests go wrong; an answer of more than `most_elements` is broken off with a
    remark; with no `slots` the map server does not count requests.
    """

    def __init__(self, osm: OsmData | None = None) -> None:
        self.files: dict[str, Served] = {}
        self.places: list[dict[str, object]] = []
        self.names: Callable[[dict[str, str]], object] | None = None
        self.searches: list[dict[str, str]] = []
        self.osm = osm
        self.faults: deque[tuple[str, Fault]] = deque()
        self.most_elements: int | None = None
        self.slots = 2
        self.requests: list[tuple[str, str, dict[str, str], str]] = []  # method, path, headers, body
        self.stopped = threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def asked(self, path: str, method: str = "") -> list[tuple[str, str, dict[str, str], str]]:
        """The requests whose path begins so."""
        return [one for one in self.requests if one[1].startswith(path) and one[0].startswith(method)]

    def fail(self, path: str, *faults: Fault) -> None:
        """Let the next requests of a path go wrong, one fault each."""
        self.faults.extend((path, fault) for fault in faults)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: MapServer

    def handle_error(self, *_arguments: object) -> None:
        """A client that is gone is what several tests want."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Quiet

    def log_message(self, *_arguments: object) -> None: ...

    def do_HEAD(self) -> None:
        self._handle("")

    def do_GET(self) -> None:
        self._handle("")

    def do_POST(self) -> None:
        self._handle(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _handle(self, body: str) -> None:
        owner, path = self.server.owner, urlsplit(self.path).path
        owner.requests.append((self.command, path, dict(self.headers), body))
        fault = next((one for one in owner.faults if path.startswith(one[0])), None)
        if fault is not None:
            owner.faults.remove(fault)
            if fault[1].status:
                self._answer(fault[1].status, fault[1].body, fault[1].headers)
                return
        cut = fault[1] if fault else Fault()
        if path.endswith("/status"):
            slots = f"Rate limit: {owner.slots}\n{owner.slots} slots available now.\n" if owner.slots else "Rate limit: 0\n"
            running = "Currently running queries (pid, space limit, time limit, start time):\n"
            self._answer(200, f"Connected as: 1\nCurrent time: 2024-01-02T03:04:05Z\nAnnounced endpoint: none\n{slots}{running}".encode())
        elif path.endswith("/search"):
            asked = dict(parse_qsl(urlsplit(self.path).query))
            owner.searches.append(asked)
            found = owner.names(asked) if owner.names else owner.places
            self._answer(200, json.dumps(found).encode(), {"Content-Type": "application/json"}, cut)
        elif path.endswith("/interpreter"):
            self._interpret(parse_qs(body)["data"][0], cut)
        elif path in owner.files:
            self._file(owner.files[path], cut)
        elif path.endswith(".md5") and (served := owner.files.get(path.removesuffix(".md5"))) and served.md5 is not None:
            name = path.rsplit("/", 1)[-1].removesuffix(".md5")
            digest = served.md5 or hashlib.md5(served.content, usedforsecurity=False).hexdigest()
            self._answer(200, f"{digest}  {name}\n".encode(), cut=cut)
        else:
            self._answer(404, b"<html><body>Not Found</body></html>")

    def _interpret(self, query: str, cut: Fault) -> None:
        owner = self.server.owner
        assert owner.osm is not None
        found = owner.osm.answer(query)
        if query.startswith("[out:xml]"):
            self._answer(200, owner.osm.as_xml(found).encode(), {"Content-Type": "application/osm3s+xml"}, cut)
            return
        told = {"version": 0.6, "generator": "test", "osm3s": {"timestamp_osm_base": "2024-01-02T03:04:05Z"}, "elements": found}
        if owner.most_elements is not None and len(found) > owner.most_elements:
            told["elements"] = found[: owner.most_elements]
            told["remark"] = 'runtime error: Query timed out in "query" at line 1 after 181 seconds.'
        self._answer(200, json.dumps(told).encode(), {"Content-Type": "application/json"}, cut)

    def _file(self, served: Served, cut: Fault) -> None:
        known = {"ETag": served.etag, "Last-Modified": served.last_modified}
        headers = {name: value for name, value in known.items() if value}
        if served.etag and self.headers.get("If-None-Match") == served.etag:
            self._answer(304, b"", headers)
            return
        content, begin = served.content, 0
        asked = self.headers.get("Range", "")
        same = self.headers.get("If-Range") in {served.etag, served.last_modified}
        if served.ranges and asked.startswith("bytes=") and same:
            begin = int(asked.removeprefix("bytes=").split("-")[0])
            if begin >= len(content):
                self._answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
                return
            headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        self._answer(206 if "Content-Range" in headers else 200, content[begin:], headers, cut, chunked=served.chunked)

    def _answer(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, cut: Fault | None = None, *, chunked: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        elif status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if cut is None or cut.after_bytes < 0:
            self.wfile.write(body)
            return
        self.wfile.write(body[: cut.after_bytes])
        self.wfile.flush()
        if cut.stalls:
            self.server.owner.stopped.wait(60)
        if cut.resets:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
