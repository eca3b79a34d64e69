"""The sample territory: put in, and taken out in one go."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from planner.model.changes import Changes
from planner.progress import Report, part
from planner.roads.pack.packs import delete_pack, list_packs
from planner.sample.territory import write_territory
from planner.store import sample as rows
from planner.store.journal import forget_sample
from planner.store.settings import write_setting
from planner.usecases.import_accounts import import_accounts
from planner.usecases.packs import build_pack
from planner.usecases.workspace import Workspace


def has_sample(workspace: Workspace) -> bool:
    """Whether the sample territory is here."""
    with workspace.reading() as db:
        return rows.has_sample(db)


def add_sample(workspace: Workspace, report: Report, today: date | None = None) -> Changes:
    """Make the fictional county: its roads, its accounts, its team; all or nothing."""
    folder = Path(tempfile.mkdtemp(prefix="sample-", dir=workspace.home))
    try:
        files = write_territory(folder, part(report, 0.0, 0.15), today=today or date.today())  # noqa: DTZ011 - her own calendar day
        build_pack(workspace, files.osm, files.name, part(report, 0.15, 0.9), sample=True)
        import_accounts(workspace, [files.accounts, files.opportunities, files.reps, files.calendar], part(report, 0.9, 1.0), sample=True)
        with workspace.writing(None) as db:
            write_setting(db, "home", files.home, sample=True)
            write_setting(db, "office", files.office, sample=True)
    except BaseException:
        remove_sample(workspace)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Changes("Add the sample territory", accounts=True, plans=True, packs=True, settings=True)


def remove_sample(workspace: Workspace) -> Changes:
    """Take the sample territory out: its pack, accounts, team, plans and settings; the user's own data stays."""
    workspace.release_engine()
    with workspace.writing(None) as db:
        rows.delete_sample(db)
        forget_sample(db)
    for pack in list_packs(workspace.packs_folder):
        if pack.sample:
            delete_pack(pack.folder)
    return Changes("Remove the sample territory", accounts=True, plans=True, packs=True, settings=True)
