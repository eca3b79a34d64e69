"""The comparison finds what somebody would see, and is silent about what nobody would."""

import numpy as np
import pytest
from difference import BLOCK_PX, NOTICED, compare
from pictures import STEP, load, marked, reduced, save
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

GROUNDS = {
    "light": ("#ffffff", "#181d27", "#596275", "#1f5fd6", "#e6eefd"),
    "dark": ("#1b1f27", "#e8ebf0", "#9ba5b5", "#4c8dff", "#1d2e52"),
}
SIZE = (1440, 900)


@pytest.fixture(params=GROUNDS)
def page(request, qapp):
    """Draws a page with a list, a board, a button and a map, in a theme; what is named is drawn otherwise."""
    from ui.style import font

    ground, text, quiet, accent, tint = GROUNDS[request.param]

    def draw(**other):
        image = QImage(*SIZE, QImage.Format.Format_RGB888)
        image.fill(QColor(ground))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(other.get("shift", 0.0), other.get("shift", 0.0))
        painter.setFont(font(13, bold=True))
        painter.setPen(QColor(text))
        painter.drawText(20, 30, other.get("title", "Not in the plan"))
        for row in range(12):
            painter.setFont(font(13))
            painter.setPen(QColor(text))
            if row != other.get("without_row"):
                painter.drawText(20, 70 + 40 * row, "Uni-Mart Headquarters")
            painter.setFont(font(11))
            painter.setPen(QColor(quiet))
            if row != other.get("without_reason"):
                painter.drawText(20, 86 + 40 * row, "52 min detour")
        across = other.get("panel_x", 300)
        painter.fillRect(QRect(across, 460, 800, 400), QColor(tint))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(other.get("button", accent)))
        painter.drawRoundedRect(300, 12, 110, 32, 6, 6)
        if other.get("map", True):
            painter.setPen(QPen(QColor(quiet), 2))
            for street in range(12):
                painter.drawLine(QPointF(300, 80 + 30 * street), QPointF(1100, 100 + 28 * street))
        painter.end()
        bytes_ = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], image.bytesPerLine())
        return reduced(bytes_[:, : SIZE[0] * 3].reshape(SIZE[1], SIZE[0], 3).copy())

    return draw


DAMAGES = {
    "a title is gone": {"title": ""},
    "a row is gone": {"without_row": 5},
    "a small line is gone": {"without_reason": 7},
    "a text is cut": {"title": "Not in the p…"},
    "another word": {"title": "Not in the past"},
    "a panel moved by 12 px": {"panel_x": 312},
    "another blue": {"button": "#3b7ae0"},
    "the map is empty": {"map": False},
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_is_found(page, damage):
    found = compare(page(**DAMAGES[damage]), page())
    assert found.is_noticed, f"{damage}: {found.worst:.2f}"
    assert 0 < found.share < 0.5


def test_it_says_where(page):
    x, y = compare(page(without_row=5), page()).at
    assert abs(2 * x - 90) < 90
    assert abs(2 * y - 265) < 2 * BLOCK_PX + 6


def test_the_same_page_is_the_same(page):
    assert compare(page(), page()).worst == 0


@pytest.mark.parametrize("shift", [0.3, 0.7, 1.0])
def test_antialiasing_and_a_pixel_are_not_noticed(page, shift):
    found = compare(page(shift=shift), page())
    assert not found.is_noticed, f"{found.worst:.2f}"


def test_noise_is_not_noticed(page):
    noise = np.random.default_rng(4).integers(-3, 4, (SIZE[1] // 2, SIZE[0] // 2, 3))
    noisy = np.clip(page().astype(int) + noise, 0, 255).astype(np.uint8)
    assert compare(noisy, page()).worst < NOTICED / 2


def test_another_size_differs_wholly(page):
    found = compare(page(), page()[:-10])
    assert found.is_noticed
    assert found.share == 1
    assert marked(page(), found).shape == page().shape


def test_a_picture_is_kept_as_it_is(page, tmp_path):
    kept = tmp_path / "page.webp"
    save(page(), kept)
    assert (load(kept) == page()).all()
    assert kept.stat().st_size < 20_000
    assert not (page()[page() < 255] % STEP).any()


def test_the_difference_is_painted_where_it_is(page):
    found = compare(page(title=""), page())
    painted = marked(page(), found).astype(int)
    red = (painted[..., 0] - painted[..., 1]) > 60
    rows, columns = np.nonzero(red)
    assert rows.max() < 30
    assert columns.max() < 100


def test_a_file_that_is_no_picture_is_told(tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(OSError, match="no picture"):
        load(broken)
