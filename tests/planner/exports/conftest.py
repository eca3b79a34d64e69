"""A headless Chromium, spoken to over its own pipe (DevTools protocol), to see what a page really does."""

import itertools
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.paths import resources_dir
from planner.progress import silent

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]


class Browser:
    """One page of a browser, and what it asked for and said since it was opened."""

    def __init__(self, program: str, profile: Path) -> None:
        to_page, self._out = os.pipe()
        self._in, from_page = os.pipe()
        # The browser reads commands from its descriptor 3 and answers on 4.
        command = f'exec "$@" 3<&{to_page} 4>&{from_page}'
        start = ["bash", "-c", command, "bash", program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            start, pass_fds=(to_page, from_page), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(to_page)
        os.close(from_page)
        self._numbers = itertools.count(1)
        self._buffer = b""
        self._session: str | None = None
        self.requests: list[str] = []
        self.console: list[str] = []
        target = next(one for one in self._ask("Target.getTargets")["targetInfos"] if one["type"] == "page")
        self._session = self._ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for part in ("Page", "Network", "Runtime", "Log"):
            self._ask(f"{part}.enable")

    def open(self, url: str, width: int = 1280, height: int = 800) -> None:
        """Open a page at this size and wait until it is drawn."""
        self.requests, self.console = [], []
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._ask("Page.navigate", url=url)
        self.until("document.readyState === 'complete'")

    def run(self, script: str) -> Any:
        """The value of a script, promises awaited."""
        answer = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, condition: str, seconds: float = 60) -> None:
        """Wait until a script is true, as soon as the page has drawn its next frame."""
        end = time.monotonic() + seconds
        while not self.run(f"new Promise((done) => requestAnimationFrame(() => done(!!({condition}))))"):
            assert time.monotonic() < end, f"never true: {condition}"

    def picture(self) -> str:
        """A PNG of the page, base64."""
        return self._ask("Page.captureScreenshot")["data"]

    def close(self) -> None:
        """End the browser."""
        self._session = None
        self._ask("Browser.close")
        self._process.wait(30)
        os.close(self._out)
        os.close(self._in)

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        session = {"sessionId": self._session} if self._session else {}
        os.write(self._out, json.dumps({"id": number, "method": method, "params": parameters, **session}).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], 60)
            assert ready, "the browser does not answer"
            read = os.read(self._in, 1 << 20)
            assert read, "the browser has ended"
            self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(line)

    def _note(self, message: dict[str, Any]) -> None:
        method, details = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(details["request"]["url"])
        elif method == "Runtime.consoleAPICalled":
            self.console.append(" ".join(str(one.get("value", one.get("description"))) for one in details["args"]))
        elif method == "Runtime.exceptionThrown":
            self.console.append(details["exceptionDetails"].get("exception", {}).get("description", "exception"))
        elif method == "Log.entryAdded":
            self.console.append(details["entry"]["text"])


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser to open pages in; tests that need it skip where there is none."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if program is None or shutil.which("bash") is None:
        pytest.skip("there is no Chromium here")
    opened = Browser(program, tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def web_parts() -> Path:
    """The folder of the page's parts; tests that need the installed ones skip where the set-up has not been run."""
    web = resources_dir() / "web"
    if not (web / "node_modules" / "leaflet").is_dir():
        pytest.skip("the web parts are not installed")
    return web


@pytest.fixture(scope="session")
def tile_source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int, int, int], bytes | None]]:
    """The tiles of a little town: a cross of roads, a lake and a name, around 40 N 75 W."""
    from planner.roads.basemap.build import build_basemap
    from planner.roads.basemap.reader import Basemap

    folder = tmp_path_factory.mktemp("town")
    points = {1: (40.0, -75.05), 2: (40.0, -74.95), 3: (39.95, -75.0), 4: (40.05, -75.0), 5: (40.0, -75.0)}
    corners = {6: (40.01, -75.03), 7: (40.01, -75.01), 8: (40.03, -75.01), 9: (40.03, -75.03)}
    nodes = "".join(f'<node id="{n}" version="1" lat="{lat}" lon="{lon}"/>' for n, (lat, lon) in (points | corners).items())
    town = '<node id="10" version="1" lat="39.99" lon="-75.0"><tag k="place" v="town"/><tag k="name" v="Middletown"/></node>'
    ways = [([1, 5, 2], "highway", "primary"), ([3, 5, 4], "highway", "residential"), ([6, 7, 8, 9, 6], "natural", "water")]
    drawn = "".join(
        f'<way id="{n}" version="1">{"".join(f"""<nd ref="{ref}"/>""" for ref in refs)}<tag k="{key}" v="{value}"/></way>'
        for n, (refs, key, value) in enumerate(ways, 1)
    )
    extract = folder / "town.osm"
    extract.write_text(f'<?xml version="1.0"?><osm version="0.6">{nodes}{town}{drawn}</osm>', "utf-8")
    build_basemap(extract, folder / "basemap.pmtiles", silent)
    with Basemap(folder / "basemap.pmtiles") as basemap:
        yield basemap.raw
