"""Writes the view of the map into a file: beside its place, and put there when it is whole."""

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QRectF, QSaveFile, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from planner.errors import UserProblem
from planner.progress import Report, part
from planner.values import Struct
from ui.map.picture import Snapshot, draw_shapes, picture_of, saved

_POINTS_AN_INCH = 72
_PX_A_POINT = 96 / 72
_MARGIN_PT = 28.0
_TITLE_PT, _TITLE_ROOM_PT = 15, 26.0
_WRITING = "Writing the file"


class Paper(Enum):
    """Sizes of paper."""

    LETTER = QPageSize.PageSizeId.Letter
    TABLOID = QPageSize.PageSizeId.Tabloid
    A4 = QPageSize.PageSizeId.A4
    A3 = QPageSize.PageSizeId.A3


class Page(Struct, frozen=True):
    """A page for the map: the paper, which way round, and a title (empty: none)."""

    paper: Paper = Paper.LETTER
    landscape: bool = True
    title: str = ""


def write_picture(shot: Snapshot, out: Path, report: Report) -> Path:
    """Write the map as a PNG; raises UserProblem when the file cannot be written, Cancelled before anything of it is there."""
    image = picture_of(shot, part(report, 0.0, 0.8))
    # What the picture is large on paper is the reader's business: 96 points an inch for each pixel of the window.
    dots_a_metre = round(shot.scene.ratio * 96 / 0.0254)
    image.setDotsPerMeterX(dots_a_metre)
    image.setDotsPerMeterY(dots_a_metre)
    report(0.85, _WRITING)
    file = _opened(out)
    if not image.save(file, "PNG"):
        file.cancelWriting()
    report(0.98, _WRITING)
    return _finished(file, out)


def write_page(shot: Snapshot, page: Page, out: Path, report: Report) -> Path:
    """Write the map as a page of shapes and text (PDF) around the same middle, in light colours; raises as `write_picture` does."""
    file = _opened(out)
    try:
        _draw_page(file, shot, page, report)
    except BaseException:
        file.cancelWriting()
        raise
    return _finished(file, out)


def _draw_page(file: QSaveFile, shot: Snapshot, page: Page, report: Report) -> None:
    writer = QPdfWriter(file)
    writer.setCreator("Roadbook")
    writer.setTitle(page.title or "Map")
    turned = QPageLayout.Orientation.Landscape if page.landscape else QPageLayout.Orientation.Portrait
    margins = QMarginsF(_MARGIN_PT, _MARGIN_PT, _MARGIN_PT, _MARGIN_PT)
    writer.setPageLayout(QPageLayout(QPageSize(page.paper.value), turned, margins, QPageLayout.Unit.Point))
    writer.setResolution(_POINTS_AN_INCH * 4)
    room = writer.pageLayout().paintRect(QPageLayout.Unit.Point)
    with QPainter(writer) as painter:
        painter.scale(4, 4)
        top = _draw_title(painter, page.title, room.width(), shot.scene.families) if page.title else 0.0
        _draw_map(painter, shot, QRectF(0, top, room.width(), room.height() - top), report)


def _draw_title(painter: QPainter, title: str, width_pt: float, families: tuple[str, ...]) -> float:
    """The title over the map; says how much room it takes."""
    font = QFont(list(families))
    font.setPixelSize(_TITLE_PT)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QPen(Qt.GlobalColor.black))
    painter.drawText(QRectF(0, 0, width_pt, _TITLE_ROOM_PT), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop, title)
    return _TITLE_ROOM_PT


def _draw_map(painter: QPainter, shot: Snapshot, box: QRectF, report: Report) -> None:
    """The map fills the box; all that was in the window is on it, and what there is more room for."""
    camera = shot.scene.camera
    grown = max(camera.width / (box.width() * _PX_A_POINT), camera.height / (box.height() * _PX_A_POINT), 0.5)
    px_a_point = grown * _PX_A_POINT
    whole = camera.resized(box.width() * px_a_point, box.height() * px_a_point)
    with saved(painter):
        painter.translate(box.topLeft())
        painter.scale(1 / px_a_point, 1 / px_a_point)
        draw_shapes(painter, shot.on_paper().seen_by(whole), report)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(Qt.GlobalColor.gray, 1))
        painter.drawRect(QRectF(0, 0, whole.width, whole.height))


def _opened(out: Path) -> QSaveFile:
    if out.is_dir():
        raise UserProblem(f"{out} is a folder.", remedy="Give the name of the file to write.")
    file = QSaveFile(str(out))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _unwritten(out, file)
    return file


def _finished(file: QSaveFile, out: Path) -> Path:
    if not file.commit():
        raise _unwritten(out, file)
    return out


def _unwritten(out: Path, file: QSaveFile) -> UserProblem:
    return UserProblem(f"{out} could not be written.", f"{file.errorString()}.", "Choose another place; nothing was lost.")
