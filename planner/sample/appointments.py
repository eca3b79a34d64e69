"""The manager's calendar as Outlook writes it."""

from datetime import date, timedelta
from pathlib import Path

_TIMEZONE = """BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE"""


def write_calendar(path: Path, today: date, office: str, executive: str, manager: str) -> None:
    """Write the standing meetings, begun some weeks ago, and a private appointment in the week after `today`."""
    monday = today - timedelta(days=today.weekday())
    begun = monday - timedelta(weeks=12)
    stamp = f"{today:%Y%m%d}T120000Z"
    place = office.replace(",", "\\,")
    events = [
        _event(1, "Weekly sales staff meeting", begun, "083000", "100000", stamp, f"Office\\, {place}", "FREQ=WEEKLY;BYDAY=MO"),
        _event(
            2, f"One-on-one: {executive}", begun + timedelta(days=1), "140000", "144500", stamp, "Office", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
        ),
        _event(3, f"One-on-one: {manager} (phone)", begun + timedelta(days=4), "153000", "161500", stamp, "", "FREQ=WEEKLY;BYDAY=FR"),
        _event(4, "Private", monday + timedelta(days=9), "160000", "173000", stamp, "", "", private=True),
    ]
    head = "BEGIN:VCALENDAR\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\nVERSION:2.0\nMETHOD:PUBLISH\nX-WR-CALNAME:Calendar"
    text = "\n".join([head, _TIMEZONE, *events, "END:VCALENDAR", ""])
    path.write_bytes("".join(_folded(line) + "\r\n" for line in text.split("\n")[:-1]).encode("utf-8"))


def _event(number: int, title: str, day: date, begin: str, end: str, stamp: str, place: str, rule: str, *, private: bool = False) -> str:
    lines = [
        "BEGIN:VEVENT",
        f"CLASS:{'PRIVATE' if private else 'PUBLIC'}",
        f"DTSTAMP:{stamp}",
        f'DTSTART;TZID="Eastern Standard Time":{day:%Y%m%d}T{begin}',
        f'DTEND;TZID="Eastern Standard Time":{day:%Y%m%d}T{end}',
        *([f"RRULE:{rule}"] if rule else []),
        *([f"LOCATION:{place}"] if place else []),
        f"SUMMARY:{title}",
        f"UID:040000008200E00074C5B7101A82E00800000000{number}",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{'OOF' if private else 'BUSY'}",
        "END:VEVENT",
    ]
    return "\n".join(lines)


def _folded(line: str) -> str:
    """A content line folded at 75 octets (RFC 5545); all ours are ASCII."""
    pieces = [line[:74]]
    rest = line[74:]
    while rest:
        pieces.append(" " + rest[:73])
        rest = rest[73:]
    return "\r\n".join(pieces)
