"""Build routing tiles with Valhalla's own builder, a program of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from planner.errors import BadInputFile, PackProblem
from planner.progress import Report
from planner.roads.routing.config import valhalla_config

TILES_FORMAT = 1
"""To be raised when the same extract gives other tiles with the same Valhalla."""

# What the builder says when a step begins, how much of the work is then done (measured on three extracts), and what it is.
_STEPS = (
    ("Parsing ways", 0.02, "Reading the roads"),
    ("Parsing relations", 0.32, "Reading turn restrictions"),
    ("Parsing nodes", 0.35, "Reading junctions"),
    ("Creating graph edges", 0.50, "Joining the roads"),
    ("Enhancing local graph", 0.62, "Working out turns"),
    ("HierarchyBuilder", 0.75, "Finding the main roads"),
    ("Creating shortcuts on level 1", 0.81, "Building shortcuts"),
    ("Adding complex turn restrictions", 0.91, "Adding turn restrictions"),
    ("Validating", 0.95, "Checking the tiles"),
)
_ROOM_BYTES = 1_000_000  # less free than this, and a builder that gave up did so for want of room


def build_tiles(pbf: Path, folder: Path, report: Report) -> None:
    """Build the routing tiles of an `.osm.pbf` in `folder`.

    Raises BadInputFile when the builder finds no roads in the extract or gives up on it, PackProblem when it cannot run at all.
    Stopped by `report`, it leaves no program running; what is half-built in `folder` is the caller's to remove.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tiles-", dir=folder.parent) as scratch:
        config, log = Path(scratch) / "valhalla.json", Path(scratch) / "builder.log"
        config.write_text(json.dumps(valhalla_config(folder, log=True)), encoding="utf-8")
        with log.open("wb") as output:
            builder = _start(["-c", str(config), "-j", "2", str(pbf)], output.fileno())
        try:
            _watch(builder, log, report)
        finally:
            builder.kill()
            builder.wait()
        if builder.returncode != 0 or not any(folder.rglob("*.gph")):
            if shutil.disk_usage(folder).free < _ROOM_BYTES:
                raise PackProblem("The roads could not be written.", "The disk is full.", "Make room on it and build again.")
            raise BadInputFile(
                f"The roads of '{pbf.name}' could not be turned into routing tiles.",
                f"The builder gave up: {_last_line(log) or 'it ended without a word'}.",
                "Download the extract again, or choose another one.",
            )


def _start(arguments: list[str], output: int) -> subprocess.Popen[bytes]:
    import valhalla

    package = Path(valhalla.__file__).parent
    windows = sys.platform == "win32"
    program = package / "bin" / ("valhalla_build_tiles.exe" if windows else "valhalla_build_tiles")
    environment = dict(os.environ)
    if windows:  # the libraries the program needs lie in a folder beside the package
        environment["PATH"] = f"{package.parent / 'pyvalhalla.libs'}{os.pathsep}{environment.get('PATH', '')}"
    try:
        return subprocess.Popen([str(program), *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment)  # noqa: S603 - the package's own program, no shell
    except OSError as error:
        raise PackProblem("The tile builder could not be started.", f"{program}: {error}.", "Install Roadbook again.") from error


def _watch(builder: subprocess.Popen[bytes], log: Path, report: Report) -> None:
    fraction, text = 0.0, "Starting the tile builder"
    with log.open("r", encoding="utf-8", errors="replace") as lines:
        while True:
            ended = builder.poll() is not None
            said = lines.read()
            for words, done, name in _STEPS:
                if done > fraction and words in said:
                    fraction, text = done, name
            report(fraction, text)
            if ended:
                return
            try:
                builder.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""
