"""What is on this laptop for work without a network: does it verify, how old is it, what is missing."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum

from planner.errors import UserProblem
from planner.model.packs import OriginKind, RoadPack
from planner.model.writing import Writing
from planner.progress import Report, part
from planner.roads.pack.build import unfinished_builds
from planner.roads.pack.packs import verify_pack
from planner.roads.pack.parts import outdated_parts
from planner.usecases.accounts import list_accounts
from planner.usecases.drive_times import missing_drive_times
from planner.usecases.packs import active_pack, broken_packs, list_packs
from planner.usecases.settings import writing_in
from planner.usecases.workspace import Workspace
from planner.values import Struct

_OLD_DAYS = 365
_LITTLE_ROOM = 2_000_000_000
_PART_NAMES = {"tiles": "roads", "basemap.pmtiles": "map", "gazetteer.sqlite": "addresses"}


class Health(StrEnum):
    """How it stands with one thing."""

    GOOD = "good"
    LOOK = "look"  # works, but deserves a look
    BAD = "bad"  # does not work


class Finding(Struct, frozen=True):
    """One thing that was looked at: how it stands, what it is about (a pack's name, or the laptop), what was found, and what to do."""

    health: Health
    about: str
    text: str
    remedy: str = ""


def examine(workspace: Workspace, report: Report, today: date | None = None) -> list[Finding]:
    """Look at everything that planning without a network needs; the worst first."""
    packs, writing = list_packs(workspace), writing_in(workspace)
    findings = [Finding(Health.BAD, "Road packs", problem.what + " " + problem.why, problem.remedy) for problem in broken_packs(workspace)]
    for index, pack in enumerate(packs):
        here = part(report, 0.8 * index / len(packs), 0.8 * (index + 1) / len(packs))
        findings += _of_pack(pack, here, today or datetime.now(UTC).date(), writing)
    bad = {one.about for one in findings if one.health is Health.BAD}
    findings += _of_use(workspace, part(report, 0.8, 1.0), writing, bad=bad)
    findings += _of_laptop(workspace, writing)
    report(1.0, "Everything was looked at")
    return sorted(findings, key=lambda one: (Health.BAD, Health.LOOK, Health.GOOD).index(one.health))


def _of_pack(pack: RoadPack, report: Report, today: date, writing: Writing) -> Iterator[Finding]:
    problems = verify_pack(pack, report)
    if problems:
        more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
        yield Finding(
            Health.BAD, pack.name, f"Damaged: {'; '.join(problems[:3])}{more}.", f"Build it again: roadbook roads update {pack.id}."
        )
    else:
        size = writing.number(pack.size / 1e6, 1, grouped=False)
        yield Finding(Health.GOOD, pack.name, f"Every one of its {len(pack.files)} files is as it was built ({size} MB).")
    old = outdated_parts(pack)
    again = f"roadbook roads update {pack.id}" if pack.origin.sources else f"roadbook roads build FILE --name “{pack.name}”"
    if old:
        names = ", ".join(_PART_NAMES[name] for name in old)
        health = Health.BAD if "gazetteer.sqlite" in old else Health.LOOK  # addresses of another format cannot be searched
        yield Finding(health, pack.name, f"Built by another version of Roadbook: {names}.", f"Build it again: {again}.")
    if not pack.data_date:
        yield Finding(Health.LOOK, pack.name, "Its extract does not say how old its data is.")
        return
    days = (today - date.fromisoformat(pack.data_date)).days
    health = Health.LOOK if days > _OLD_DAYS else Health.GOOD
    newer = "Get a newer extract and build it again." if pack.origin.kind is OriginKind.FILE else f"roadbook roads update {pack.id}"
    remedy = newer if days > _OLD_DAYS and not pack.sample else ""
    yield Finding(health, pack.name, f"Its map data is of {pack.data_date}, {_age(days)}.", remedy)


def _of_use(workspace: Workspace, report: Report, writing: Writing, *, bad: set[str]) -> Iterator[Finding]:
    pack = active_pack(workspace)
    if pack is None:
        yield Finding(
            Health.BAD, "Road packs", "There are no roads on this laptop.", "roadbook roads download NAME, or roadbook roads build FILE."
        )
        return
    if pack.name in bad:
        return
    accounts = [account for account in list_accounts(workspace) if account.sample == pack.sample]
    lost = [account for account in accounts if account.place is None]
    outside = [account for account in accounts if account.place is not None and not pack.bounds.contains(account.place)]
    number = writing.number
    have_place = f"{number(len(accounts) - len(lost))} of {number(len(accounts))} accounts have a place"
    placed = have_place if accounts else "no accounts are imported yet"
    yield Finding(Health.GOOD, pack.name, f"It is the pack in use; {placed}.")
    if lost:
        yield Finding(Health.LOOK, "Accounts", f"{number(len(lost))} have no place yet.", "roadbook accounts list shows which.")
    if outside:
        yield Finding(
            Health.LOOK,
            "Accounts",
            f"{number(len(outside))} lie outside “{pack.name}”, so no drive leads there.",
            "Build a pack that covers them.",
        )
    missing = missing_drive_times(workspace)
    text = f"Drive times of {number(missing)} places are still to be computed." if missing else "All drive times between accounts are kept."
    yield Finding(Health.LOOK if missing else Health.GOOD, pack.name, text, "roadbook roads fill" if missing else "")
    try:
        report(0.5, "Asking for a drive")
        workspace.engine(pack).snap([pack.bounds.centre])
    except UserProblem as problem:
        yield Finding(Health.BAD, pack.name, str(problem))
    else:
        yield Finding(Health.GOOD, pack.name, "The routing engine answers.")


def _of_laptop(workspace: Workspace, writing: Writing) -> Iterator[Finding]:
    free = shutil.disk_usage(workspace.home).free
    text = f"{writing.number(free / 1e9, 1)} GB are free on the disk of {workspace.home}."
    yield Finding(Health.GOOD if free >= _LITTLE_ROOM else Health.LOOK, "Disk", text)
    for unfinished in unfinished_builds(workspace.packs_folder):
        size = f"{writing.number(unfinished.size / 1e6, 1, grouped=False)} MB"
        yield Finding(
            Health.LOOK,
            unfinished.pack_id,
            f"A build was cut short ({size}).",
            "Build it again to go on, or roadbook roads clean to remove it.",
        )
    downloads = [path.stat().st_size for path in (workspace.home / "downloads").rglob("*") if path.is_file()]
    if downloads:
        size = writing.number(sum(downloads) / 1e6, 1)
        yield Finding(Health.GOOD, "Downloads", f"{size} MB are kept, for updates; roadbook roads clean removes them.")


def _age(days: int) -> str:
    if days < 60:
        return f"{days} day{'' if days == 1 else 's'} ago"
    return f"{days // 30} months ago" if days < 730 else f"{days // 365} years ago"
