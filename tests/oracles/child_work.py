"""Work for processes of their own: functions of a module, as they must be to be sent there."""

import os
import signal
import time
from pathlib import Path

from planner.errors import ServerProblem


def add(numbers, report):
    """Sum numbers, telling each."""
    for number in numbers:
        report(number / 10, f"adding {number}")
    return sum(numbers)


def complain(what, _report):
    """Raise a problem of the user's."""
    raise ServerProblem(what, "because", "do this")


def divide(number, _report):
    """Have a bug."""
    return number / 0


def lack_room(_order, _report):
    """Fail as a full disk does."""
    raise OSError(28, "No space left on device")


def die(_order, report):
    """End without a word."""
    report(0.5, "dying")
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGKILL)


def never_end(file: Path, report):
    """Write down the process and work for ever."""
    file.write_text(str(os.getpid()))
    report(0.5, "started")
    while True:
        time.sleep(60)
