"""The window and what the planner writes for people look the same, though one asks Qt and the other Babel."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale

from planner.settings import LOCALES, Settings
from planner.usecases.settings import writing_of
from ui.formats import use_formats
from ui.words import clock, full_day, money, month_day, number


@pytest.fixture(autouse=True)
def back(qapp):
    """What a test writes in is forgotten after it."""
    before = QLocale()
    yield
    use_formats(Settings({}))
    QLocale.setDefault(before)


@pytest.mark.parametrize("hours", ["24 hours", "12 hours"])
@pytest.mark.parametrize("formats", LOCALES)
def test_both_write_alike(formats, hours):
    settings = Settings({"formats": formats, "clock": hours})
    use_formats(settings)
    writing = writing_of(settings)
    for day in (date(2026, 1, 3) + timedelta(days=29 * step) for step in range(13)):
        assert (month_day(day), full_day(day)) == (writing.month_day(day), writing.full_day(day))
        assert QLocale().toString(day, "ddd|dddd") == f"{writing.weekday(day)}|{writing.weekday_name(day)}"
    for seconds in (0, 31, 8 * 3600, 12 * 3600 + 59, 62_000):
        assert clock(seconds) == writing.clock(seconds)
    for amount, decimals in ((6.3, 1), (310, 0), (12_345.6, 1), (1_234_567, 0)):
        assert number(amount, decimals) == writing.number(amount, decimals)
    assert (money(0), money(1_234_500)) == (writing.money(0), writing.money(1_234_500))
