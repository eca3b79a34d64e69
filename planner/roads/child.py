"""Do one piece of work in a process of its own: for libraries that change their process, or block where nobody can stop them."""

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Any

from planner.errors import Cancelled, UserProblem
from planner.progress import Report


def run_in_child[Order, Answer](
    work: Callable[[Order, Report], Answer], order: Order, report: Report, died: UserProblem, *, patience_s: float = 0.0
) -> Answer:
    """Return `work(order, report)`, done in a new process; `work` is a function of a module, order and answer can be pickled.

    Raises what the work raises, and `died` when the process ends without a word. When `report` raises here, or this process ends, the work
    may take `patience_s` to come to a good end, its own report raising Cancelled; without patience, or after it, the process is killed with
    all that it has started: what `work` writes must bear that. No process is left when this returns.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(work, order, theirs, patience_s > 0), name="roadbook-child", daemon=True)
    child.start()
    theirs.close()  # so that the end of the process is seen here
    try:
        answer: Answer = _follow(ours, report, died)
    except BaseException:
        try:
            with suppress(OSError):
                ours.send("cancel")
            child.join(patience_s)
        finally:  # also when it is interrupted once more while it waits
            _kill_group(child)
        raise
    else:
        return answer
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()


def _kill_group(child: BaseProcess) -> None:
    if child.pid is not None and sys.platform != "win32":
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)  # it leads a group of its own, with the programs it has started


def _follow(child: Connection, report: Report, died: UserProblem) -> Any:
    fraction, text = 0.0, "Starting"
    while True:
        report(fraction, text)  # also when there is nothing new: this is where a user cancels
        try:
            if not child.poll(0.1):
                continue
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


def _serve(work: Callable[[Any, Report], Any], order: Any, parent: Connection, polite: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which cancels in good order
    if sys.platform != "win32":
        os.setsid()
    stopped = Event()
    Thread(target=_listen, args=(parent, stopped, polite), daemon=True).start()

    def report(fraction: float, text: str) -> None:
        if stopped.is_set():
            raise Cancelled
        with suppress(OSError):  # the parent is gone: then the thread that listens knows it too
            parent.send(("progress", fraction, text))

    answer: tuple[object, ...]
    try:
        answer = ("done", work(order, report))
    except (UserProblem, Cancelled, OSError) as problem:
        answer = ("failed", problem)
    except BaseException:  # noqa: BLE001 - a bug is told to the parent, which raises it
        answer = ("bug", traceback.format_exc())
    with suppress(OSError):
        parent.send(answer)


def _listen(parent: Connection, stopped: Event, polite: bool) -> None:
    with suppress(EOFError, OSError):
        parent.recv()  # anything that it says, or its end, means stop
    if not polite:
        os._exit(1)
    stopped.set()
