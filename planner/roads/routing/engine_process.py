"""What runs in the routing engine's own process: Valhalla actors, one a core, that answer questions, JSON in and JSON out."""

import json
import os
import signal
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import local
from typing import Any

from planner.roads.routing.config import valhalla_config

_METHODS = {"sources_to_targets": "matrix"}  # where the actor calls an action otherwise than the service does


def serve(tiles: Path, parent: Connection, workers: int, nice: int) -> None:
    """Answer the parent's list of (action, request) with a list of answers in the same order, until it is gone.

    Each is ("answer", json), ("refused", (code, message)) or ("bug", trace). `workers` questions are answered at once, each by an actor of
    its own: an actor must not be used by two threads. `nice` is how far this process stands back behind others (0 to 19).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process in good order
    _silence()
    if hasattr(os, "nice"):
        os.nice(nice)
    actors = local()

    def answer(question: tuple[str, str]) -> tuple[str, Any]:
        from valhalla import ValhallaError

        action, request = question
        try:
            if not hasattr(actors, "own"):
                actors.own = _actor(tiles)
            return "answer", getattr(actors.own, _METHODS.get(action, action))(request)
        except ValhallaError as error:
            return "refused", (error.code, str(error))
        except Exception:  # noqa: BLE001 - a bug is told to the parent, which raises it
            return "bug", traceback.format_exc()

    with suppress(EOFError, OSError), ThreadPoolExecutor(workers) as pool:
        while True:
            parent.send(list(pool.map(answer, parent.recv())))


def _silence() -> None:
    """Send what C++ writes to standard output and error nowhere: they belong to the program that asked."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _actor(tiles: Path) -> Any:
    from valhalla import Actor

    handle, name = tempfile.mkstemp(prefix="roadbook-engine-", suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(valhalla_config(tiles), file)
        return Actor(name)
    finally:
        Path(name).unlink()
