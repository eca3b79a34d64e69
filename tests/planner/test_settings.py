import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import UserProblem
from planner.settings import SETTINGS, Settings, check, time_of_day_s, weekdays_of


def test_every_default_is_a_value_its_own_setting_takes():
    assert len({declared.key for declared in SETTINGS}) == len(SETTINGS)
    for declared in SETTINGS:
        assert check(declared.key, declared.default) == declared.default


def test_settings_read_by_kind():
    settings = Settings({"lunch_minutes": "30", "day_opens": "08:15"})
    assert settings.seconds("lunch_minutes") == 1800
    assert settings.seconds("day_opens") == 8 * 3600 + 15 * 60
    assert settings.seconds("day_closes") == 18 * 3600
    assert settings.number("weight_tier") == 1.0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("day_opens", "half past"),
        ("day_opens", "25:00"),
        ("lunch_minutes", "-5"),
        ("weight_tier", "nan"),
        ("working_days", "Mon-Fun"),
        ("working_days", "workdays"),
        ("nights", "Mon-"),
        ("nights", "-Tue"),
        ("nights", "3"),
        ("units", "leagues"),
        ("colour", "x"),
        ("rush_hours", "abc"),
        ("rush_hours", "7-9"),
        ("rush_hours", "7-9 = 0.5"),
        ("rush_hours", f"7-9 = {'9' * 400}"),
        ("rush_hours", "7-9 = 1.2; 8-10 = 1.3"),
        ("routing_service", "ftp://x"),
        ("routing_service", "localhost:8002"),
        ("routing_service", "http://"),
        ("routing_service", "http://:80"),
        ("routing_service", "http://["),
        ("routing_service", "http://x:99999"),
        ("routing_service", "http://x y"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(key: str, value: str):
    with pytest.raises(UserProblem) as told:
        check(key, value)
    assert told.value.remedy


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("routing_service", ""),
        ("routing_service", "http://127.0.0.1:8002"),
        ("routing_service", "https://[::1]:8002/valhalla"),
        ("rush_hours", ""),
        ("rush_hours", "7-9 = 1.25; 16-18 = 1.3"),
    ],
)
def test_servers_and_rush_hours_are_kept_as_written(key: str, value: str):
    assert check(key, f" {value} ") == value


@given(st.integers(0, 23), st.integers(0, 59))
def test_times_of_day_round_trip(hour: int, minute: int):
    assert time_of_day_s(check("day_opens", f"{hour}:{minute:02d}")) == hour * 3600 + minute * 60


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", ()),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("tue, THURSDAY", (1, 3)),
        ("Sat-Mon", (0, 5, 6)),
        ("Fri; Mon – Tue, mon", (0, 1, 4)),
        ("Wed-Wed", (2,)),
        (" , ", ()),
    ],
)
def test_weekdays_are_read_as_people_write_them(text: str, days: tuple[int, ...]):
    assert weekdays_of(text) == days
    assert Settings({"nights": check("nights", text)}).weekdays("nights") == days


@given(st.sets(st.integers(0, 6)))
def test_any_weekdays_are_read_from_their_names(days: set[int]):
    names = ("Monday", "Tue", "wed", "Thursday", "Fr", "SAT", "sunday")
    assert set(weekdays_of(", ".join(names[day] for day in days))) == days
