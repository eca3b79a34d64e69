import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ui.reports.chart import Bar, BarChart, Column, ColumnChart

KINDS = (("Claimed", "capture"), ("Waiting", "support"))
BARS = (Bar("Prospect", 10, "10"), Bar("Won", 5, "5", "50 %", "good"))
COLUMNS = (Column("Nov 23", (3.0, 0.0), "3", "Week of Nov 23: 3"), Column("Nov 30", (0.0, 0.0), "", "Nothing"))


def painted(chart, colour):
    """How many pixels of a chart have a color."""
    image = chart.grab().toImage()
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.fixture
def shown(qtbot):
    """Shows a chart."""

    def show(chart):
        qtbot.addWidget(chart)
        chart.resize(400, chart.sizeHint().height())
        chart.show()
        return chart

    return show


def test_a_bar_is_as_long_as_its_part_of_the_greatest(theme, shown):
    chart = shown(BarChart(theme, "Funnel"))
    chart.show_bars("Funnel of all", BARS)
    chart.resize(400, chart.sizeHint().height())
    whole, half = painted(chart, theme.colours.capture), painted(chart, theme.colours.good)
    assert half == pytest.approx(whole / 2, rel=0.06)
    assert (chart.accessibleName(), chart.accessibleDescription()) == ("Funnel of all", "Prospect: 10. Won: 5, 50 %")


def test_the_text_alternative_of_columns_leaves_out_those_without_anything(theme, shown):
    chart = shown(ColumnChart(theme, "Miles by week", KINDS))
    chart.show_columns(COLUMNS)
    assert chart.accessibleName() == "Miles by week"
    assert chart.accessibleDescription() == "Week of Nov 23: 3"
    assert painted(chart, theme.colours.capture) > 500
    chart.show_columns(())
    assert painted(chart, theme.colours.capture) == 0


def test_charts_are_turned_around_where_one_reads_from_right_to_left(theme, shown):
    for chart, show in (
        (BarChart(theme, "A"), lambda it: it.show_bars("A", BARS)),
        (ColumnChart(theme, "B", KINDS), lambda it: it.show_columns(COLUMNS)),
    ):
        shown(chart)
        show(chart)
        chart.resize(400, chart.sizeHint().height())
        plain = chart.grab().toImage()
        chart.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert chart.grab().toImage() != plain


def test_a_chart_follows_the_theme(theme, shown):
    chart = shown(BarChart(theme, "Funnel"))
    chart.show_bars("Funnel", BARS)
    chart.resize(400, chart.sizeHint().height())
    light = theme.colours.capture
    assert painted(chart, light)
    theme.choose("dark")
    assert not painted(chart, light)
    assert painted(chart, theme.colours.capture)
