"""The options of the command line, and the names they choose from."""

import argparse
from pathlib import Path

from planner.model.calendar import IsoWeek

PAGES = ("today", "week", "accounts", "territory", "team", "reports", "settings")
"""The pages of the rail."""
FOOTPRINT = "footprint"
"""The page of the first-run steps and of the File menu."""
THEMES = ("system", "light", "dark")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="roadbook-desktop", description="Territory and travel planner for the manager of a field sales team."
    )
    parser.add_argument("--home", type=Path, help="the data folder (default: ROADBOOK_HOME, else the folder the system keeps for it)")
    parser.add_argument("--sample", action="store_true", help="on the very first start, begin with the sample territory")
    parser.add_argument("--page", choices=(*PAGES, FOOTPRINT), default="week", help="the page to open")
    parser.add_argument("--week", type=IsoWeek.parse, help="the week to open, such as 2026-W49; the coming one when not given")
    parser.add_argument("--theme", choices=THEMES, help="light, dark or as the system, for this time")
    parser.add_argument("--size", type=_size, metavar="WIDTHxHEIGHT", help="the size of the window")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="save a picture of the window when everything is drawn, and quit")
    return parser.parse_args(arguments)
