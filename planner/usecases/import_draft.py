"""What an import would do: read the files, join them with the book of accounts, look for duplicates; nothing is kept yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.errors import UserProblem
from planner.imports import joining
from planner.imports.join_services import join_services
from planner.imports.read_file import FileRead, mapping_of, read_file, records, samples
from planner.model.accounts import Account, ImportProblem, Location, Opportunity, Service
from planner.model.calendar import CalendarEvent
from planner.model.imports import Action, KindCounts, RecordChange, RecordKind, Source, TableMapping, TableSample, counts_of
from planner.planning.value import guess_tier
from planner.progress import Report, part
from planner.store import accounts as rows
from planner.store import book as book_rows
from planner.store.calendar import all_events
from planner.store.journal import stamp
from planner.store.settings import read_settings
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from sqlite_utils import Database

    from planner.imports.joining import Book, Joined, Read

Chosen = Mapping[str, TableMapping | None]
"""How tables are to be read, by the key of their sample; None leaves a table out. What is not named is read as guessed."""


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """An import that is ready to be kept: what it would change, record by record, and what a person should know of it.

    `duplicates` are pairs of accounts that are probably one: the earlier one, the later one, and why.
    """

    files: tuple[Path, ...]
    tables: tuple[TableSample, ...]
    counts: Mapping[RecordKind, KindCounts]
    changes: tuple[RecordChange, ...]
    problems: tuple[ImportProblem, ...]
    duplicates: tuple[tuple[Account, Account, str], ...]
    joined: "Joined" = field(repr=False)
    book: "Book" = field(repr=False)
    events: tuple[CalendarEvent, ...] = field(repr=False)
    chosen: Chosen = field(repr=False)
    stamp: tuple[int, int]
    sample: bool

    @property
    def label(self) -> str:
        """What undoing it is called."""
        names = [path.name for path in self.files]
        return f"Import {' and '.join(names)}" if len(names) < 3 else f"Import {names[0]} and {len(names) - 1} other files"


def draft_import(
    workspace: Workspace, files: Sequence[Path], report: Report, chosen: Chosen | None = None, *, sample: bool = False
) -> ImportDraft:
    """Say what an import of these files would do; raises BadInputFile for a file that cannot be read."""
    if not files:
        raise UserProblem(
            "No file was given.",
            remedy="Name the files to import: accounts, opportunities, billing, reps (CSV, Excel) or a calendar (.ics).",
        )
    chosen = chosen or {}
    with workspace.reading() as db:
        settings, presets = read_settings(db, sample=sample), book_rows.presets(db)
        before, book, kept_events, distinct = (
            stamp(db),
            _book(db, sample=sample),
            all_events(db, sample=sample),
            book_rows.distinct_pairs(db),
        )
    timezone = settings.text("timezone")
    read = [read_file(path, timezone, _share(report, at, len(files), 0.0, 0.4)) for at, path in enumerate(files)]
    joined = joining.Joined()
    joined.problems += [problem for file in read for problem in file.problems]
    by_kind = _records(read, chosen, presets, joined, ZoneInfo(timezone), part(report, 0.4, 0.6))
    report(0.6, "Comparing with what is kept")
    _join(book, by_kind, joined, sample=sample)
    events = [event for file in read for event in file.events]
    changed_events, event_changes, events_as_before = _joined_events(read, kept_events)
    pairs = _duplicates(book, joined, distinct, part(report, 0.7, 1.0))
    changes = (*joined.changes, *event_changes)
    unchanged = joined.unchanged | ({RecordKind.CALENDAR: events_as_before} if events else {})
    return ImportDraft(
        files=tuple(files),
        tables=tuple(sample_ for file in read for sample_ in samples(file, presets)),
        counts={kind: counts for kind in RecordKind if (counts := counts_of(changes, kind, unchanged.get(kind, 0))) != KindCounts()},
        changes=changes,
        problems=tuple(joined.problems),
        duplicates=pairs,
        joined=joined,
        book=book,
        events=tuple(changed_events),
        chosen=chosen,
        stamp=before,
        sample=sample,
    )


def look_at_files(workspace: Workspace, files: Sequence[Path], report: Report) -> list[TableSample]:
    """The tables of some files with their first rows, and how each would be read; raises BadInputFile."""
    with workspace.reading() as db:
        timezone, presets = read_settings(db).text("timezone"), book_rows.presets(db)
    read = [read_file(path, timezone, _share(report, at, len(files), 0.0, 1.0)) for at, path in enumerate(files)]
    return [sample for file in read for sample in samples(file, presets)]


def _share(report: Report, at: int, count: int, begin: float, end: float) -> Report:
    return part(report, begin + (end - begin) * at / count, begin + (end - begin) * (at + 1) / count)


def _book(db: "Database", *, sample: bool) -> "Book":
    """The book of accounts as it is kept."""
    accounts = {account.id: account for account in rows.all_accounts(db) if account.sample == sample}
    services: dict[str, list[Service]] = {}
    for service in book_rows.all_services(db):
        services.setdefault(service.billing_number, []).append(service)
    locations: dict[int, list[Location]] = {}
    for location in book_rows.all_locations(db):
        locations.setdefault(location.account_id, []).append(location)
    return joining.Book(
        accounts=accounts,
        crm=_of_these(book_rows.source_ids(db, Source.CRM), accounts),
        billing=_of_these(book_rows.source_ids(db, Source.BILLING), accounts),
        merged_refs=book_rows.merged_ids(db, Source.CRM),
        origins=book_rows.all_origins(db),
        deals={deal.crm_id: deal for deal in rows.all_opportunities(db)},
        contacts={contact.crm_id: contact for contact in book_rows.all_contacts(db)},
        activities={activity.crm_id: activity for activity in book_rows.all_activities(db)},
        services=services,
        locations=locations,
        reps={rep.name.casefold(): rep for rep in rows.all_reps(db, sample=sample)},
    )


def _of_these(ids: Mapping[str, int], accounts: Mapping[int, Account]) -> dict[str, int]:
    return {ref: account_id for ref, account_id in ids.items() if account_id in accounts}


def _records(
    read: Sequence[FileRead],
    chosen: Chosen,
    presets: Mapping[str, Mapping[str, object]],
    joined: "Joined",
    zone: ZoneInfo,
    report: Report,
) -> dict[RecordKind, list["Read"]]:
    """The records of every table that is to be read, by kind; problems are added to `joined`."""
    by_kind: dict[RecordKind, list[Read]] = {}
    tables = [(file, table) for file in read for table in file.tables]
    for at, (file, table) in enumerate(tables):
        mapping = mapping_of(file, table, chosen, presets)
        if mapping is None:
            joined.problems += table.problems
            continue
        found, problems = records(table, mapping, zone, _share(report, at, len(tables), 0.0, 1.0))
        joined.problems += problems
        by_kind.setdefault(mapping.kind, []).append((mapping, found))
    return by_kind


def _join(book: "Book", by_kind: Mapping[RecordKind, list["Read"]], joined: "Joined", *, sample: bool) -> None:
    """Join what was read, the reps first because others name them, then accounts, then what hangs on them."""
    today = date.today()  # noqa: DTZ011 - her own calendar day
    joining.join_reps(book, by_kind.get(RecordKind.REPS, []), joined)
    joining.name_owners(book, [read for kind in by_kind for read in by_kind[kind]])
    joining.join_accounts(book, by_kind.get(RecordKind.ACCOUNTS, []), joined, today, sample=sample)
    joining.join_opportunities(book, by_kind.get(RecordKind.OPPORTUNITIES, []), joined)
    joining.join_contacts(book, by_kind.get(RecordKind.CONTACTS, []), joined)
    joining.join_activities(book, by_kind.get(RecordKind.ACTIVITIES, []), joined)
    join_services(book, by_kind.get(RecordKind.SERVICES, []), joined, today, sample=sample)
    deals: dict[str, list[Opportunity]] = {}
    for deal in book.deals.values():
        deals.setdefault(deal.account_crm_id, []).append(deal)
    for account_id, account in list(book.accounts.items()):
        joining.set_tier(book, joined, account_id, guess_tier(account, deals.get(account.crm_id, [])))
    joining.note_accounts(book, joined)


def _joined_events(read: Sequence[FileRead], kept: Sequence[CalendarEvent]) -> tuple[list[CalendarEvent], list[RecordChange], int]:
    """The appointments that are new or changed, a series with its changed occurrences as one; what changes; how many stay as they are."""
    before: dict[str, set[CalendarEvent]] = {}
    for event in kept:
        before.setdefault(event.uid.partition("/")[0], set()).add(event)
    changed, changes, unchanged = [], [], 0
    for file in read:
        families: dict[str, list[CalendarEvent]] = {}
        for event in file.events:
            families.setdefault(event.uid.partition("/")[0], []).append(event)
        for uid, family in families.items():
            if before.get(uid) == set(family):
                unchanged += 1
                continue
            changed += family
            action = Action.CHANGED if uid in before else Action.ADDED
            changes.append(RecordChange(RecordKind.CALENDAR, action, family[0].title, file.name, 0))
    return changed, changes, unchanged


def _duplicates(
    book: "Book", joined: "Joined", distinct: frozenset[tuple[int, int]], report: Report
) -> tuple[tuple[Account, Account, str], ...]:
    """The pairs of accounts that are probably one, when any account is new or changed."""
    if not joined.seen:
        return ()
    from planner.imports.duplicates import find_duplicates

    pairs = find_duplicates(list(book.accounts.values()), report, distinct)
    return tuple((pair.first, pair.second, pair.why) for pair in pairs)
