"""roadbook roads: packs of roads, addresses and basemap."""

from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, message, print_json, print_table, tell_problem
from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.usecases import packs
from planner.usecases.workspace import workspace_at

app = typer.Typer(no_args_is_help=True, help="Road packs: roads, addresses and basemap of a footprint.")


@app.command()
def build(
    file: Annotated[Path, typer.Argument(help="An OSM extract: .osm.pbf, .osm, .osm.gz or .osm.bz2.")],
    name: Annotated[str, typer.Option("--name", help="What to call the pack; the file's name when not given.")] = "",
    home: Home = None,
) -> None:
    """Build a road pack from an OSM extract."""
    report = Progress()
    with workspace_at(home) as workspace:
        pack = packs.build_pack(workspace, file, name or file.name.split(".")[0].replace("-", " ").title(), report)
        report.done()
        message(f"Road pack “{pack.name}” is ready: {_size(pack) / 1e6:.1f} MB in {pack.folder}.")


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
        message("No road pack is on this laptop yet. Build one: roadbook roads build FILE.osm.pbf.")
    else:
        rows = [(pack.name, "in use" if pack == active else "", pack.data_date, f"{_size(pack) / 1e6:.1f} MB") for pack in listed]
        print_table("", ("Pack", "", "Map data", "Size"), rows)


def _size(pack: RoadPack) -> int:
    return sum(part.size for part in pack.files)


def _pack_data(pack: RoadPack, *, in_use: bool) -> dict[str, Any]:
    return {
        "id": pack.id,
        "name": pack.name,
        "in_use": in_use,
        "data_date": pack.data_date,
        "built_at": pack.built_at,
        "bytes": _size(pack),
        "folder": str(pack.folder),
    }


@app.command()
def verify(home: Home = None) -> None:
    """Check every file of every pack against its checksum."""
    report = Progress()
    with workspace_at(home) as workspace:
        for problem in packs.broken_packs(workspace):
            raise problem
        found = packs.verify_packs(workspace, report)
    report.done()
    damaged = [f"{pack}: {problem}" for pack, problems in found.items() for problem in problems]
    if damaged:
        raise PackProblem("A road pack is damaged: " + "; ".join(damaged) + ".", remedy="Build it again from its extract.")
    message(f"{len(found)} road pack{'' if len(found) == 1 else 's'} checked, every file is as it was built.")
