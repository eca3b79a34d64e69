"""Everything the user has put in, as files that other programs read; what was imported can be imported from them again."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import UserProblem
from planner.exports import book_records, week_records
from planner.exports.tables import Records, write_document, write_table
from planner.exports.whole_set import whole_set
from planner.model.versions import PlanVersion
from planner.model.week import WeekPlan
from planner.progress import Report, part
from planner.store import accounts as rows
from planner.store import book, journal, whole
from planner.store.plans import plan_by_id
from planner.store.receipts import RECEIPTS, content_of, find_receipt
from planner.store.settings import read_settings
from planner.store.wishes import all_wishes
from planner.usecases.packs import in_sample
from planner.usecases.workspace import Workspace
from planner.values import Struct

if TYPE_CHECKING:
    from sqlite_utils import Database

DOCUMENT = "roadbook.json"
RECEIPT = "roadbook-receipt-"
"""How the files of receipts begin; the costs have the rest of their names."""
EVERY_STEP = 1 << 40
_WITH_A_KIND = frozenset(
    (
        "accounts", "source_ids", "locations", "contacts", "opportunities", "services", "activities", "reps", "events", "wishes",
        "plans", "plan_stops", "settings", "import_presets", "distinct_accounts",
    )
)  # fmt: skip
"""The tables whose rows are written in words of their own. All others are written as they are, so that nothing is ever forgotten."""


class ExportForm(StrEnum):
    """What the files are: a table a kind, or all in one document."""

    CSV = "csv"
    JSON = "json"


class ExportedFiles(Struct, frozen=True):
    """The files that were written, how many records of each kind are in them, and what could not be read, each in a sentence.

    `sample` says that it is the fictional territory, which is in use, and not her own data.
    """

    files: tuple[Path, ...]
    counts: Mapping[str, int]
    sample: bool = False
    notes: tuple[str, ...] = ()


def export_everything(workspace: Workspace, folder: Path, form: ExportForm, report: Report) -> ExportedFiles:
    """Write all records of the territory in use into a folder, in place of an earlier export of the same form that is there.

    As tables: one file a kind that has records, UTF-8 with a mark, with the headers that the import knows. As a document: one JSON file,
    money in integer cents. The receipts of costs lie beside as readable files. Raises UserProblem when the folder cannot be written to,
    and Cancelled; then all in it is as it was.
    """
    if folder.exists() and not folder.is_dir():
        raise UserProblem(f"{folder} is not a folder.", remedy="Choose a folder for the files.")
    kinds, sample, notes = _everything(workspace, part(report, 0.0, 0.4))
    writing = part(report, 0.6, 1.0)
    names = {_file_name(records) for records in kinds} if form is ExportForm.CSV else {DOCUMENT}
    names |= {path.name for path in folder.glob(f"{RECEIPT}*")}
    try:
        with whole_set(folder, names) as beside:
            receipts, gone = _receipts(workspace, kinds, beside, part(report, 0.4, 0.6))
            written = _tables(kinds, beside, writing) if form is ExportForm.CSV else _document(kinds, beside, writing)
    except OSError as error:
        why = f"{error.strerror or error}."
        remedy = "Close the files of an earlier export if they are open, or choose another folder; nothing there was changed."
        raise UserProblem(f"The files could not be written to {folder}.", why, remedy) from error
    counts = {records.name: len(records.rows) for records in kinds if records.in_document} | ({"receipts": receipts} if receipts else {})
    return ExportedFiles(tuple(folder / name for name in written), counts, sample, (*notes, *gone))


def _file_name(records: Records) -> str:
    return f"roadbook-{records.name}.csv"


def _tables(kinds: Sequence[Records], folder: Path, report: Report) -> list[str]:
    filled = [records for records in kinds if records.rows]
    for number, records in enumerate(filled):
        write_table(records, folder / _file_name(records), part(report, number / len(filled), (number + 1) / len(filled)))
    report(1.0, "Putting the files in their place")
    return [_file_name(records) for records in filled]


def _document(kinds: Sequence[Records], folder: Path, report: Report) -> list[str]:
    write_document(kinds, folder / DOCUMENT, report)
    report(1.0, "Putting the file in its place")
    return [DOCUMENT]


def _receipts(workspace: Workspace, kinds: Sequence[Records], folder: Path, report: Report) -> tuple[int, list[str]]:
    """Write the receipts of the costs beside them, readable, as `RECEIPT` and their names: how many, and which are gone or do not open."""
    costs = next((records.rows for records in kinds if records.name == "costs"), ())
    wanted, gone = [str(cost["receipt"]) for cost in costs if cost.get("receipt")], []
    for number, name in enumerate(wanted):
        report(number / len(wanted), "Writing the receipts")
        path = find_receipt(workspace.home / RECEIPTS, name)
        try:
            if path is None:
                raise UserProblem(f"The receipt {name} is gone.")
            (folder / f"{RECEIPT}{name}").write_bytes(content_of(path, workspace.keys))
        except UserProblem as problem:
            gone.append(problem.what)
    return len(wanted) - len(gone), gone


def _everything(workspace: Workspace, report: Report) -> tuple[list[Records], bool, tuple[str, ...]]:
    """All records as they are at one moment, whether they are the sample's, and what could not be read."""
    report(0.0, "Reading everything")
    sample = in_sample(workspace)
    notes: list[str] = []
    with workspace.reading() as db:
        db.execute("BEGIN")  # what others write meanwhile is not seen
        accounts = [account for account in rows.all_accounts(db) if account.sample == sample]
        by_id = {account.id: account for account in accounts}
        report(0.2, "Reading everything")
        locations = book.all_locations(db)
        kinds = book_records.account_records(accounts, book.all_origins(db), whole.all_source_ids(db), locations)
        numbers = {row["id"]: row["billing_number"] for row in kinds[0].rows}
        report(0.5, "Reading everything")
        kinds += [
            book_records.location_records(locations, by_id),
            book_records.contact_records(book.all_contacts(db), by_id),
            book_records.opportunity_records(rows.all_opportunities(db), by_id),
            book_records.service_records(book.all_services(db), by_id, locations, numbers),
            book_records.activity_records(book.all_activities(db), by_id),
            book_records.rep_records(rows.all_reps(db, sample=sample)),
            week_records.event_records(whole.all_calendars(db, sample=sample)),
            book_records.wish_records(all_wishes(db).values(), by_id),
            *week_records.plan_records(_plans(db, notes, part(report, 0.6, 1.0), sample=sample), by_id),
            week_records.setting_records(read_settings(db, sample=sample).values),
            week_records.preset_records(book.presets(db)),
            book_records.apart_records(book.distinct_pairs(db), by_id),
            week_records.step_records(journal.entries(db, sample=sample, limit=EVERY_STEP)),
        ]
        others = whole.rows_of_others(db, _WITH_A_KIND, sample=sample)
        kinds += [book_records.other_records(*other, by_id) for other in others]
    return kinds, sample, tuple(notes)


def _plans(db: "Database", notes: list[str], report: Report, *, sample: bool) -> Iterator[tuple[PlanVersion, WeekPlan | None]]:
    """Each version with its plan; of one that is damaged there is a note, and the others go on."""
    versions = whole.all_versions(db, sample=sample)
    for number, version in enumerate(versions):
        report(number / len(versions), "Reading the plans")
        try:
            yield version, plan_by_id(db, version.id)
        except UserProblem as problem:
            notes.append(problem.what)
            yield version, None
