"""Open the window: `python -m ui`.

The processes that build packs and find routes start from this module too, so it imports nothing of the window until it is asked to open it.
"""

import gc
import multiprocessing
import sys

from planner.process import settle
from ui.options import read_options


def main(arguments: list[str] | None = None) -> int:
    """Read the options, and run the window until it is closed; returns the exit code."""
    multiprocessing.freeze_support()
    settle()
    gc.disable()  # until the window stands: nearly all that is made by then stays
    options = read_options(arguments)
    import planner.usecases.weeks_board  # noqa: F401 - before Qt, which reads the source of all that is imported after it
    from ui.app import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
