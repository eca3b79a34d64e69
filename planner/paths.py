"""Where Roadbook's own files are, from a checkout or inside a frozen application, and where the user's are."""

import os
import sys
from pathlib import Path

import platformdirs


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Data that ships with Roadbook; never written at run time."""
    return _root() / "data"


def resources_dir() -> Path:
    """Icons, style, templates and the web assets of exported maps."""
    return _root() / "resources"


def home_dir(chosen: Path | None = None) -> Path:
    """The user's data folder: the one chosen, else ROADBOOK_HOME, else the folder the system keeps for it."""
    if chosen is not None:
        return chosen.expanduser().resolve()
    named = os.environ.get("ROADBOOK_HOME")
    if named:
        return Path(named).expanduser().resolve()
    return Path(platformdirs.user_data_dir("Roadbook", appauthor=False))


def cache_dir() -> Path:
    """The user's folder for what can be made again."""
    return Path(platformdirs.user_cache_dir("Roadbook", appauthor=False))
