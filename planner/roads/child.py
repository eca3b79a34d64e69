"""Do one piece of work in a process of its own: for libraries that change their process, or block where nobody can stop them."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from planner.errors import UserProblem
from planner.progress import Report


def run_in_child[Order, Answer](work: Callable[[Order, Report], Answer], order: Order, report: Report, died: UserProblem) -> Answer:
    """Return `work(order, report)`, done in a new process; `work` is a function of a module, order and answer can be pickled.

    Raises what the work raises, and `died` when the process ends without a word. When `report` raises here the process is killed at once,
    and it ends by itself when this process ends: what `work` writes must bear that. No process is left when this returns.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(work, order, theirs), name="roadbook-child", daemon=True)
    child.start()
    theirs.close()  # so that the end of the process is seen here
    try:
        answer: Answer = _follow(ours, report, died)
        return answer
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()


def _follow(child: Connection, report: Report, died: UserProblem) -> Any:
    fraction, text = 0.0, "Starting"
    while True:
        report(fraction, text)  # also when there is nothing new: this is where a user cancels
        if not child.poll(0.1):
            continue
        try:
            kind, *told = child.recv()
        except (EOFError, OSError) as error:
            raise died from error
        match kind:
            case "progress":
                fraction, text = told
            case "done":
                return told[0]
            case "failed":
                raise told[0]
            case _:
                raise RuntimeError(f"work in a process of its own failed\n{told[0]}")


def _serve(work: Callable[[Any, Report], Any], order: Any, parent: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which cancels in good order
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        answer = ("done", work(order, lambda fraction, text: parent.send(("progress", fraction, text))))
    except (UserProblem, OSError) as problem:
        answer = ("failed", problem)
    except BaseException:  # noqa: BLE001 - a bug is told to the parent, which raises it
        answer = ("bug", traceback.format_exc())
    with suppress(OSError):
        parent.send(answer)


def _end_with(parent: Connection) -> None:
    with suppress(EOFError, OSError):
        parent.recv()  # says nothing, so this returns when it ends
    os._exit(1)
