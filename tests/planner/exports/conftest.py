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

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
    " --disable-dev-shm-usage --remote-debugging-pipe"
).split()


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
