"""Every setting, declared once: the program, the settings page and the manual read this table."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.errors import UserProblem
from planner.model.accounts import VisitOutcome
from planner.values import Struct


class Kind(StrEnum):
    """What a setting's value is; decides how it is read and shown."""

    TEXT = "text"
    ADDRESS = "address"
    TIME = "time of day"  # stored as seconds after midnight
    MINUTES = "minutes"  # stored as seconds
    NUMBER = "number"
    CHOICE = "choice"
    ADDRESS_OF_SERVER = "server"
    RUSH_HOURS = "rush hours"
    WEEKDAYS = "weekdays"  # stored as a user types them: "Mon-Fri", "Tue, Thu"
    SEVERAL = "several of the choices"  # stored with commas between
    ZONE = "time zone"
    STATE = "state"  # stored as its two letters
    HOTELS = "hotels"  # stored as "name = address; name = address"
    RATES = "mileage rates"  # stored as "2025 = 0.70; 2026 = 0.725"


class Setting(Struct, frozen=True):
    """A setting: its key, kind, default as a user would type it, label and help; `choices` for CHOICE and SEVERAL; `page` groups them."""

    key: str
    kind: Kind
    default: str
    label: str
    help: str
    page: str
    choices: tuple[str, ...] = ()


LOCALES: Mapping[str, str] = {
    "en_US": "English (United States)",
    "en_GB": "English (United Kingdom)",
    "de_DE": "Deutsch",
    "es_ES": "Español",
    "fr_FR": "Français",
}
"""Whose dates and numbers can be chosen, by the names that a setting keeps."""

TEXT_SIZES = ("100", "110", "125", "150")
"""How large text may be, in per cent."""

ME, AWAY, WORTH, PLANNING = "Me and my week", "Nights away", "Value of a visit", "Planning"
ROADS, ONLINE, DISPLAY, FORMATS, MILEAGE = "Map and roads", "Online services", "Look and hints", "Units, dates and numbers", "Mileage"
"""The groups of the settings page, which shows them in the order of the table."""

SETTINGS: tuple[Setting, ...] = (
    Setting("home", Kind.ADDRESS, "", "Home", "Where your days begin and end. Empty: the office.", ME),
    Setting("office", Kind.ADDRESS, "", "Office", "Where staff meetings are. Appointments that only say “Office” are here.", ME),
    Setting("signature", Kind.TEXT, "", "Your name under mail", "As drafts of mail are signed. Empty: your name on this computer.", ME),
    Setting("working_days", Kind.WEEKDAYS, "Mon-Fri", "Working days", "The days of a week that visits are planned for.", ME),
    Setting("day_opens", Kind.TIME, "07:30", "Leave no earlier than", "No drive of the day begins before this.", ME),
    Setting("day_closes", Kind.TIME, "18:00", "Back no later than", "The last drive of the day ends by this time.", ME),
    Setting("lunch_earliest", Kind.TIME, "11:30", "Lunch from", "Lunch starts no earlier.", ME),
    Setting("lunch_latest", Kind.TIME, "13:30", "Lunch until", "Lunch starts no later.", ME),
    Setting("lunch_minutes", Kind.MINUTES, "45", "Lunch takes", "0 for no lunch break.", ME),
    Setting("max_drive_minutes", Kind.MINUTES, "270", "Driving a day, at most", "All drives of one day together.", ME),
    Setting("capture_minutes", Kind.MINUTES, "60", "A visit to a prospect takes", "Time at the door, without the drive.", ME),
    Setting("care_minutes", Kind.MINUTES, "45", "A visit to a client takes", "Time at the door, without the drive.", ME),
    Setting("timezone", Kind.ZONE, "America/New_York", "Time zone", "The clock of your working day. Type a city to find it.", ME),
    Setting("holidays", Kind.STATE, "PA", "Holidays of", "Businesses without hours of their own are closed then.", ME),
    Setting("hotels", Kind.HOTELS, "", "Hotels", "Where you like to stay. Planning chooses among them.", AWAY),
    Setting("nights", Kind.WEEKDAYS, "", "Nights away may be", "Days after which planning may propose a hotel. None: never.", AWAY),
    Setting("night_saving_minutes", Kind.MINUTES, "90", "A night away must save", "Driving saved, or visits worth as much.", AWAY),
    Setting("weight_overdue", Kind.NUMBER, "1", "Overdue visits", "How much it counts that a visit is overdue.", WORTH),
    Setting("weight_potential", Kind.NUMBER, "1", "Potential", "How much monthly revenue times probability counts.", WORTH),
    Setting("weight_close_date", Kind.NUMBER, "1", "Close date", "How much a near close date counts.", WORTH),
    Setting("weight_tier", Kind.NUMBER, "1", "Tier", "How much the tier of the account counts.", WORTH),
    Setting("weight_contract_end", Kind.NUMBER, "1", "Contract end", "How much a contract that ends soon counts.", WORTH),
    Setting("weight_rep_need", Kind.NUMBER, "1", "Rep's need", "How much it counts that a rep needs help.", WORTH),
    Setting("weight_boost", Kind.NUMBER, "1", "Your own points", "How much the points you give accounts count.", WORTH),
    Setting("weight_detour", Kind.NUMBER, "1", "Driving", "How much a minute of driving costs: 0.1 points at 1.", WORTH),
    Setting("weight_shares", Kind.NUMBER, "1", "Shares", "How much it counts to keep the shares below.", WORTH),
    Setting("share_capture", Kind.NUMBER, "50", "Share of capture", "Of your time with accounts, in parts.", WORTH),
    Setting("share_care", Kind.NUMBER, "30", "Share of client care", "Of your time with accounts, in parts.", WORTH),
    Setting("share_support", Kind.NUMBER, "20", "Share of rep support", "Of your time with accounts, in parts.", WORTH),
    Setting(
        "cadence_activities",
        Kind.TEXT,
        "Visit, Meeting, Call",
        "Contacts in the CRM",
        "Activities of these kinds count as having seen an account; others, such as an e-mail, do not.",
        WORTH,
    ),
    Setting(
        "cadence_outcomes",
        Kind.SEVERAL,
        "met, phone instead",
        "Outcomes that count",
        "Visits that ended like this count as having seen an account.",
        WORTH,
        tuple(VisitOutcome),
    ),
    Setting("plan_seconds", Kind.NUMBER, "5", "Planning time in seconds", "How long Plan week keeps improving.", PLANNING),
    Setting("vary_drives", Kind.NUMBER, "15", "Drives vary by (%)", "For the chance of keeping an appointment.", PLANNING),
    Setting("vary_visits", Kind.NUMBER, "20", "Visits vary by (%)", "For the chance of keeping an appointment.", PLANNING),
    Setting("late_minutes", Kind.MINUTES, "5", "Late is more than", "A fixed appointment begun no later counts as kept.", PLANNING),
    Setting("active_pack", Kind.TEXT, "", "Road pack in use", "The map, roads and addresses to plan with.", ROADS),
    Setting("avoid_tolls", Kind.CHOICE, "no", "Avoid toll roads", "Where another way leads there.", ROADS, ("no", "yes")),
    Setting("avoid_ferries", Kind.CHOICE, "no", "Avoid ferries", "Where another way leads there.", ROADS, ("no", "yes")),
    Setting("avoid_unpaved", Kind.CHOICE, "no", "Avoid unpaved roads", "Where another way leads there.", ROADS, ("no", "yes")),
    Setting("rush_hours", Kind.RUSH_HOURS, "", "Rush hours", "Hours of the day in which drives take longer. None: never.", ROADS),
    Setting(
        "fill_drive_times", Kind.CHOICE, "yes", "Drive times ahead", "Work out what is missing in the background.", ROADS, ("yes", "no")
    ),
    Setting("units", Kind.CHOICE, "miles", "Distances in", "On the map, the board and in exports.", FORMATS, ("miles", "kilometres")),
    Setting(
        "formats",
        Kind.CHOICE,
        "system",
        "Dates and numbers as in",
        "How they are written, in exports too: the order of day and month, names of months, points and commas. Words stay English.",
        FORMATS,
        ("system", *LOCALES),
    ),
    Setting(
        "clock", Kind.CHOICE, "system", "Time of day in", "14:20 or 2:20 PM, in exports too.", FORMATS, ("system", "24 hours", "12 hours")
    ),
    Setting("theme", Kind.CHOICE, "system", "Look", "Light, dark, or as the system.", DISPLAY, ("system", "light", "dark")),
    Setting("text_size", Kind.CHOICE, "100", "Text size (%)", "All text in the window, on the board and the map too.", DISPLAY, TEXT_SIZES),
    Setting("hints", Kind.CHOICE, "yes", "Show hints", "A small hint now and then, each only once.", DISPLAY, ("yes", "no")),
    Setting(
        "mileage_rates",
        Kind.RATES,
        "2024 = 0.67; 2025 = 0.70; 2026 = 0.725",
        "Mileage rates",
        "Dollars a business mile. As delivered, the standard rates of the IRS; a year that is not listed has the rate of the year before.",
        MILEAGE,
    ),
    Setting(
        "ask_online",
        Kind.CHOICE,
        "no",
        "Look addresses up online",
        "When you start it, the address finder below is sent each address and, without a street, the name of the business; nothing else.",
        ONLINE,
        ("no", "yes"),
    ),
    Setting(
        "nominatim",
        Kind.ADDRESS_OF_SERVER,
        "https://nominatim.openstreetmap.org/",
        "Address finder",
        "A Nominatim server: sent addresses when the setting above says yes, and the name of a town or county when you look an area up.",
        ONLINE,
    ),
    Setting(
        "region_index",
        Kind.ADDRESS_OF_SERVER,
        "https://download.geofabrik.de/index-v1.json",
        "Map downloads",
        "The list of states and countries whose maps can be had. It is asked for the one you choose, and told nothing of your accounts.",
        ONLINE,
    ),
    Setting(
        "overpass",
        Kind.ADDRESS_OF_SERVER,
        "https://overpass-api.de/api",
        "Map of a small area",
        "An Overpass server: sent the outline of the area when you get the roads of one; it is told nothing of your accounts.",
        ONLINE,
    ),
    Setting(
        "routing_service",
        Kind.ADDRESS_OF_SERVER,
        "",
        "Drive times from",
        "Empty: this laptop, and nobody is asked. Or a Valhalla server: it is sent where accounts are, without their names.",
        ONLINE,
    ),
)

_RATE = re.compile(r"([12][0-9]{3})\s*=\s*\$?\s*([0-9](?:\.[0-9]{1,4})?)")
_WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")

_BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}


def setting(key: str) -> Setting:
    """The setting with this key; raises UserProblem for an unknown one."""
    if key not in _BY_KEY:
        raise UserProblem(f"There is no setting “{key}”.", remedy=f"Choose one of: {', '.join(sorted(_BY_KEY))}.")
    return _BY_KEY[key]


def check(key: str, text: str) -> str:
    """Return the value as it is kept, or raise UserProblem that says what is wrong with it."""
    declared = setting(key)
    text = text.strip()
    try:
        text = _read(declared.kind, text)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError):
        wanted = {Kind.TIME: "a time such as 07:30", Kind.WEEKDAYS: "weekdays such as Mon-Fri or Tue, Thu"}
        wanted |= {Kind.RUSH_HOURS: "hours that do not overlap, with drives up to three times as long, such as 7-9 = 1.25; 16-18 = 1.3"}
        wanted |= {Kind.ZONE: "the name of a time zone, such as America/New_York"}
        wanted |= {Kind.RATES: "years with their dollars a mile, each year once, such as 2025 = 0.70; 2026 = 0.725"}
        wanted |= {Kind.ADDRESS_OF_SERVER: "the address of a server, such as https://example.org"}
        must_be = wanted.get(declared.kind, "a number that is not negative")
        raise UserProblem(f"“{text}” cannot be “{declared.label}”.", f"It must be {must_be}.", "Nothing was changed.") from None
    if declared.kind is Kind.CHOICE and text not in declared.choices:
        raise UserProblem(
            f"“{text}” cannot be “{declared.label}”.", f"It must be one of: {', '.join(declared.choices)}.", "Nothing was changed."
        )
    return text


def _read(kind: Kind, text: str) -> str:
    """A text as a value of its kind is kept; ValueError and its like for one that is none."""
    if kind is Kind.TIME:
        return _clock(time_of_day_s(text))
    if kind in (Kind.MINUTES, Kind.NUMBER) and not 0 <= float(text) < 1e6:
        raise ValueError(text)
    if kind is Kind.WEEKDAYS:
        weekdays_of(text)
    elif kind is Kind.ADDRESS_OF_SERVER and text and not _is_server(text):
        raise ValueError(text)
    elif kind is Kind.RUSH_HOURS:
        from planner.model.travel import RushHours

        RushHours.read(text)
    elif kind is Kind.RATES:
        mileage_rates_of(text)
    elif kind is Kind.ZONE:
        ZoneInfo(text)
    return text


def time_of_day_s(text: str) -> int:
    """Seconds after midnight of "7:30"; ValueError for anything else."""
    hours, _, minutes = text.partition(":")
    seconds = int(hours) * 3600 + int(minutes or 0) * 60
    if not (0 <= seconds <= 86_400 and 0 <= int(minutes or 0) < 60):
        raise ValueError(text)
    return seconds


def weekdays_of(text: str) -> tuple[int, ...]:
    """The weekdays (0 = Monday) of "Mon-Fri" or "Tue, Thu", in order; ValueError for anything else, none for an empty text."""
    found: set[int] = set()
    for part in text.lower().replace(";", ",").split(","):
        begin, dash, end = (piece.strip()[:2] for piece in part.replace("–", "-").partition("-"))
        if not begin and not dash:
            continue
        first, last = _WEEKDAYS.index(begin), _WEEKDAYS.index(end if dash else begin)
        found |= {day % 7 for day in range(first, last + 1 if last >= first else last + 8)}
    return tuple(sorted(found))


def weekdays_text(weekdays: Collection[int]) -> str:
    """Weekdays (0 = Monday) as they are kept: "Mon-Fri" for three and more in a row, else "Tue, Thu"."""
    names, parts, runs = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), [], list[list[int]]()
    for day in sorted(weekdays):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        parts += [f"{names[run[0]]}-{names[run[-1]]}"] if len(run) > 2 else [names[day] for day in run]
    return ", ".join(parts)


def mileage_rates_of(text: str) -> dict[int, Decimal]:
    """The dollars a mile (0 to 10) by year of "2025 = 0.70; 2026 = 0.725"; ValueError for anything else, and for a year named twice."""
    rates: dict[int, Decimal] = {}
    for entry in filter(None, map(str.strip, text.split(";"))):
        found = _RATE.fullmatch(entry)
        if found is None or int(found[1]) in rates:
            raise ValueError(entry)
        rates[int(found[1])] = Decimal(found[2])
    if not rates:
        raise ValueError(text)
    return rates


def _is_server(text: str) -> bool:
    """Whether a text is an http or https address of a server; ValueError for a port that is none and for brackets that do not close."""
    parts = urlsplit(text)
    plain = text.isprintable() and " " not in text
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


class Settings(Struct, frozen=True):
    """The user's settings over the defaults; values as text, read by kind."""

    values: Mapping[str, str]

    def text(self, key: str) -> str:
        """The value as it is kept."""
        return self.values.get(key, setting(key).default)

    def seconds(self, key: str) -> int:
        """A time of day as seconds after midnight, or a number of minutes as seconds."""
        declared = setting(key)
        if declared.kind is Kind.TIME:
            return time_of_day_s(self.text(key))
        return round(float(self.text(key)) * 60)

    def number(self, key: str) -> float:
        """A number."""
        return float(self.text(key))

    def words(self, key: str) -> tuple[str, ...]:
        """Words separated by commas."""
        return tuple(word.strip() for word in self.text(key).split(",") if word.strip())

    def weekdays(self, key: str) -> tuple[int, ...]:
        """Weekdays, 0 = Monday."""
        return weekdays_of(self.text(key))
