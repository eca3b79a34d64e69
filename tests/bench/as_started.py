"""Calls a script of the benchmarks as a window is started: from compiled modules, in a process of its own."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent


def in_window(script: str, calls: Sequence[Sequence[str]]) -> Iterator[subprocess.CompletedProcess[str]]:
    """Call the main of a script here in processes of their own, each told the clock as its last argument, and give what came of them.

    As after an installation the modules are compiled, and like the window's own start the script is no program that its children would
    read too. The first call is made twice, and what came of it the first time is not told.
    """
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path]),
            "PYTHONPYCACHEPREFIX": folder,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        }
        program = [sys.executable, "-c", f"import sys, {script}; sys.exit({script}.main())"]
        for turn, call in enumerate([calls[0], *calls]):
            done = subprocess.run([*program, *call, str(time.time())], env=surroundings, check=False, capture_output=True, text=True)
            if turn:
                yield done
