"""The `roadbook` command."""

import multiprocessing
import sys

from planner.cli.app import run
from planner.process import settle


def main() -> None:
    """Run the command line and exit with its code."""
    multiprocessing.freeze_support()
    settle()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
