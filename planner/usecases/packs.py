"""Road packs: build, list, choose, verify."""

from pathlib import Path

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.progress import Report, part
from planner.roads import packs as roads_packs
from planner.store.settings import read_settings, write_setting
from planner.usecases.locate_accounts import place_accounts
from planner.usecases.workspace import Workspace


def list_packs(workspace: Workspace) -> list[RoadPack]:
    """The packs on this laptop."""
    return roads_packs.list_packs(workspace.packs_folder)


def broken_packs(workspace: Workspace) -> list[PackProblem]:
    """What is wrong with the packs that cannot even be listed."""
    return roads_packs.broken_packs(workspace.packs_folder)


def active_pack(workspace: Workspace) -> RoadPack | None:
    """The pack in use: the one chosen in the settings, else the newest that is not the sample, else the sample, else None."""
    packs = list_packs(workspace)
    with workspace.reading() as db:
        chosen = read_settings(db).text("active_pack")
    named = [pack for pack in packs if pack.id == chosen]
    return max(named or packs, key=lambda pack: (not pack.sample, pack.built_at), default=None)


def need_pack(workspace: Workspace) -> RoadPack:
    """The pack in use; raises PackProblem when there is none."""
    pack = active_pack(workspace)
    if pack is None:
        raise PackProblem(
            "There are no roads on this laptop yet.",
            "Addresses and drive times come from a road pack.",
            "Build one from an OSM extract (roadbook roads build FILE.osm.pbf), or look around with the sample territory.",
        )
    return pack


def build_pack(workspace: Workspace, file: Path, name: str, report: Report, *, sample: bool = False) -> RoadPack:
    """Build a road pack from an OSM extract, choose it, and place the accounts that had no place; raises BadInputFile, PackProblem."""
    from planner.roads.build import build_pack as build

    workspace.release_engine()
    pack = build(file, workspace.packs_folder, name, part(report, 0.0, 0.95), sample=sample)
    with workspace.writing() as db:
        write_setting(db, "active_pack", pack.id)
    place_accounts(workspace, pack, part(report, 0.95, 1.0))
    return pack


def verify_packs(workspace: Workspace, report: Report) -> dict[str, list[str]]:
    """What is wrong with each pack, file by file; an empty list for a sound one."""
    packs = list_packs(workspace)
    step = 1 / max(1, len(packs))
    return {pack.id: roads_packs.verify_pack(pack, part(report, i * step, (i + 1) * step)) for i, pack in enumerate(packs)}
