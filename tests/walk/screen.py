"""A screen nobody looks at, with a real keyboard and mouse: Xvfb, xdotool, a bus for the screen reader, and pictures."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtGui import QImage

SIZE = (1440, 900)
PROGRAMS = ("Xvfb", "xdotool", "dbus-daemon")
ACCESSIBILITY = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


def lacking() -> str:
    """The first program that a screen needs and this machine lacks; "" when all are there."""
    programs = (program for program in PROGRAMS if shutil.which(program) is None)
    return next(programs, "" if ACCESSIBILITY.exists() else "at-spi2-core")


class Screen:
    """Starts empty; `close` ends what was started on it."""

    def __init__(self, folder: Path) -> None:
        """In a folder of its own, for the sockets and the picture of the screen."""
        self._folder = folder
        self._started: list[subprocess.Popen] = []
        number = self._start_and_read(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-fbdir", str(folder)], os.environ
        )
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "DBUS_", "XDG_CURRENT"))}
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        self.environment |= {"DISPLAY": f":{number}", "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8"}
        self.bus = self._start_and_read(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"], self.environment)
        self.environment |= {"DBUS_SESSION_BUS_ADDRESS": self.bus, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        self.environment |= {"BROWSER": "true"}  # pages that would be opened are not

    def start(self, command: Sequence[str], log: Path, folder: Path) -> subprocess.Popen:
        """Start a program on the screen, in a folder; what it says goes to a file."""
        with log.open("wb") as out:
            started = subprocess.Popen(command, env=self.environment, stdout=out, stderr=subprocess.STDOUT, cwd=folder)
        self._started.append(started)
        return started

    def act(self, *words: str) -> str:
        """Let xdotool do something, such as "key", "ctrl+k"; returns what it says."""
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout.strip()

    def picture(self) -> QImage:
        """What the screen shows now. Xvfb keeps it as a file in the format of xwd: a header, the colours, the pixels."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        words = [int.from_bytes(data[at : at + 4], "big") for at in range(0, 100, 4)]
        header, width, height, line, colours = words[0], words[4], words[5], words[12], words[19]
        pixels = data[header + colours * 12 :]
        return QImage(pixels, width, height, line, QImage.Format.Format_RGB32).copy()

    def close(self) -> None:
        """End everything that was started here, the screen last."""
        for started in reversed(self._started):
            started.terminate()
            try:
                started.wait(20)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()
            if started.stdout is not None:
                started.stdout.close()

    def _start_and_read(self, command: Sequence[str], environment: Mapping[str, str]) -> str:
        """Start a program of the screen, and read the one line it says when it is ready."""
        started = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._started.append(started)
        return started.stdout.readline().strip()
