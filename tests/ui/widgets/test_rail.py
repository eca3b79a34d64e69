"""The rail goes with the type, and is as wide on every page."""

import pytest
from PySide6.QtGui import QAction, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.options import PAGES
from ui.style import SMALL_PX, font
from ui.widgets.rail import Rail

BORDERS_PX = 2


@pytest.fixture
def rail(qtbot, theme):
    """A rail in a narrow window, beside a page that would like to have all of it."""
    around, page, picture = QWidget(), QWidget(), QPixmap(20, 20)
    qtbot.addWidget(around)
    page.setMinimumWidth(560)
    actions = {f"page-{name}": QAction(QIcon(picture), name.capitalize(), around) for name in PAGES}
    rail = Rail(actions)
    layout = QHBoxLayout(around)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(rail)
    layout.addWidget(page, 1)
    around.resize(600, 700)
    around.show()
    yield rail
    theme.size_text(100)


def widths(rail, qapp):
    """How wide the rail is on each page."""
    found = []
    for page in PAGES:
        rail.show_page(page)
        qapp.processEvents()
        found.append(rail.width())
    return found


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_the_rail_is_as_wide_on_every_page_and_no_text_in_it_is_cut(qapp, theme, rail, percent):
    theme.size_text(percent)
    assert len(set(widths(rail, qapp))) == 1
    marked = QFontMetrics(font(SMALL_PX, bold=True))
    cut = [name for name, each in rail.buttons.items() if marked.horizontalAdvance(each.text()) > each.width() - BORDERS_PX]
    assert cut == []


def test_all_buttons_are_as_wide_as_each_other_so_that_their_icons_stand_below_each_other(qapp, theme, rail):
    theme.size_text(125)
    qapp.processEvents()
    assert len({(button.x(), button.width()) for button in rail.buttons.values()}) == 1
    left, right = rail.buttons["week"].x(), rail.contentsRect().right() - rail.buttons["week"].geometry().right()
    assert abs(left - right) <= 1


def test_the_rail_follows_the_type_while_it_is_on_show(qtbot, qapp, theme, rail):
    before = widths(rail, qapp)
    theme.size_text(150)
    qtbot.waitUntil(lambda: rail.width() > 1.2 * before[0])
    theme.size_text(100)
    qtbot.waitUntil(lambda: rail.width() == before[0])
