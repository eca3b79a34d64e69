import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from planner.values import replace
from ui.style import font
from ui.week.board_paint import NARROW_PX, name_lines
from ui.week.day_heads import Form, form_of, points, sums, tip_of


def test_all_days_have_the_wording_of_the_narrowest(qapp, plan):
    assert form_of(plan, 400) == Form(0, has_value=True)
    told = [form_of(plan, width) for width in range(400, 60, -1)]
    wordings = [form.wording for form in told]
    assert wordings == sorted(wordings)
    assert set(wordings) == {0, 1, 2, 3}
    assert sorted((form.has_value for form in told), reverse=True) == [form.has_value for form in told]


def test_one_long_day_shortens_all(qapp, plan):
    monday = plan.days[0]
    long = replace(monday, stops=tuple(replace(monday.stops[0], drive_s=7200, value=12_345.0) for _ in range(12)))
    width = next(width for width in range(60, 400) if form_of(plan, width) == Form(0, has_value=True))
    assert form_of(replace(plan, days=(long, *plan.days[1:])), width) != Form(0, has_value=True)


def test_a_mark_beside_a_name_takes_room(qapp, plan):
    width = next(width for width in range(60, 400) if form_of(plan, width).has_value)
    assert not form_of(plan, width, marked={0}).has_value


def test_no_number_stands_without_a_word(plan):
    monday, wednesday = plan.days[0], plan.days[2]
    assert points(monday) == "64 pts"
    assert [sums(monday, wording) for wording in range(4)] == [
        "2 visits · 2 h 00 driving",
        "2 visits · 2 h 00",
        "2 · 2 h 00",
        "2 visits",
    ]
    assert [sums(wednesday, wording) for wording in (0, 3)] == ["Nothing planned", "Nothing"]
    calls = replace(plan.days[1], stops=plan.days[1].stops[:1])
    assert sums(calls, 1) == "1 appointment"
    assert sums(calls, 3) == "No visits"


def test_the_tip_of_a_head_tells_all(board, plan, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", staticmethod(lambda _at, text, _of: told.append(text)))
    at = QPoint(board.gutter_px + 20, 10)
    QApplication.sendEvent(board.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, board.viewport().mapToGlobal(at)))
    assert tip_of(plan.days[0]).splitlines()[1:] == ["2 visits · 2 h 00 driving", "Worth 64 points"]
    assert all(line in told[0] for line in tip_of(plan.days[0]).splitlines())


@pytest.mark.parametrize(
    ("title", "room_for", "rows", "lines"),
    [
        ("1 Cafe", "1 Cafe", 3, ["1 Cafe"]),
        ("4 Ridgeline Manor Hotel", "4 Ridgeline Manor", 3, ["4 Ridgeline Manor", "Hotel"]),
        ("4 Ridgeline Manor Hotel", "4 Ridgeline Manor", 1, ["4 Ridgeline Manor Hotel"]),
        ("4 Ridgeline Manor Hotel", "4 Ridgeline", 1, ["4 Ridgeline", "Manor Hotel"]),
        ("◆ 12 Interdepartmental Furniture", "◆ 12 Inter", 1, ["◆ 12 Interdepartmental", "Furniture"]),
        ("3 Interdepartmental", "3 Inter", 3, ["3 Interdepartmental"]),
    ],
)
def test_a_long_name_goes_on_in_a_second_line(qapp, title, room_for, rows, lines):
    width = QFontMetricsF(font(11)).horizontalAdvance(room_for) + 1
    assert (width < NARROW_PX) == (room_for != "4 Ridgeline Manor")
    assert name_lines(title, width, rows) == lines
