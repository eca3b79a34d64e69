from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.model.packs import RoadPack
from planner.model.places import Bounds
from ui.widgets.statusbar import StatusBar, pack_words


def pack(data_date):
    return RoadPack("p", "Tamarack County", Path(), "", data_date, "", Bounds(0, 0, 1, 1), {}, ())


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (None, "No road pack"),
        (pack("2026-01-01T04:00:00Z"), "Tamarack County · map of Jan 1, 2026"),
        (pack(""), "Tamarack County"),
        (pack("spring"), "Tamarack County · map of spring"),
    ],
)
def test_the_pack_is_named_with_the_age_of_its_map(of, told):
    assert pack_words(of) == told


def test_what_was_kept_today_is_told_at_the_start_and_what_was_kept_before_is_not(qtbot, runner):
    bar = StatusBar(runner)
    qtbot.addWidget(bar)
    now = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    bar.show_kept(now - timedelta(days=1), now)
    bar.show_kept(None, now)
    assert bar.saved.isHidden()
    bar.show_kept(now - timedelta(minutes=18), now)
    assert bar.saved.text() == "Saved 14:42"
    bar.show_kept(now - timedelta(minutes=5), now)
    assert bar.saved.text() == "Saved 14:42", "an undone step does not move it"


def test_a_message_that_is_over_leaves_no_gap(qtbot, runner):
    bar = StatusBar(runner)
    qtbot.addWidget(bar)
    assert bar.message.isHidden()
    bar.tell("Kept")
    assert not bar.message.isHidden()
    bar._silence.timeout.emit()
    assert bar.message.isHidden()
    assert bar.message.text() == ""
