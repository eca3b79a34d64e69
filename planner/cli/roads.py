"""roadbook roads: packs of roads, addresses and basemap."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli import drives
from planner.cli.console import AsJson, Home, Progress, message, print_json, print_table, tell_problem
from planner.errors import Cancelled, PackProblem, UserProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.plain_text import one_line
from planner.model.regions import Region
from planner.progress import Report, part
from planner.usecases import footprint, packs
from planner.usecases.doctor import Health, examine
from planner.usecases.drive_times import fill_drive_times
from planner.usecases.workspace import Workspace, workspace_at

app = typer.Typer(no_args_is_help=True, help="Road packs: roads, addresses and basemap of a footprint.")

app.command("route")(drives.route)
app.command("reach")(drives.reach)
app.command("search")(drives.search)
app.command("near")(drives.near)
app.command("match")(drives.match)

_ONE_CUT = "A pack is cut to an area or to counties, not to both."

Clip = Annotated[Path | None, typer.Option("--clip", help="Keep only this area: a GeoJSON or .poly file.")]
County = Annotated[list[str] | None, typer.Option("--county", help="Keep only this county of the extract; may be given several times.")]
Name = Annotated[str, typer.Option("--name", callback=one_line, help="What to call the pack.")]
Pack = Annotated[str, typer.Argument(help="The name or id of a road pack.")]


@app.command()
def build(
    files: Annotated[list[Path], typer.Argument(help="OSM extracts: .osm.pbf, .osm, .osm.gz or .osm.bz2; several are merged.")],
    name: Name = "",
    clip: Clip = None,
    county: County = None,
    home: Home = None,
) -> None:
    """Build a road pack from OSM extracts on this laptop; one that was stopped goes on."""
    report = Progress()
    _refuse(clip is not None and bool(county), _ONE_CUT, "Give --clip or --county.")
    with workspace_at(home) as workspace:
        area = footprint.read_area(clip) if clip else None
        pack = footprint.build_from_files(workspace, files, name or _name_of(files[0]), report, area, county or ())
        report.done()
        _tell_ready(pack)


@app.command()
def counties(
    file: Annotated[Path, typer.Argument(help="An OSM extract.")],
    as_json: AsJson = False,
) -> None:
    """List the counties that an extract has as a whole, to cut one out."""
    whole, cut_off = footprint.county_names(file)
    if as_json:
        print_json({"whole": whole, "cut_off": cut_off})
        return
    rows = [(name, "whole") for name in whole] + [(name, "cut off by the extract's edge") for name in cut_off]
    print_table("", ("County", ""), rows)


@app.command()
def regions(
    text: Annotated[str, typer.Argument(help="Words of a region's name; all when not given.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the regions whose extracts can be downloaded."""
    report = Progress()
    with workspace_at(home) as workspace:
        found = footprint.find_regions(footprint.list_regions(workspace, report), text)
    report.done()
    if as_json:
        print_json([{"id": region.id, "name": region.full_name, "url": region.url} for region in found])
    else:
        print_table("", ("Region", "Id"), [(region.full_name, region.id) for region in found])


@app.command()
def download(
    what: Annotated[str, typer.Argument(help="A region of the list (its name or id), or an area: Centre County, Pennsylvania.")] = "",
    polygon: Annotated[Path | None, typer.Option("--polygon", help="Download the area of this GeoJSON or .poly file.")] = None,
    clip: Clip = None,
    county: County = None,
    name: Name = "",
    area: Annotated[bool, typer.Option("--area", help="Take it for an area, not for a region of the list.")] = False,
    home: Home = None,
) -> None:
    """Download the roads of a region or an area, and build a road pack; one that was stopped goes on where it was."""
    report = Progress()
    with workspace_at(home) as workspace:
        pack = _download(workspace, what, report, name, polygon, clip, county or (), area=area)
        report.done()
        _tell_ready(pack)


def _download(
    workspace: Workspace,
    what: str,
    report: Progress,
    name: str,
    polygon: Path | None,
    clip: Path | None,
    counties: Sequence[str],
    *,
    area: bool,
) -> RoadPack:
    cut_too = clip is not None or bool(counties)
    if polygon is not None:
        _refuse(what.strip() != "" or cut_too, "A polygon is downloaded as it is.", "Leave out the name, --clip and --county.")
        drawn = footprint.read_area(polygon)
        return footprint.build_from_area(workspace, drawn, name or drawn.name, report)
    if not what.strip():
        raise UserProblem("It is not said what to download.", "", "Name a region or an area, or give --polygon FILE.")
    region = None if area else _region(workspace, what, part(report, 0.0, 0.02))
    if region is not None:
        _refuse(clip is not None and bool(counties), _ONE_CUT, "Give --clip or --county.")
        cut = footprint.read_area(clip) if clip else None
        return footprint.build_from_region(workspace, region, name or region.name, part(report, 0.02, 1.0), cut, counties)
    _refuse(cut_too, f"“{what}” is not a region of the list, and an area is downloaded as it is.", "Leave out --clip and --county.")
    found = footprint.find_area(workspace, what, part(report, 0.02, 0.05))
    return footprint.build_from_area(workspace, found, name or one_line(what), part(report, 0.05, 1.0))


def _region(workspace: Workspace, what: str, report: Report) -> Region | None:
    """The region of exactly this name or id, if the list has one; a state of the US before a country of the same name."""
    wanted = what.strip().casefold()
    every = footprint.list_regions(workspace, report)
    regions = (*footprint.find_regions(every, what), *every)
    return next(
        (region for region in regions if wanted in {region.id.casefold(), region.name.casefold(), region.full_name.casefold()}), None
    )


def _refuse(wrong: bool, what: str, remedy: str) -> None:
    if wrong:
        raise UserProblem(what, "", remedy)


def _name_of(file: Path) -> str:
    return one_line(file.name.split(".")[0]).replace("-", " ").replace("_", " ").title()


def _tell_ready(pack: RoadPack) -> None:
    message(f"Road pack “{pack.name}” is ready: {pack.size / 1e6:.1f} MB in {pack.folder}.")


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """List the road packs on this laptop."""
    with workspace_at(home) as workspace:
        active = packs.active_pack(workspace)
        listed = packs.list_packs(workspace)
        for problem in packs.broken_packs(workspace):
            tell_problem(problem)
    if as_json:
        print_json([_pack_data(pack, in_use=pack == active) for pack in listed])
    elif not listed:
        message("No road pack is here yet: roadbook roads download NAME, or roadbook roads build FILE.osm.pbf.")
    else:
        rows = [
            (pack.name, "in use" if pack == active else "", pack.data_date, f"{pack.size / 1e6:.1f} MB", _extent(pack)) for pack in listed
        ]
        print_table("", ("Pack", "", "Map data", "Size", "Area"), rows)


def _extent(pack: RoadPack) -> str:
    area = pack.origin.area
    middle = LatLon(pack.bounds.centre.lat, pack.bounds.west)
    high_km = LatLon(pack.bounds.south, pack.bounds.west).metres_to(LatLon(pack.bounds.north, pack.bounds.west)) / 1000
    wide_km = middle.metres_to(LatLon(middle.lat, pack.bounds.east)) / 1000
    return f"{f'{area.name}, ' if area else ''}{wide_km:,.0f} × {high_km:,.0f} km"


def _pack_data(pack: RoadPack, *, in_use: bool) -> dict[str, Any]:
    return {
        "id": pack.id,
        "name": pack.name,
        "in_use": in_use,
        "data_date": pack.data_date,
        "built_at": pack.built_at,
        "bytes": pack.size,
        "bounds": [pack.bounds.south, pack.bounds.west, pack.bounds.north, pack.bounds.east],
        "area": pack.origin.area.name if pack.origin.area else "",
        "origin": pack.origin.kind.value,
        "sources": pack.origin.sources,
        "folder": str(pack.folder),
    }


@app.command()
def use(pack: Pack, home: Home = None) -> None:
    """Make a road pack the one in use."""
    with workspace_at(home) as workspace:
        message(packs.use_pack(workspace, packs.find_pack(workspace, pack)).label + ".")


@app.command()
def delete(
    pack: Pack,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
) -> None:
    """Delete a road pack from this laptop; accounts, plans and settings stay."""
    with workspace_at(home) as workspace:
        if pack in {path.name for path in packs.unreadable(workspace)}:
            if not yes and not typer.confirm(f"Delete the road pack in “{pack}”, which cannot be read?", err=True):
                raise Cancelled
            packs.delete_broken_pack(workspace, pack)
            message(f"Delete {pack}.")
            return
        found = packs.find_pack(workspace, pack)
        if not yes and not typer.confirm(f"Delete “{found.name}” ({found.size / 1e6:.1f} MB) and the drive times kept for it?", err=True):
            raise Cancelled
        message(packs.delete_pack(workspace, found).label + ".")


@app.command()
def update(
    pack: Annotated[str, typer.Argument(help="The name or id of a road pack; all but the sample when not given.")] = "",
    home: Home = None,
) -> None:
    """Bring road packs up to date from where they came from; only what changed is built again."""
    report = Progress()
    with workspace_at(home) as workspace:
        wanted = [packs.find_pack(workspace, pack)] if pack else [one for one in packs.list_packs(workspace) if not one.sample]
        for one in wanted:
            newer = footprint.update_pack(workspace, one, report)
            report.done()
            message(
                f"“{one.name}” is brought up to date: map data of {newer.data_date or 'unknown date'}."
                if newer
                else f"“{one.name}” is up to date."
            )


@app.command()
def verify(
    pack: Annotated[str, typer.Argument(help="The name or id of a road pack; all when not given.")] = "",
    home: Home = None,
) -> None:
    """Check every file of road packs against its checksum."""
    report = Progress()
    with workspace_at(home) as workspace:
        if pack in {path.name for path in packs.unreadable(workspace)}:
            raise PackProblem(
                f"The road pack in “{pack}” cannot be read.", "", f"Delete it (roadbook roads delete {pack}), then build it again."
            )
        unreadable = [] if pack else packs.broken_packs(workspace)
        wanted = [packs.find_pack(workspace, pack)] if pack else packs.list_packs(workspace)
        found = packs.verify_packs(wanted, report)
    report.done()
    for problem in unreadable:
        tell_problem(problem)
    damaged = {name: problems for name, problems in found.items() if problems}
    if damaged:
        what = "; ".join(f"{name}: {problem}" for name, problems in damaged.items() for problem in problems)
        again = " and ".join(f"roadbook roads update {name}" for name in damaged)
        raise PackProblem(f"A road pack is damaged: {what}.", remedy=f"Build it again: {again}.")
    if unreadable:
        raise PackProblem("A road pack cannot be read.", remedy="See above.")
    message(f"{len(found)} road pack{'' if len(found) == 1 else 's'} checked, every file is as it was built.")


@app.command()
def fill(home: Home = None) -> None:
    """Compute and keep every drive time between the accounts that is still missing; one that was stopped goes on."""
    report = Progress()
    with workspace_at(home) as workspace:
        count = fill_drive_times(workspace, report)
    report.done()
    message(f"All drive times between {count:,} places are kept.")


@app.command()
def clean(home: Home = None) -> None:
    """Remove kept downloads and the leavings of builds that were cut short."""
    with workspace_at(home) as workspace:
        message(f"{packs.clean_up(workspace) / 1e6:,.1f} MB freed.")


@app.command()
def doctor(home: Home = None, as_json: AsJson = False) -> None:
    """Look at everything that work without a network needs: is it here, does it verify, how old is it, what is missing."""
    report = Progress()
    with workspace_at(home) as workspace:
        findings = examine(workspace, report)
    report.done()
    if as_json:
        print_json([{"health": one.health, "about": one.about, "text": one.text, "remedy": one.remedy} for one in findings])
    else:
        print_table("", ("", "About", "Found", "What to do"), [(one.health, one.about, one.text, one.remedy) for one in findings])
    bad = sum(one.health is Health.BAD for one in findings)
    if bad:
        raise PackProblem(f"{bad} thing{' needs' if bad == 1 else 's need'} mending before you can rely on it.")
