"""Road packs: build, list, choose, verify."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from planner.errors import PackProblem
from planner.model.changes import Changes
from planner.model.packs import PackOrigin, RoadPack
from planner.model.plain_text import one_line
from planner.progress import Report, part
from planner.roads.pack import packs as roads_packs
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


def in_sample(workspace: Workspace) -> bool:
    """Whether the fictional territory is the one in use."""
    pack = active_pack(workspace)
    return bool(pack and pack.sample)


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


def build_pack(
    workspace: Workspace,
    files: Path | Sequence[Path],
    name: str,
    report: Report,
    *,
    origin: PackOrigin | None = None,
    sample: bool = False,
) -> RoadPack:
    """Build a road pack from OSM extracts, and place the accounts that had no place; raises BadInputFile, PackProblem.

    A new pack becomes the one in use; one that is built again does not push another out of use.
    """
    from planner.roads.pack.build import build_pack as build

    workspace.release_engine()
    in_use, known = active_pack(workspace), {pack.id for pack in list_packs(workspace)}
    pack = build(files, workspace.packs_folder, one_line(name), part(report, 0.0, 0.95), origin=origin, sample=sample)
    if pack.id not in known or in_use is None or in_use.id == pack.id:
        use_pack(workspace, pack)
    place_accounts(workspace, pack, part(report, 0.95, 1.0))
    return pack


def use_pack(workspace: Workspace, pack: RoadPack) -> Changes:
    """Make a pack the one in use."""
    with workspace.writing(None) as db:
        write_setting(db, "active_pack", pack.id)
    return Changes(f"Use {pack.name}", packs=True, settings=True)


def find_pack(workspace: Workspace, name: str) -> RoadPack:
    """The pack of this name or id; raises PackProblem when there is none."""
    packs = list_packs(workspace)
    for pack in packs:
        if name.casefold() in {pack.id, pack.name.casefold()}:
            return pack
    known = ", ".join(pack.name for pack in packs) or "none yet"
    raise PackProblem(f"There is no road pack “{name}” on this laptop.", f"There is: {known}.", "Write the name of one of them.")


def delete_pack(workspace: Workspace, pack: RoadPack) -> Changes:
    """Delete a pack, with the drive times kept for it; the accounts keep their places. Raises PackProblem when it cannot be."""
    workspace.release_engine()
    roads_packs.delete_pack(pack.folder)
    with workspace.writing(None) as db:
        if read_settings(db).text("active_pack") == pack.id:
            write_setting(db, "active_pack", "")
    return Changes(f"Delete {pack.name}", packs=True, settings=True)


def verify_packs(packs: Sequence[RoadPack], report: Report) -> dict[str, list[str]]:
    """What is wrong with each pack, file by file; an empty list for a sound one."""
    step = 1 / max(1, len(packs))
    return {pack.id: roads_packs.verify_pack(pack, part(report, i * step, (i + 1) * step)) for i, pack in enumerate(packs)}


def verify_changed(pack: RoadPack, report: Report) -> list[str]:
    """What is wrong with a pack, file by file; those that have not changed since this program last read them are not read again."""
    return roads_packs.verify_changed(pack, report)


def unreadable(workspace: Workspace) -> list[Path]:
    """The folders of packs that cannot even be listed."""
    readable = {pack.folder.name for pack in list_packs(workspace)}
    folders = (path for path in workspace.packs_folder.glob("[!.]*") if path.is_dir())
    return sorted(path for path in folders if path.name not in readable)


def delete_broken_pack(workspace: Workspace, pack_id: str) -> None:
    """Delete a pack that cannot even be listed, by the name of its folder; nothing happens when there is none of that name."""
    for folder in unreadable(workspace):
        if folder.name == pack_id:
            roads_packs.delete_pack(folder)


def clean_up(workspace: Workspace) -> int:
    """Remove downloads that are kept and what builds cut short have left; returns how many bytes that were."""
    from planner.roads.pack.build import discard_unfinished, remove_free_locks, unfinished_builds

    unfinished = unfinished_builds(workspace.packs_folder)
    for one in unfinished:
        discard_unfinished(workspace.packs_folder, one.pack_id)
    downloads = workspace.home / "downloads"
    freed = sum(path.stat().st_size for path in downloads.rglob("*") if path.is_file()) + sum(one.size for one in unfinished)
    shutil.rmtree(downloads, ignore_errors=True)
    remove_free_locks(workspace.packs_folder)
    return freed
