"""Everything as files: nothing is missing, and what was imported comes back from them as it was."""

import csv
import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from full_book import HOSTILE, fill_full_book
from twin_book import DINER, TWIN, fill_twin_book

from planner.errors import Cancelled, UserProblem
from planner.exports import tables
from planner.imports.columns import ACCOUNT, ACTIVITY, BILLING, CONTACT, OPPORTUNITY, REP, find_columns
from planner.imports.mapping import guess_mapping
from planner.model.accounts import Service
from planner.model.imports import RecordKind, Source
from planner.model.places import MatchQuality
from planner.progress import silent
from planner.store import accounts as rows
from planner.store import book, cipher
from planner.usecases.edit_accounts import edit_account
from planner.usecases.export_everything import ExportedFiles, ExportForm, export_everything
from planner.usecases.import_accounts import import_accounts
from planner.usecases.merge import keep_apart, merge_accounts
from planner.usecases.presets import read_as, save_preset
from planner.usecases.settings import set_setting
from planner.usecases.workspace import Workspace, open_workspace
from planner.values import replace

READ_AGAIN = ("accounts", "contacts", "opportunities", "services", "activities", "reps")


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill_full_book(workspace)
    return workspace


def known(workspace: Workspace) -> dict[str, list[Any]]:
    """The records of a workspace by kind, without the numbers they happen to have, and without where they are on the map."""
    with workspace.reading() as db:
        accounts = rows.all_accounts(db)
        crm = {account.id: account.crm_id for account in accounts}
        places = {location.id: location.address for location in book.all_locations(db)}
        found: dict[str, list[Any]] = {
            "accounts": [
                replace(each, id=0, place=None, match_quality=MatchQuality.NONE, match_source="", match_score=0.0, match_note="",
                        match_doubtful=False, duplicate_of=None)
                for each in accounts
            ],
            "contacts": [(crm[each.account_id], replace(each, id=0, account_id=0)) for each in book.all_contacts(db)],
            "opportunities": rows.all_opportunities(db),
            "services": [
                (crm[each.account_id], places.get(each.location_id or 0), replace(each, id=0, account_id=0, location_id=None))
                for each in book.all_services(db)
            ],
            "activities": [(crm[each.account_id], replace(each, id=0, account_id=0)) for each in book.all_activities(db)],
            "reps": [replace(each, place=None) for each in rows.all_reps(db, sample=False)],
            "locations": [(crm[each.account_id], each.label, each.address) for each in book.all_locations(db)],
            "ids": sorted((source, ref, crm[account_id]) for source in (Source.CRM, Source.BILLING)
                          for ref, account_id in book.source_ids(db, source).items()),
        }  # fmt: skip
    return {kind: sorted(records, key=repr) for kind, records in found.items()}


def table(folder: Path, kind: str) -> list[dict[str, str]]:
    with (folder / f"roadbook-{kind}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def document(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return json.loads((folder / "roadbook.json").read_text(encoding="utf-8"))


def again(folder: Path, home: Path) -> Workspace:
    workspace = open_workspace(home)
    import_accounts(workspace, [folder / f"roadbook-{kind}.csv" for kind in READ_AGAIN], silent)
    return workspace


def test_what_was_written_is_read_back_into_an_empty_roadbook_as_it_was(filled: Workspace, tmp_path: Path):
    export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    with again(tmp_path / "out", tmp_path / "second") as second:
        assert known(second) == known(filled)


def test_reading_it_back_where_it_came_from_changes_nothing(filled: Workspace, tmp_path: Path):
    export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    outcome = import_accounts(filled, [tmp_path / "out" / f"roadbook-{kind}.csv" for kind in READ_AGAIN], silent)
    assert {kind: (counts.added, counts.changed, counts.removed) for kind, counts in outcome.counts.items()} == dict.fromkeys(
        outcome.counts, (0, 0, 0)
    )


def test_an_account_with_two_billing_numbers_stays_one(workspace: Workspace, tmp_path: Path):
    fill_twin_book(workspace)
    with workspace.writing("Another number") as db:
        book.save_source_ids(db, [(Source.BILLING, "8345070000000009", DINER)])
        book.save_services(db, [Service(0, DINER, "8345070000000009", "TV", 100)])
    merge_accounts(workspace, DINER, TWIN)
    outcome = export_everything(workspace, tmp_path / "out", ExportForm.CSV, silent)
    assert {row["Delivered To"] for row in table(tmp_path / "out", "services")} == {"9 Pine St", "1 Elm St, State College, PA 16801"}
    with open_workspace(tmp_path / "second") as second:
        kinds = [kind for kind in READ_AGAIN if outcome.counts[kind]]
        import_accounts(second, [tmp_path / "out" / f"roadbook-{kind}.csv" for kind in kinds], silent)
        assert known(second)["accounts"] == known(workspace)["accounts"]
        numbers = {(source, ref) for source, ref, _account in known(workspace)["ids"] if source is Source.BILLING}
        assert {(source, ref) for source, ref, _account in known(second)["ids"] if source is Source.BILLING} == numbers


def test_the_real_book_is_read_back_as_it_was(state_college_home: Path, copy_of: Callable[[Path], Workspace], tmp_path: Path):
    real = copy_of(state_college_home)
    outcome = export_everything(real, tmp_path / "out", ExportForm.CSV, silent)
    assert outcome.counts["accounts"] == 990
    with open_workspace(tmp_path / "second") as second:
        kinds = [kind for kind in READ_AGAIN if outcome.counts[kind]]
        import_accounts(second, [tmp_path / "out" / f"roadbook-{kind}.csv" for kind in kinds], silent)
        assert known(second) == known(real)


def test_every_field_that_the_import_knows_has_its_column(filled: Workspace, tmp_path: Path):
    export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    names = {
        "accounts": ACCOUNT,
        "contacts": CONTACT,
        "opportunities": OPPORTUNITY,
        "services": BILLING,
        "activities": ACTIVITY,
        "reps": REP,
    }
    elsewhere = {"ends", "contact_id"}  # an end follows from the duration, and an account is named by itself
    for kind, fields in names.items():
        found = find_columns(list(table(tmp_path / "out", kind)[0]), fields)
        assert set(fields) - set(found) <= elsewhere, kind


def test_no_other_table_is_taken_for_one_that_can_be_imported(filled: Workspace, tmp_path: Path):
    merge_accounts(filled, 1, 4)
    keep_apart(filled, 2, 3)
    outcome = export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    kinds = {file.name.removeprefix("roadbook-").removesuffix(".csv") for file in outcome.files}
    assert {"places", "record-ids", "origins", "locations", "visits", "wishes", "kept-apart", "appointments", "history"} <= kinds
    with_no_rows = set(outcome.counts) - kinds
    for kind in kinds - set(READ_AGAIN):
        assert guess_mapping(list(table(tmp_path / "out", kind)[0])) is None, kind
    assert {kind for kind in with_no_rows if outcome.counts[kind]} == set()


@pytest.mark.parametrize("form", ExportForm)
def test_it_is_the_same_in_both_forms_how_many_there_are(filled: Workspace, tmp_path: Path, form: ExportForm):
    outcome = export_everything(filled, tmp_path / "out", form, silent)
    assert {kind: outcome.counts[kind] for kind in (*READ_AGAIN, "locations", "visits", "wishes", "appointments")} == dict.fromkeys(
        ("accounts", "contacts", "opportunities", "services", "activities"), len(HOSTILE)
    ) | {"reps": 1, "locations": 1, "visits": 1, "wishes": 1, "appointments": 1}
    assert all(file.is_file() for file in outcome.files)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {file.name for file in outcome.files}


def test_a_document_has_all_of_an_account(filled: Workspace, tmp_path: Path):
    edit_account(filled, 1, {"tags": "typed"})
    merge_accounts(filled, 1, 4)
    export_everything(filled, tmp_path / "out", ExportForm.JSON, silent)
    account = next(each for each in document(tmp_path / "out")["accounts"] if each["id"] == 1)
    assert account["annual_revenue_cents"] in {123_456_790, 4 * 123_456_789 + 1}
    assert account["origins"]["tags"]["source"] == "typed"
    assert {"source": "crm", "ref": f"row-{4:014}", "merged": True} in account["ids"]
    assert account["custom"]["Segment"] == "“SMB”\nand more"
    assert (account["lon"], account["match_quality"]) == (-77.86, "rooftop")


def test_the_rest_of_it_is_there_in_words(filled: Workspace, tmp_path: Path):
    keep_apart(filled, 2, 3)
    set_setting(filled, "home", "=1 Main St")
    export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    (wish,) = table(tmp_path / "out", "wishes")
    assert (wish["Account ID"], wish["Points"], wish["Visit By"], wish["Only On"]) == (f"row-{2:014}", "5.0", "2026-12-10", "Mon; Fri")
    (visit,) = table(tmp_path / "out", "visits")
    assert (visit["Account ID"], visit["Visit Day"], visit["Visit Note"]) == (f"row-{1:014}", "2026-11-20", "'=1+1")
    (apart,) = table(tmp_path / "out", "kept-apart")
    assert (apart["Account ID"], apart["Is Not Account ID"]) == (f"row-{2:014}", f"row-{3:014}")
    assert table(tmp_path / "out", "settings") == [{"Setting": "home", "Value": "'=1 Main St"}]
    assert table(tmp_path / "out", "appointments")[0]["Of Rep"] == "Rep A"
    steps = table(tmp_path / "out", "history")
    assert [step["What"] for step in steps][-1] == "Fill"
    assert all(step["Who"] and step["When (UTC)"] for step in steps)


def test_a_preset_is_there(filled: Workspace, tmp_path: Path):
    from planner.model.imports import TableSample

    sample = TableSample("x.csv", "", ("Account ID", "Account Name", "Street", "City"), (), 0, None)
    save_preset(filled, "Mine", sample, read_as(sample, RecordKind.ACCOUNTS))
    export_everything(filled, tmp_path / "out", ExportForm.JSON, silent)
    (preset,) = document(tmp_path / "out")["presets"]
    assert (preset["name"], preset["document"]["kind"]) == ("Mine", "accounts")


def test_a_custom_field_that_is_called_as_another_column_is_not_lost(filled: Workspace, tmp_path: Path):
    with filled.writing("Custom") as db:
        account = rows.account_by_id(db, 1)
        assert account is not None
        rows.save_accounts(db, [replace(account, custom=(("Account Name", "other"), ("region", "South"), ("Region", "North")))])
    export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    row = next(row for row in table(tmp_path / "out", "accounts") if row["Account ID"] == account.crm_id)
    assert row["Account Name"] == account.name
    assert row["Account Name (custom)"] == "other"
    assert {row[name] for name in row if name.casefold().startswith("region")} == {"North", "South"}


def test_a_planned_week_has_its_versions_days_and_stops(planned_home: Path, copy_of: Callable[[Path], Workspace], tmp_path: Path):
    outcome = export_everything(copy_of(planned_home), tmp_path / "out", ExportForm.CSV, silent)
    assert outcome.sample
    assert outcome.counts["plans"] >= 1
    newest = [row for row in table(tmp_path / "out", "plans") if row["Shown Now"] == "yes"]
    assert [row["Week"] for row in newest] == ["2026-W49"]
    stops = [row for row in table(tmp_path / "out", "plan-stops") if row["Version"] == newest[0]["Version"]]
    assert len({row["Day"] for row in stops}) == 5
    assert all(row["Arrive"] <= row["Visit From"] < row["Visit Until"] for row in stops)
    known_ids = {row["Account ID"] for row in table(tmp_path / "out", "accounts")}
    assert {row["Account ID"] for row in stops if row["Account ID"]} <= known_ids


def test_a_damaged_plan_is_told_and_the_others_are_there(planned_home: Path, copy_of: Callable[[Path], Workspace], tmp_path: Path):
    workspace = copy_of(planned_home)
    with workspace.writing(None) as db:
        db.execute("UPDATE plans SET document = '{' WHERE id = (SELECT max(id) FROM plans)")
    outcome = export_everything(workspace, tmp_path / "out", ExportForm.JSON, silent)
    (note,) = outcome.notes
    assert "cannot be read" in note
    assert outcome.counts["accounts"] > 0


def test_the_sample_is_written_only_while_it_is_in_use(sample_home: Path, copy_of: Callable[[Path], Workspace], tmp_path: Path):
    workspace = copy_of(sample_home)
    fill_full_book(replace_ids(workspace))
    assert export_everything(workspace, tmp_path / "sample", ExportForm.JSON, silent).sample
    sample_names = {each["crm_id"] for each in document(tmp_path / "sample")["accounts"]}
    with workspace.writing(None) as db:
        db.execute("UPDATE accounts SET sample = 1 - sample")
        db.execute("UPDATE events SET sample = 1 - sample")
    own = export_everything(workspace, tmp_path / "own", ExportForm.JSON, silent)
    written = document(tmp_path / "own")
    assert {each["crm_id"] for each in written["accounts"]}.isdisjoint(sample_names)
    assert {each["account_crm_id"] for each in written["contacts"]}.isdisjoint(sample_names)
    assert own.counts["accounts"] == len(HOSTILE)


def replace_ids(workspace: Workspace) -> Workspace:
    """The sample's accounts out of the way of those of `fill`, which have the first numbers."""
    with workspace.writing(None) as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        for name, column in (("accounts", "id"), ("accounts", "duplicate_of"), *_pointing(db)):
            db.execute(f"UPDATE {name} SET {column} = {column} + 1000000")
    return workspace


def _pointing(db: Any) -> list[tuple[str, str]]:
    return [
        (name, key.column) for name in db.table_names() for key in db.table(name).foreign_keys
        if (key.other_table, key.other_column) == ("accounts", "id") and name != "accounts"
    ]  # fmt: skip


def test_an_empty_roadbook_is_written_too(workspace: Workspace, tmp_path: Path):
    outcome = export_everything(workspace, tmp_path / "out", ExportForm.CSV, silent)
    assert sum(outcome.counts.values()) == 0
    assert outcome.files == ()
    export_everything(workspace, tmp_path / "out", ExportForm.JSON, silent)
    assert document(tmp_path / "out")["accounts"] == []


def test_a_kind_that_is_empty_now_leaves_no_file_of_an_earlier_export(filled: Workspace, tmp_path: Path):
    export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    (tmp_path / "out" / "hers.csv").write_text("x")
    with filled.writing("No contacts") as db:
        db.execute("DELETE FROM contacts")
    export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
    assert not (tmp_path / "out" / "roadbook-contacts.csv").exists()
    assert (tmp_path / "out" / "hers.csv").read_text() == "x"


class TestNothingIsHalfDone:
    """An export that is stopped or fails leaves what was there."""

    @pytest.fixture
    def earlier(self, filled: Workspace, tmp_path: Path) -> ExportedFiles:
        return export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)

    @staticmethod
    def all_of(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    @pytest.mark.parametrize("at", [0.0, 0.3, 0.5, 0.99])
    @pytest.mark.parametrize("form", ExportForm)
    def test_when_it_is_cancelled(self, filled: Workspace, earlier: ExportedFiles, tmp_path: Path, at: float, form: ExportForm):
        before = self.all_of(tmp_path / "out")
        edit_account(filled, 1, {"name": "Changed"})

        def cancel(fraction: float, _text: str) -> None:
            if fraction >= at:
                raise Cancelled

        with pytest.raises(Cancelled):
            export_everything(filled, tmp_path / "out", form, cancel)
        assert self.all_of(tmp_path / "out") == before

    def test_when_the_disk_is_full(self, filled: Workspace, earlier: ExportedFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        before = self.all_of(tmp_path / "out")

        def no_room(share: float) -> str:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(tables, "percent", no_room)
        with pytest.raises(UserProblem, match=r"could not be written to .* No space left on device. .* nothing there was changed"):
            export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
        assert self.all_of(tmp_path / "out") == before

    def test_a_file_in_the_place_of_the_folder_is_told(self, filled: Workspace, tmp_path: Path):
        (tmp_path / "out").write_text("hers")
        with pytest.raises(UserProblem, match="is not a folder"):
            export_everything(filled, tmp_path / "out", ExportForm.CSV, silent)
        with pytest.raises(UserProblem, match="could not be written"):
            export_everything(filled, tmp_path / "out" / "deeper", ExportForm.CSV, silent)
        assert (tmp_path / "out").read_text() == "hers"


def test_a_window_that_only_shows_the_data_can_write_it_out(filled: Workspace, tmp_path: Path):
    with open_workspace(filled.home, window=True), open_workspace(filled.home, window=True) as second:
        assert second.read_only
        assert export_everything(second, tmp_path / "out", ExportForm.CSV, silent).counts["accounts"] == len(HOSTILE)


def test_an_encrypted_store_is_written_out_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cipher, "_ROUNDS", 1000)
    with open_workspace(tmp_path / "home", passphrase="four words are enough") as workspace:
        fill_full_book(workspace)
        export_everything(workspace, tmp_path / "out", ExportForm.JSON, silent)
    assert len(document(tmp_path / "out")["accounts"]) == len(HOSTILE)


def test_progress_rises_and_says_what_is_done(filled: Workspace, tmp_path: Path):
    seen: list[tuple[float, str]] = []
    export_everything(filled, tmp_path / "out", ExportForm.CSV, lambda fraction, text: seen.append((fraction, text)))
    assert [fraction for fraction, _text in seen] == sorted(fraction for fraction, _text in seen)
    assert {"Reading everything", "Writing accounts", "Writing plan stops", "Putting the files in their place"} - {
        text for _fraction, text in seen
    } == {"Writing plan stops"}
