"""What runs in the routing engine's own process: one Valhalla actor, answering one question at a time, JSON in and JSON out."""

import json
import os
import signal
import tempfile
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from planner.roads.valhalla_config import valhalla_config

_METHODS = {"sources_to_targets": "matrix"}  # where the actor calls an action otherwise than the service does


def serve(tiles: Path, parent: Connection) -> None:
    """Answer the parent's (action, request) with ("answer", json), ("refused", (code, message)) or ("bug", trace), until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process in good order
    _silence()
    from valhalla import ValhallaError

    with suppress(EOFError, OSError):
        actor: Any = None
        while True:
            action, request = parent.recv()
            try:
                actor = actor or _actor(tiles)
                parent.send(("answer", getattr(actor, _METHODS.get(action, action))(request)))
            except ValhallaError as error:
                parent.send(("refused", (error.code, str(error))))
            except Exception:  # noqa: BLE001 - a bug is told to the parent, which raises it
                parent.send(("bug", traceback.format_exc()))


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
