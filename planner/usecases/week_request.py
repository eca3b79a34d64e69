"""What a week asks for: the days, the fixed appointments with their places, and the accounts worth a visit."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.errors import PlanProblem, UserProblem
from planner.model.calendar import CalendarEvent, Duty, IsoWeek
from planner.model.packs import RoadPack
from planner.model.places import NamedPlace
from planner.model.request import Lunch, WeekRequest
from planner.model.travel import RushHours, TravelMatrix
from planner.model.week import LeftOut
from planner.planning.candidates import Book
from planner.planning.duties import duties_in
from planner.planning.request import Ask, WorkWeek, build_request
from planner.planning.support import with_blocks, with_coaching
from planner.settings import Settings
from planner.store.calendar import all_events
from planner.store.plans import planned_accounts
from planner.store.settings import read_settings
from planner.store.visits import all_visits
from planner.store.wishes import all_wishes
from planner.tracking.next_steps import with_next_steps
from planner.usecases.accounts import list_accounts, open_opportunities
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import appointment_place, day_end, home_and_office, hotels_of
from planner.usecases.plan_options import PlanOptions
from planner.usecases.settings import weights_of, writing_of
from planner.usecases.team import team_time
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

if TYPE_CHECKING:
    from planner.geocoding.offline import Gazetteer

AROUND_WEEKS = 4
"""A visit planned so many weeks before or after is not planned again."""


class Asked(Struct, frozen=True):
    """What some days ask for: the request, the accounts that cannot be asked for with their reason, the time zone, and what rep support
    that needs drive times is made of.
    """

    request: WeekRequest
    left_out: tuple[LeftOut, ...]
    timezone: str
    office: NamedPlace
    book: Book
    options: PlanOptions

    def with_support(self, matrix: TravelMatrix) -> WeekRequest:
        """The request with the blocks and one-on-ones wished for; raises PlanProblem for one that does not fit."""
        team, needs = self.book.team, self.book.needs
        coached = with_coaching(self.request, self.options.coaching, self.office, team, needs) if self.options.coaching else self.request
        return with_blocks(coached, matrix, self.options.blocks, team) if self.options.blocks else coached


def week_request(workspace: Workspace, week: IsoWeek, pack: RoadPack, options: PlanOptions) -> Asked:
    """The request for one week or more, without the days that are over unless all are.

    Raises PlanProblem when there are no accounts or when it is not known where the days begin.
    """
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
    weekdays = settings.weekdays("working_days") if options.days is None else options.days
    if not weekdays:
        raise PlanProblem("There is no day to plan.", "No weekday is a working day.", "Set working days such as Mon-Fri.")
    unasked = sorted({*options.starts, *options.ends} - set(weekdays))
    if unasked:
        names = " and ".join(writing_of(settings).weekday_name(week.day(weekday)) for weekday in unasked)
        raise PlanProblem(
            f"{names} {'is' if len(unasked) == 1 else 'are'} not among the days to plan.",
            "Only days that are planned begin and end somewhere.",
            "Plan them too, such as --days Mon-Sat.",
        )
    days = [week.plus(number).day(weekday) for number in range(options.weeks) for weekday in sorted(set(weekdays))]
    ahead = [day for day in days if day >= date.today()]  # noqa: DTZ011 - her own calendar day
    return days_request(workspace, ahead or days, pack, options)


def days_request(workspace: Workspace, days: Sequence[date], pack: RoadPack, options: PlanOptions, *, everyone: bool = False) -> Asked:
    """The request for these days; `everyone` asks for all accounts, due or not and however many."""
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
        events = all_events(db, sample=pack.sample)
        wishes = with_next_steps(all_wishes(db), all_visits(db, sample=pack.sample))
    accounts, deals = list_accounts(workspace), open_opportunities(workspace)
    if not accounts:
        raise PlanProblem("There are no accounts to visit yet.", remedy="Import your accounts, or look around with the sample territory.")
    with open_gazetteer(pack) as gazetteer:
        home, office = home_and_office(settings, gazetteer)
        hotels = hotels_of(settings, gazetteer)
        starts, ends = (
            {day: day_end(names[day.weekday()], home, office, hotels, gazetteer) for day in days if day.weekday() in names}
            for names in (options.starts, options.ends)
        )
        ask = Ask(
            starts=starts,
            ends=ends,
            nights=settings.weekdays("nights") if options.nights is None else options.nights,
            hotels=hotels,
            night_saving_s=settings.seconds("night_saving_minutes"),
            shares=(settings.number("share_capture"), settings.number("share_care"), settings.number("share_support")),
            also=options.also,
            everyone=everyone,
        )
        duties = fixed_appointments(events, days, settings.text("timezone"), office, gazetteer)
    if days and days[0] in ask.starts and ask.starts[days[0]] is None:
        raise PlanProblem("The first day has no day before it to start from.", remedy="Let it start at home, the office or an address.")
    if options.nights and not hotels:
        raise PlanProblem(
            "There is no hotel to sleep at.", "No hotel is set.", "Set one: roadbook settings set hotels “Inn = 100 Main St, Altoona, PA”."
        )
    team, needs = team_time(workspace, pack, days, settings, deals)
    elsewhere = {} if everyone else planned_elsewhere(workspace, pack, days)
    book = Book(accounts, deals, wishes, team, needs, pack.bounds, elsewhere)
    request, left_out = build_request(days, book, duties, work_week(settings, home, office), weights_of(settings), ask)
    return Asked(request, left_out, settings.text("timezone"), office, book, options)


def planned_elsewhere(workspace: Workspace, pack: RoadPack, days: Sequence[date]) -> dict[int, date]:
    """The accounts that are planned on other days, and when: of the same weeks, and from today on of the weeks around them."""
    with workspace.reading() as db:
        planned = planned_accounts(db, sample=pack.sample)
    margin, weeks = timedelta(weeks=AROUND_WEEKS), {IsoWeek.of(day) for day in days}
    today = date.today()  # noqa: DTZ011 - her own calendar day
    return {
        account_id: day
        for day, accounts in planned.items()
        if day not in days and (IsoWeek.of(day) in weeks or max(min(days) - margin, today) <= day <= max(days) + margin)
        for account_id in accounts
    }


def fixed_appointments(
    events: Sequence[CalendarEvent], days: Sequence[date], timezone: str, office: NamedPlace, gazetteer: "Gazetteer"
) -> list[Duty]:
    """The duties of these days; one whose location cannot be placed blocks her time wherever she is."""
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError) as error:
        raise UserProblem(f"“{timezone}” is not a time zone.", remedy="Set one such as America/New_York.") from error
    return [
        replace(duty, place=duty.place or appointment_place(duty.location, office, gazetteer)) for duty in duties_in(events, days, timezone)
    ]


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
        rush=rush_hours(settings),
        writing=writing_of(settings),
    )


def rush_hours(settings: Settings) -> RushHours:
    """The hours in which drives take longer; raises UserProblem when the setting cannot be read."""
    try:
        return RushHours.read(settings.text("rush_hours"))
    except ValueError as error:
        raise UserProblem(
            "The rush hours cannot be read.", f"{error}.", "Mend them in the settings, as in 7-9 = 1.25; 16-18 = 1.3."
        ) from error
