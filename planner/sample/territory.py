"""Tamarack County, a place that does not exist: its map and the files of the sales team that works there."""

from datetime import date
from pathlib import Path

from planner.progress import Report, part
from planner.sample.addresses import STATE, Premises
from planner.sample.appointments import write_calendar
from planner.sample.business import open_businesses
from planner.sample.chance import dice
from planner.sample.county import County, grow_county
from planner.sample.crm import book_accounts, hire_reps, write_accounts, write_opportunities, write_reps
from planner.sample.downtown import CITY
from planner.sample.mapping import map_county
from planner.sample.osm_writer import OsmData, write_osm
from planner.values import Struct

NAME = "Tamarack County (fictional)"
ATTRIBUTION = "Tamarack County is fictional"
_BUSINESSES = 430
_OFFICE = {"name": "Tamarack Valley Fiber", "office": "telecommunication", "opening_hours": "Mo-Fr 08:00-17:30"}


class SampleFiles(Struct, frozen=True):
    """The files of the sample territory, its name and attribution, and where the manager lives and works, each as one line."""

    name: str
    attribution: str
    osm: Path
    accounts: Path
    opportunities: Path
    reps: Path
    calendar: Path
    home: str
    office: str


def write_territory(folder: Path, report: Report, today: date) -> SampleFiles:
    """Write the sample territory into a folder: the same map every time; last activities, close dates and meetings lie around `today`."""
    county = grow_county(part(report, 0.0, 0.7))
    home, office = _manager(county)
    businesses = open_businesses([place for place in county.premises if place not in {home, office}], _BUSINESSES)
    data = map_county(county, part(report, 0.72, 0.82))
    report(0.82, "Mapping the sample territory")
    tenants = {business.premises: business.osm_tags() for business in businesses}
    _settle(data, county, {**tenants, office: _OFFICE}, part(report, 0.82, 0.86))
    homes = [place for place in county.premises if place.kind == "houses"]
    files = SampleFiles(
        name=NAME,
        attribution=ATTRIBUTION,
        osm=folder / "tamarack-county.osm",
        accounts=folder / "accounts.csv",
        opportunities=folder / "opportunities.csv",
        reps=folder / "reps.csv",
        calendar=folder / "calendar.ics",
        home=one_line(home),
        office=one_line(office),
    )
    reps = hire_reps([place for place in homes if place != home])
    rows = book_accounts(businesses, reps, today)
    write_osm(data, files.osm, part(report, 0.86, 1.0))
    write_accounts(rows, files.accounts, today)
    write_opportunities(rows, files.opportunities, today)
    write_reps(reps, files.reps)
    write_calendar(files.calendar, today, files.office, reps[0].name, reps[3].name)
    report(1.0, "The sample territory is drawn")
    return files


def one_line(place: Premises) -> str:
    """An address as one line."""
    return f"{place.line}, {place.city}, {STATE} {place.postcode}"


def _manager(county: County) -> tuple[Premises, Premises]:
    """Where she lives, in a quiet part of the city, and the office, on Main Street."""
    homes = [place for place in county.premises if place.kind == "houses" and place.city == CITY and 1900 < abs(place.point) < 2600]
    offices = [
        place for place in county.premises if place.street == "East Main Street" and place.kind == "shops" and abs(place.point) < 420
    ]
    return dice("home").choice(homes), dice("office").choice(offices)


def _settle(data: OsmData, county: County, tenants: dict[Premises, dict[str, str]], report: Report) -> None:
    """Put every building on the map with its address, and those who work there into theirs."""
    kinds = {"houses": "house", "shops": "commercial", "strip": "retail", "works": "industrial", "rural": "farm"}
    for k, place in enumerate(county.premises):
        if k % 2000 == 0:
            report(k / len(county.premises), "Mapping the houses of the sample territory")
        data.ring(list(place.outline), {"building": kinds[place.kind], **place.tags(), **tenants.get(place, {})})
