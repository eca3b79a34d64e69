"""Files become accounts with all that hangs on them, a team and a calendar: read all, place, keep in one transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.imports.joining import NEW
from planner.model.accounts import Account, ImportProblem, Location, Opportunity, Rep
from planner.model.calendar import CalendarEvent
from planner.model.changes import Changes
from planner.model.imports import KindCounts, RecordKind
from planner.model.places import MatchQuality
from planner.progress import Report, part, silent
from planner.settings import Settings
from planner.store import accounts as rows
from planner.store import book as book_rows
from planner.store.calendar import replace_events
from planner.store.journal import set_details, stamp
from planner.store.settings import read_settings, write_setting
from planner.store.visits import record_stage
from planner.usecases.backups import before_import
from planner.usecases.import_draft import Chosen, ImportDraft, draft_import
from planner.usecases.locate_accounts import located, located_addresses
from planner.usecases.packs import active_pack
from planner.usecases.workspace import Workspace
from planner.values import Struct, field, replace

if TYPE_CHECKING:
    from sqlite_utils import Database

MOST_LOGGED = 1000
"""So many problems of an import stay in its log."""


class ImportOutcome(Struct, frozen=True):
    """What an import did, or would do: how many records of each kind; pairs of possible duplicates; how addresses were placed."""

    counts: Mapping[RecordKind, KindCounts]
    duplicates: tuple[tuple[str, str, str], ...]
    placed: dict[str, int]
    unplaced: tuple[Account, ...]
    problems: tuple[ImportProblem, ...]
    changes: Changes
    office: str = ""
    notes: tuple[str, ...] = field(default=())

    def of(self, kind: RecordKind) -> KindCounts:
        """How many records of one kind."""
        return self.counts.get(kind, KindCounts())


class _Overtaken(Exception):
    """Something else was done between the preview and its import."""


def import_accounts(
    workspace: Workspace,
    files: Sequence[Path],
    report: Report,
    chosen: Chosen | None = None,
    *,
    dry_run: bool = False,
    sample: bool = False,
) -> ImportOutcome:
    """Import files of any known kind in one go.

    Which file is what is seen by its content. Records are joined by the ids of their sources: new ones added, others brought up to date;
    an address that did not change keeps its place. Nothing is kept when anything fails, or when `dry_run`. Raises BadInputFile for a file
    that cannot be read.
    """
    draft = draft_import(workspace, files, part(report, 0.0, 0.4), chosen, sample=sample)
    return commit_import(workspace, draft, part(report, 0.4, 1.0), dry_run=dry_run)


def commit_import(workspace: Workspace, draft: ImportDraft, report: Report, *, dry_run: bool = False) -> ImportOutcome:
    """Keep what a preview showed, as one step to undo; when anything else was done since, it is joined anew first.

    A backup is made before, unless the newest one holds what is there. Raises UserProblem when there is no room for it, and Cancelled.
    """
    if draft.changes and not dry_run and not draft.sample:
        before_import(workspace, part(report, 0.0, 0.2))
    while True:
        prepared = _prepare(workspace, draft, part(report, 0.2, 0.85))
        if dry_run:
            break
        report(0.85, "Keeping what was read")
        try:
            _keep(workspace, prepared)
            break
        except _Overtaken:
            draft = draft_import(workspace, draft.files, silent, draft.chosen, sample=draft.sample)
    return _outcome(prepared)  # without a last report: who cancels now would be told that nothing was kept


class _Prepared(Struct, frozen=True):
    """A draft with the places of its addresses."""

    draft: ImportDraft
    accounts: Mapping[int, Account]
    locations: Mapping[int, Location]
    reps: Sequence[Rep]
    duplicate_of: Mapping[int, int | None]
    office: str


def _prepare(workspace: Workspace, draft: ImportDraft, report: Report) -> _Prepared:
    joined, sample = draft.joined, draft.sample
    pack = active_pack(workspace)
    if pack is not None and pack.sample != sample:
        pack = None
    moved = [account for account in joined.accounts.values() if account.place is None]
    accounts = dict(joined.accounts)
    if moved:
        accounts |= {account.id: account for account in located(workspace, pack, moved, report)}
    with workspace.reading() as db:
        settings = read_settings(db, sample=sample)
    return _Prepared(
        draft,
        accounts,
        _placed_locations(workspace, draft, sample=sample),
        _placed_reps(workspace, joined.reps, sample=sample),
        _marks(draft),
        _office(draft.events, settings),
    )


def _marks(draft: ImportDraft) -> dict[int, int | None]:
    """The accounts whose mark as a possible duplicate changes, and of which account they are one now."""
    if not draft.joined.seen:
        return {}
    wanted = {second.id: first.id for first, second, _why in draft.duplicates}
    return {
        account.id: wanted.get(account.id) for account in draft.book.accounts.values() if account.duplicate_of != wanted.get(account.id)
    }


def _office(events: Iterable[CalendarEvent], settings: Settings) -> str:
    """The office's address as an appointment gives it ("Office, 500 East College Avenue, ..."), when none is set yet."""
    if settings.text("office"):
        return ""
    for event in events:
        name, _, address = event.location.partition(",")
        if name.strip().lower() == "office" and address.strip():
            return address.strip()
    return ""


def _keep(workspace: Workspace, prepared: _Prepared) -> None:
    """Write everything in one transaction; raises _Overtaken when the draft was made from something else than what is there now."""
    draft = prepared.draft
    with workspace.writing(draft.label, sample=draft.sample) as db:
        if stamp(db) != draft.stamp:
            raise _Overtaken
        _write(db, prepared)
        set_details(db, _details(draft))


def _write(db: "Database", prepared: _Prepared) -> None:
    joined, sample = prepared.draft.joined, prepared.draft.sample
    first, first_location = rows.newest_account(db) + 1, book_rows.newest_location(db) + 1

    def number(account_id: int) -> int:
        return account_id if account_id < NEW else first + account_id - NEW

    def place_number(location_id: int | None) -> int | None:
        return location_id if location_id is None or location_id < NEW else first_location + location_id - NEW

    new = [replace(account, id=number(account.id)) for account in prepared.accounts.values() if account.id >= NEW]
    rows.insert_accounts(db, new, {number(account_id): origins for account_id, origins in joined.origins.items()})
    known = [account for account in prepared.accounts.values() if account.id < NEW]
    rows.update_accounts(db, known, joined.origins)
    for account_id, original in prepared.duplicate_of.items():
        rows.mark_duplicate(db, number(account_id), None if original is None else number(original))
    book_rows.save_source_ids(db, [(source, ref, number(account_id)) for source, ref, account_id in joined.ids])
    _save_deals(db, joined.deals)
    book_rows.save_contacts(db, [replace(contact, account_id=number(contact.account_id)) for contact in joined.contacts])
    book_rows.save_activities(db, [replace(activity, account_id=number(activity.account_id)) for activity in joined.activities])
    book_rows.insert_locations(
        db, [replace(each, id=place_number(each.id) or 0, account_id=number(each.account_id)) for each in prepared.locations.values()]
    )
    book_rows.delete_services(db, joined.services_gone)
    services = joined.services
    book_rows.save_services(
        db, [replace(each, account_id=number(each.account_id), location_id=place_number(each.location_id)) for each in services]
    )
    rows.save_reps(db, prepared.reps, sample=sample)
    replace_events(db, prepared.draft.events, sample=sample)
    if prepared.office:
        write_setting(db, "office", prepared.office, sample=sample)


def _save_deals(db: "Database", deals: Sequence[Opportunity]) -> None:
    """Keep the deals; one that the CRM has in another stage now has changed it today, as far as anybody knows."""
    stages = {deal.crm_id: deal.stage for deal in rows.all_opportunities(db)} if deals else {}
    rows.save_opportunities(db, deals)
    today = date.today()  # noqa: DTZ011 - her own calendar day
    for deal in deals:
        before = stages.get(deal.crm_id, deal.stage)
        if before != deal.stage:
            record_stage(db, deal.crm_id, today, before, deal.stage)


def _details(draft: ImportDraft) -> dict[str, Any]:
    """What the log says of an import."""
    return {
        "files": [path.name for path in draft.files],
        "counts": {kind.value: [counts.added, counts.changed, counts.unchanged, counts.removed] for kind, counts in draft.counts.items()},
        "problems": [[problem.file, problem.row, problem.text] for problem in draft.problems[:MOST_LOGGED]],
        "more_problems": max(0, len(draft.problems) - MOST_LOGGED),
    }


def _outcome(prepared: _Prepared) -> ImportOutcome:
    draft = prepared.draft
    seen = [prepared.accounts.get(account_id) or draft.book.accounts[account_id] for account_id in draft.joined.seen]
    return ImportOutcome(
        counts=draft.counts,
        duplicates=tuple((first.name, second.name, why) for first, second, why in draft.duplicates),
        placed=dict(Counter(account.match_quality.value for account in seen if account.place)),
        unplaced=tuple(account for account in seen if account.place is None),
        problems=draft.problems,
        changes=Changes(draft.label, accounts=True, settings=bool(prepared.office)),
        office=prepared.office,
    )


def _placed_locations(workspace: Workspace, draft: ImportDraft, *, sample: bool) -> dict[int, Location]:
    pack = active_pack(workspace)
    locations = draft.joined.locations
    if pack is None or pack.sample != sample or not locations:
        return locations
    names = draft.book.accounts
    matches = located_addresses(workspace, pack, [(each.address, names[each.account_id].name) for each in locations.values()], silent)
    return {each.id: replace(each, match=match) for each, match in zip(locations.values(), matches, strict=True)}


def _placed_reps(workspace: Workspace, reps: Sequence[Rep], *, sample: bool) -> list[Rep]:
    pack = active_pack(workspace)
    if pack is None or pack.sample != sample or not reps:
        return list(reps)
    matches = located_addresses(workspace, pack, [(rep.home, "") for rep in reps], silent)
    return [
        replace(rep, place=match.point if match.quality is not MatchQuality.NONE else None)
        for rep, match in zip(reps, matches, strict=True)
    ]
