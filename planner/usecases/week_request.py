"""What a week asks for: the days, the fixed appointments with their places, and the accounts worth a visit."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.errors import PlanProblem, UserProblem
from planner.model.calendar import CalendarEvent, Duty, IsoWeek
from planner.model.packs import RoadPack
from planner.model.places import LatLon, MatchQuality, NamedPlace
from planner.model.week import LeftOut, Lunch, WeekRequest
from planner.planning.duties import duties_in
from planner.planning.request import WorkWeek, build_request
from planner.settings import Settings
from planner.store.calendar import all_events
from planner.store.settings import read_settings
from planner.usecases.accounts import list_accounts, open_opportunities
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.settings import weights_of
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from planner.geocoding.offline import Gazetteer

WORKING_DAYS = 5


def week_request(workspace: Workspace, week: IsoWeek, pack: RoadPack) -> tuple[WeekRequest, tuple[LeftOut, ...], str]:
    """The request for a week, the accounts that cannot be asked for with their reason, and the time zone.

    Raises PlanProblem when there are no accounts or when it is not known where the days begin.
    """
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
        events = all_events(db, sample=pack.sample)
    accounts = list_accounts(workspace)
    if not accounts:
        raise PlanProblem("There are no accounts to visit yet.", remedy="Import your accounts, or look around with the sample territory.")
    with open_gazetteer(pack) as gazetteer:
        home, office = home_and_office(settings, gazetteer)
        days = [week.day(index) for index in range(WORKING_DAYS)]
        duties = fixed_appointments(events, days, settings.text("timezone"), office, gazetteer)
    request, left_out = build_request(
        days, accounts, open_opportunities(workspace), duties, work_week(settings, home, office), weights_of(settings), pack.bounds
    )
    return request, left_out, settings.text("timezone")


def home_and_office(settings: Settings, gazetteer: "Gazetteer") -> tuple[NamedPlace, NamedPlace]:
    """Where the days begin and end, and where the office is; each stands in for the other when only one is set."""
    places = {}
    for key, name in (("home", "Home"), ("office", "Office")):
        address = settings.text(key)
        if not address:
            continue
        match = gazetteer.locate_text(address)
        if match.point is None or match.quality in (MatchQuality.ZIP, MatchQuality.CITY):
            raise PlanProblem(
                f"The address of your {key}, “{address}”, is not in the road pack.",
                match.note,
                "Mend it in the settings, or build a pack that covers it.",
            )
        places[key] = NamedPlace(name, match.point)
    if not places:
        raise PlanProblem(
            "It is not known where your days begin and end.",
            "Neither home nor office is set.",
            "Set one: roadbook settings set office “500 E College Ave, State College, PA 16801”.",
        )
    office = places.get("office") or replace(places["home"], name="Office")
    home = places.get("home") or NamedPlace("Office", office.point)
    return home, office


def fixed_appointments(
    events: list[CalendarEvent], days: list[date], timezone: str, office: NamedPlace, gazetteer: "Gazetteer"
) -> list[Duty]:
    """The duties of these days; one whose location cannot be placed blocks her time wherever she is."""
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError) as error:
        raise UserProblem(f"“{timezone}” is not a time zone.", remedy="Set one such as America/New_York.") from error
    return [replace(duty, place=duty.place or _place_of(duty.location, office, gazetteer)) for duty in duties_in(events, days, timezone)]


def _place_of(location: str, office: NamedPlace, gazetteer: "Gazetteer") -> LatLon | None:
    name, _, address = location.partition(",")
    if name.strip().lower() == "office":
        match = gazetteer.locate_text(address) if address.strip() else None
        return match.point if match and match.point and not match.doubtful else office.point
    if not location.strip():
        return None
    match = gazetteer.locate_text(location)
    return match.point if match.quality in (MatchQuality.ROOFTOP, MatchQuality.INTERPOLATED, MatchQuality.STREET) else None


def work_week(settings: Settings, home: NamedPlace, office: NamedPlace) -> WorkWeek:
    """The frame of her days, from the settings; raises PlanProblem when they end before they begin."""
    opens_s, closes_s = settings.seconds("day_opens"), settings.seconds("day_closes")
    if closes_s <= opens_s:
        raise PlanProblem(
            "Your working day has no length.",
            f"It begins at {settings.text('day_opens')} and ends at {settings.text('day_closes')}.",
            "Mend it in the settings.",
        )
    lunch_s = settings.seconds("lunch_minutes")
    return WorkWeek(
        home=home,
        office=office,
        opens_s=opens_s,
        closes_s=closes_s,
        max_drive_s=settings.seconds("max_drive_minutes"),
        lunch=Lunch(settings.seconds("lunch_earliest"), settings.seconds("lunch_latest"), lunch_s) if lunch_s else None,
        capture_s=settings.seconds("capture_minutes"),
        care_s=settings.seconds("care_minutes"),
        timezone=settings.text("timezone"),
        holidays_state=settings.text("holidays"),
    )


def this_week(today: date) -> IsoWeek:
    """The week to plan on a day: this one until Wednesday, the next one from Thursday on."""
    return IsoWeek.of(today + timedelta(days=4 if today.weekday() >= 3 else 0))
