"""Files become accounts, a pipeline, a team and a calendar: read all, place, compare, keep in one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.errors import UserProblem
from planner.model.accounts import Account, ImportProblem, Opportunity, Rep
from planner.model.calendar import CalendarEvent
from planner.model.changes import Changes
from planner.model.places import MatchQuality
from planner.planning.value import guess_tier
from planner.progress import Report, part
from planner.settings import Settings
from planner.store import accounts as rows
from planner.store.calendar import replace_events
from planner.store.settings import read_settings, write_setting
from planner.usecases.locate_accounts import located, open_gazetteer
from planner.usecases.packs import active_pack
from planner.usecases.read_files import FilesRead, read_files
from planner.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do: accounts added, changed, unchanged; pairs of possible duplicates; how addresses were placed."""

    added: int
    changed: int
    unchanged: int
    opportunities: int
    reps: int
    events: int
    duplicates: tuple[tuple[str, str, str], ...]
    placed: dict[str, int]
    unplaced: tuple[Account, ...]
    problems: tuple[ImportProblem, ...]
    changes: Changes
    office: str = ""
    notes: tuple[str, ...] = field(default=())


def import_accounts(
    workspace: Workspace, files: Sequence[Path], report: Report, *, dry_run: bool = False, sample: bool = False
) -> ImportOutcome:
    """Import accounts, opportunities, reps and calendars in one go.

    Which file is what is seen by its content. Accounts are joined by their CRM id: new ones added, others brought up to date, and an
    address that did not change keeps its place. Nothing is kept when anything fails, or when `dry_run`. Raises BadInputFile for a file that
    cannot be read.
    """
    if not files:
        raise UserProblem(
            "No file was given.", remedy="Name the files to import: accounts, opportunities, reps (CSV) or a calendar (.ics)."
        )
    with workspace.reading() as db:
        settings = read_settings(db, sample=sample)
    read = read_files(files, settings.text("timezone"), part(report, 0.0, 0.1))
    pack = active_pack(workspace)
    if pack is not None and pack.sample != sample:
        pack = None
    with workspace.reading() as db:
        known = {account.crm_id: account for account in rows.all_accounts(db) if account.sample == sample}
        deals = {deal.crm_id: deal for deal in rows.all_opportunities(db)}
    deals |= {deal.crm_id: deal for deal in read.opportunities}
    fresh = _joined(read.accounts, known, list(deals.values()), sample=sample)
    moved = [account for account in fresh if account.place is None]
    placed = {account.crm_id: account for account in located(pack, moved, part(report, 0.1, 0.8))} if moved else {}
    merged = [placed.get(account.crm_id, account) for account in fresh]
    all_now = known | {account.crm_id: account for account in merged}
    pairs = _duplicates(list(all_now.values()), part(report, 0.8, 0.9))
    kept_deals, orphans = _with_account(read, all_now)
    office = _office(read.events, settings)
    report(0.9, "Keeping what was read")
    if not dry_run:
        _keep(workspace, [a for a in merged if a != known.get(a.crm_id)], kept_deals, read, pairs, office, sample=sample)
    report(1.0, "Imported")
    return ImportOutcome(
        added=sum(account.crm_id not in known for account in merged),
        changed=sum(account.crm_id in known and account != known[account.crm_id] for account in merged),
        unchanged=sum(account == known.get(account.crm_id) for account in merged),
        opportunities=len(kept_deals),
        reps=len(read.reps),
        events=len(read.events),
        duplicates=tuple((all_now[a].name, all_now[b].name, why) for a, b, why in pairs),
        placed=dict(Counter(account.match_quality.value for account in merged if account.place)),
        unplaced=tuple(account for account in merged if account.place is None),
        problems=read.problems + orphans,
        changes=Changes("Import " + ", ".join(path.name for path in files), accounts=True, settings=bool(office)),
        office=office,
        notes=read.notes,
    )


def _joined(read: Sequence[Account], known: dict[str, Account], deals: list[Opportunity], *, sample: bool) -> list[Account]:
    """The accounts as they will be: ids of the known ones, their place where the address is the same, and a tier."""
    by_account: dict[str, list[Opportunity]] = {}
    for deal in deals:
        by_account.setdefault(deal.account_crm_id, []).append(deal)
    joined = []
    for account in read:
        before = known.get(account.crm_id)
        now = replace(account, sample=sample)
        if before is not None:
            now = replace(now, id=before.id, duplicate_of=before.duplicate_of)
            if before.address == now.address and before.place is not None:
                now = replace(
                    now,
                    place=before.place,
                    match_quality=before.match_quality,
                    match_source=before.match_source,
                    match_score=before.match_score,
                    match_note=before.match_note,
                    match_doubtful=before.match_doubtful,
                )
        joined.append(replace(now, tier=guess_tier(now, by_account.get(now.crm_id, []))))
    return joined


def _duplicates(accounts: list[Account], report: Report) -> list[tuple[str, str, str]]:
    from planner.imports.duplicates import find_duplicates

    return [(pair.first.crm_id, pair.second.crm_id, pair.why) for pair in find_duplicates(accounts, report)]


def _with_account(read: FilesRead, accounts: dict[str, Account]) -> tuple[list[Opportunity], tuple[ImportProblem, ...]]:
    """The opportunities whose account is known, and a problem for each of the others."""
    kept = [deal for deal in read.opportunities if deal.account_crm_id in accounts]
    lost = [deal for deal in read.opportunities if deal.account_crm_id not in accounts]
    problems = tuple(
        ImportProblem(read.opportunities_file, 0, f"Opportunity “{deal.name}” was left out: no account has the id {deal.account_crm_id}.")
        for deal in lost
    )
    return kept, problems


def _office(events: Sequence[CalendarEvent], settings: Settings) -> str:
    """The office's address as an appointment gives it ("Office, 500 East College Avenue, ..."), when none is set yet."""
    if settings.text("office"):
        return ""
    for event in events:
        name, _, address = event.location.partition(",")
        if name.strip().lower() == "office" and address.strip():
            return address.strip()
    return ""


def _keep(
    workspace: Workspace,
    accounts: list[Account],
    deals: list[Opportunity],
    read: FilesRead,
    pairs: list[tuple[str, str, str]],
    office: str,
    *,
    sample: bool,
) -> None:
    reps = _placed_reps(workspace, read.reps, sample=sample)
    with workspace.writing() as db:
        rows.save_accounts(db, accounts)
        rows.mark_duplicates(db, [(first, second) for first, second, _why in pairs], sample=sample)
        rows.save_opportunities(db, deals)
        rows.save_reps(db, reps, sample=sample)
        replace_events(db, read.events, sample=sample)
        if office:
            write_setting(db, "office", office, sample=sample)


def _placed_reps(workspace: Workspace, reps: Sequence[Rep], *, sample: bool) -> list[Rep]:
    pack = active_pack(workspace)
    if pack is None or pack.sample != sample or not reps:
        return list(reps)
    with open_gazetteer(pack) as gazetteer:
        matches = [gazetteer.locate(rep.home) for rep in reps]
    return [
        replace(rep, place=match.point if match.quality is not MatchQuality.NONE else None)
        for rep, match in zip(reps, matches, strict=True)
    ]
