"""Asking for files: the first time in her documents, then in the folder that was used last for the same purpose."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.geometry import Geometry


class Purpose(StrEnum):
    """What files are asked for; each has a folder of its own. The values are kept, so they never change."""

    IMPORT = "import"
    LISTS = "lists"
    MAILS = "mails"
    MAPS = "maps"
    MILEAGE = "mileage"
    RECEIPTS = "receipts"
    TRACKS = "tracks"
    ROADS = "roads"
    OUTLINES = "outlines"
    BACKUPS = "backups"
    SHEETS = "sheets"


def open_files(parent: QWidget, home: Path, purpose: Purpose, title: str, kinds: str) -> list[Path]:
    """Ask for files to read; none when she changes her mind. `home` is the data folder, where it is kept which folder was used last."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, str(folder_of(home, purpose)), kinds)
    return _kept(home, purpose, names)


def open_file(parent: QWidget, home: Path, purpose: Purpose, title: str, kinds: str, first: Path | None = None) -> Path | None:
    """Ask for a file to read; `first` is where to look for one the first time if not in her documents."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, str(folder_of(home, purpose, first)), kinds)
    return next(iter(_kept(home, purpose, [name])), None)


def save_file(parent: QWidget, home: Path, purpose: Purpose, title: str, name: str, kinds: str) -> tuple[Path | None, str]:
    """Ask where to write a file that is called so unless she calls it otherwise; returns the kind that she chose too."""
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(folder_of(home, purpose) / name), kinds)
    return next(iter(_kept(home, purpose, [chosen])), None), kind


def folder_of(home: Path, purpose: Purpose, first: Path | None = None) -> Path:
    """The folder that was used last for a purpose, where it is still there; else the one for the first time, her documents, her own."""
    last = (Path(text) for text in Geometry(home).texts(_key(purpose)))
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    usual = (first, Path(documents) if documents else None)
    return next((folder for folder in (*last, *usual) if folder is not None and folder.is_dir()), Path.home())


def _kept(home: Path, purpose: Purpose, names: list[str]) -> list[Path]:
    files = [Path(name) for name in names if name]
    if files:
        Geometry(home).keep_texts(_key(purpose), [str(files[0].parent)])
    return files


def _key(purpose: Purpose) -> str:
    return f"folder of {purpose}"
