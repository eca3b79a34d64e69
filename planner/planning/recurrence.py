"""When a repeating appointment takes place around some days, however long ago it began."""

from collections.abc import Mapping
from datetime import datetime, timedelta

MOST_COUNTED = 10_000
"""A series that ends after a number of times is counted from its beginning, up to so many."""
_LONGEST_MONTHS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_DAYS = {"DAILY": 1, "WEEKLY": 7}
_PLAIN = {"FREQ", "INTERVAL", "COUNT", "WKST"}
"""A rule of no other parts takes place once a step."""
_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_SURE_DAY = 28
"""Every month has it."""


def starts_between(rule: str, begin: datetime, first: datetime, last: datetime) -> list[datetime]:
    """The starts of a series from `first` to `last`, on the wall clock on which it began; `rule` is an RFC 5545 rule with a naive UNTIL.

    A series without a count is taken up shortly before `first`, in step with its beginning, so that its past costs nothing. Raises
    ValueError for a rule that cannot be read, repeats more than once a day, or counts too far.
    """
    from dateutil.rrule import rrulestr

    parts = _parts(rule)
    _refuse_often(parts)
    if begin > last or _is_never(parts):
        return []
    if "COUNT" in parts and not (set(parts) <= _PLAIN and parts["FREQ"] in _DAYS):
        if int(parts["COUNT"]) > MOST_COUNTED:
            raise ValueError(f"it repeats more than {MOST_COUNTED:,} times")
    elif begin < first:
        parts, begin = _near(parts, begin, first)
        if int(parts.get("COUNT", "1")) < 1:
            return []
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    return list(rrulestr(text, dtstart=begin).between(first, last, inc=True))


def _parts(rule: str) -> Mapping[str, str]:
    pairs = (part.partition("=") for part in rule.upper().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _refuse_often(parts: Mapping[str, str]) -> None:
    hours = [parts[name] for name in ("BYHOUR", "BYMINUTE", "BYSECOND") if name in parts]
    if parts.get("FREQ") in _OFTEN or any("," in values for values in hours):
        raise ValueError("it repeats more than once a day")


def _is_never(parts: Mapping[str, str]) -> bool:
    """Whether a rule asks for days that no month has: they would be looked for until the last year there is."""
    if "BYMONTHDAY" not in parts:
        return False
    months = [int(month) for month in parts["BYMONTH"].split(",")] if "BYMONTH" in parts else list(_LONGEST_MONTHS)
    longest = max(_LONGEST_MONTHS.get(month, 0) for month in months)
    return all(abs(int(day)) > longest for day in parts["BYMONTHDAY"].split(","))


def _near(parts: Mapping[str, str], begin: datetime, first: datetime) -> tuple[Mapping[str, str], datetime]:
    """The rule and a start of it shortly before `first`, in step with the series; a count less by what is skipped."""
    interval, freq = _interval(parts), parts["FREQ"]
    if freq in _DAYS:
        step = timedelta(days=interval * _DAYS[freq])
        skipped = max(0, (first - begin) // step - 1)
        left = {"COUNT": str(int(parts["COUNT"]) - skipped)} if "COUNT" in parts else {}
        return {**parts, **left}, begin + skipped * step
    fixed = bool({"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"} & set(parts))
    if begin.day > _SURE_DAY and not fixed:  # the 31st is in few months, so its day cannot be moved
        return parts, begin
    months = (first.year - begin.year) * 12 + first.month - begin.month
    step_months = interval * (12 if freq == "YEARLY" else 1)
    skipped = max(0, months // step_months - 1)
    if not skipped:
        return parts, begin
    years, month = divmod(begin.month - 1 + skipped * step_months, 12)
    return parts, begin.replace(year=begin.year + years, month=month + 1, day=min(begin.day, _SURE_DAY))


def _interval(parts: Mapping[str, str]) -> int:
    interval = int(parts.get("INTERVAL", "1"))
    if interval < 1:
        raise ValueError("its interval is no number of times")
    return interval
