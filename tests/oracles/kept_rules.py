"""What a planned day must keep, checked with nothing but its own numbers and the settings."""


def rested(begin_s, end_s, rests):
    """Seconds between two moments that are not lunch or a call."""
    return end_s - begin_s - sum(max(0, min(end_s, b) - max(begin_s, a)) for a, b in rests)


def check_day(day, settings, opens_s=None, closes_s=None):
    """Assert that a day keeps its hours, its driving, its calls and its lunch, and that every drive and visit has its time."""
    assert day.leave_s >= (settings.seconds("day_opens") if opens_s is None else opens_s)
    assert day.back_s <= (settings.seconds("day_closes") if closes_s is None else closes_s)
    assert day.drive_s <= settings.seconds("max_drive_minutes")
    now = day.leave_s
    rests = [(block.start_s, block.end_s) for block in day.blocks] + ([day.lunch] if day.lunch else [])
    for stop in day.stops:
        assert stop.arrive_s >= now + stop.drive_s
        assert stop.start_s >= stop.arrive_s
        assert not any(begin < stop.leave_s and stop.start_s < end for begin, end in rests), f"{day.day} {stop.title}"
        assert rested(now, stop.arrive_s, rests) >= stop.drive_s
        now = stop.leave_s
    assert day.back_s >= now + day.last_drive_s
    if day.stops and day.back_s > settings.seconds("lunch_latest") and day.leave_s < settings.seconds("lunch_earliest"):
        assert day.lunch is not None
        assert settings.seconds("lunch_earliest") <= day.lunch[0] <= settings.seconds("lunch_latest")
        assert day.lunch[1] - day.lunch[0] == settings.seconds("lunch_minutes")
