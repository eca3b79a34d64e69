"""The versions of a week's plan: list, name, compare, go back."""

from typing import TYPE_CHECKING

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.versions import PlanDiff, PlanVersion
from planner.model.week import WeekPlan
from planner.model.writing import Writing
from planner.planning.compare import compare
from planner.store import plans
from planner.store.settings import read_settings
from planner.usecases.packs import in_sample
from planner.usecases.settings import writing_in, writing_of
from planner.usecases.week import not_planned
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from sqlite_utils import Database

LONGEST_NAME = 80
_GO_BACK = "Go back to "


def list_versions(workspace: Workspace, week: IsoWeek) -> list[PlanVersion]:
    """The versions of a week's plan, the newest first; none when it is not planned yet."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        return plans.versions(db, week, sample=sample)


def name_version(workspace: Workspace, version_id: int, name: str) -> Changes:
    """Give a version a name, so that it is never let go of; an empty one takes its name off. Raises UserProblem."""
    plain = " ".join(name.split())
    if len(plain) > LONGEST_NAME:
        raise UserProblem("This name is too long.", f"It has {len(plain)} characters, and there is room for {LONGEST_NAME}.", "Shorten it.")
    sample = in_sample(workspace)
    with workspace.reading() as db:
        version = _version(db, version_id, sample=sample)
    changes = Changes(f"Name a version “{plain}”" if plain else f"Take the name off “{version.title}”", plans=True)
    with workspace.writing(changes.label, sample=sample) as db:
        plans.name_version(db, version_id, plain)
    return changes


def compare_versions(workspace: Workspace, week: IsoWeek, before_id: int | None = None, after_id: int | None = None) -> PlanDiff:
    """What moved from one version of a week to another, and what it gained.

    Not given, `after_id` is the newest version and `before_id` the one before `after_id`. Raises UserProblem.
    """
    sample = in_sample(workspace)
    with workspace.reading() as db:
        ids = [version.id for version in plans.versions(db, week, sample=sample)]
        if not ids:
            raise not_planned(week)
        after = ids[0] if after_id is None else _version(db, after_id, sample=sample, week=week).id
        earlier = [one for one in ids if one < after] if before_id is None else [_version(db, before_id, sample=sample, week=week).id]
        if not earlier:
            raise UserProblem(
                "There is nothing to compare with.",
                f"Version {after} is the first of week {week.number} that is kept.",
                "Change the plan or plan the week again, and compare then.",
            )
        return compare(_plan(db, earlier[0]), _plan(db, after), writing_of(read_settings(db, sample=sample)))


def go_back(workspace: Workspace, week: IsoWeek, version_id: int) -> tuple[WeekPlan, Changes]:
    """Show an older version of a week again; raises UserProblem.

    A copy of it becomes the newest version: what came after it stays, so going back can itself be gone back on.
    """
    sample = in_sample(workspace)
    with workspace.reading() as db:
        version = _version(db, version_id, sample=sample, week=week)
        plan = _plan(db, version_id)
    changes = Changes(_GO_BACK + _called(version, writing_in(workspace)), plans=True)
    with workspace.writing(changes.label, sample=sample) as db:
        plans.save_plan(db, plan, sample=sample, label=changes.label)
    return plan, changes


def _version(db: "Database", version_id: int, *, sample: bool, week: IsoWeek | None = None) -> PlanVersion:
    version = plans.version_by_id(db, version_id, sample=sample)
    if version is None:
        raise _no_version(version_id)
    if week not in (None, version.week):
        raise UserProblem(
            f"Version {version_id} is not a plan of week {week.number}.",
            f"It is one of week {version.week.number}.",
            f"See which there are: roadbook versions list --week {week}.",
        )
    return version


def _plan(db: "Database", version_id: int) -> WeekPlan:
    plan = plans.plan_by_id(db, version_id)
    if plan is None:
        raise _no_version(version_id)
    return plan


def _no_version(version_id: int) -> UserProblem:
    return UserProblem(f"There is no version {version_id}.", remedy="See which there are: roadbook versions list.")


def _called(version: PlanVersion, writing: Writing) -> str:
    """A version in words: its name, or when it was kept and how it came about.

    One that came about by going back is called what it went back to: it is the same plan, and its label would grow each time.
    """
    if version.name:
        return f"“{version.name}”"
    if version.label.startswith(_GO_BACK):
        return version.label.removeprefix(_GO_BACK)
    kept = version.made_at.astimezone()
    return f"{version.title} ({writing.month_day(kept)}, {writing.clock(kept.hour * 3600 + kept.minute * 60)})"
