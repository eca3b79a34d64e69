"""Receipts: in backups once and for good, back with them, sealed with the passphrase."""

import shutil
from pathlib import Path

import pytest

from planner.errors import Cancelled, UserProblem
from planner.model.backups import BackupReason
from planner.progress import silent
from planner.store import backups, receipts
from planner.store.cipher import Keyring
from planner.store.database import prepare
from planner.store.receipts import content_of, find_receipt, keep_receipt, receipt_names, rewrite_receipts
from planner.store.restore import restore

CONTENT = b"%PDF-1.4 a dinner for two" * 40
KEYS, OTHERS = Keyring("correct horse battery"), Keyring("something else entirely")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "roadbook.sqlite"
    prepare(path)
    return path


@pytest.fixture
def folder(path: Path) -> Path:
    folder = path.parent / "receipts"
    keep_receipt(folder, "1-1.pdf", CONTENT, None)
    return folder


def make(path: Path, keys: Keyring | None = None) -> Path:
    return backups.make_backup(path, BackupReason.HAND, keys, silent)


def copies(path: Path) -> Path:
    return path.parent / "backups" / "receipts"


def test_a_backup_has_the_receipts_and_only_new_ones_are_copied(path: Path, folder: Path):
    make(path)
    copy = copies(path) / "1-1.pdf"
    assert copy.read_bytes() == CONTENT
    assert copy.stat().st_ino != (folder / "1-1.pdf").stat().st_ino
    first = copy.stat().st_mtime_ns
    keep_receipt(folder, "2-1.jpg", b"a photo", None)
    assert not backups.is_backed_up(path)
    make(path)
    assert receipt_names(copies(path)) == {"1-1.pdf", "2-1.jpg"}
    assert copy.stat().st_mtime_ns == first
    assert backups.is_backed_up(path)
    assert len(backups.list_backups(path)) == 2


def test_going_back_brings_back_what_is_gone_and_takes_nothing(path: Path, folder: Path):
    made = make(path)
    keep_receipt(folder, "2-1.jpg", b"a photo", None)
    (folder / "1-1.pdf").unlink()
    restore(path, made, None, silent)
    assert {name: content_of(folder / name, None) for name in receipt_names(folder)} == {"1-1.pdf": CONTENT, "2-1.jpg": b"a photo"}


def test_receipts_come_back_from_backups_on_another_laptop(path: Path, folder: Path, tmp_path: Path):
    made = make(path)
    stick = tmp_path / "stick"
    shutil.copytree(made.parent, stick)
    other = tmp_path / "other" / "roadbook.sqlite"
    prepare(other)
    restore(other, stick / made.name, None, silent)
    assert (other.parent / "receipts" / "1-1.pdf").read_bytes() == CONTENT


def test_a_copy_that_is_not_the_same_is_no_backup(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch):
    def badly(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"?")

    monkeypatch.setattr(receipts, "private_copy", badly)
    with pytest.raises(UserProblem, match="No backup could be made"):
        make(path)
    assert receipt_names(copies(path)) == set()
    assert backups.list_backups(path) == []


def test_a_stop_while_receipts_are_copied_leaves_no_backup_half_made(path: Path, folder: Path):
    def stop(_fraction: float, text: str) -> None:
        if text.startswith("Copying receipt"):
            raise Cancelled

    with pytest.raises(Cancelled):
        backups.make_backup(path, BackupReason.HAND, None, stop)
    assert [each.name for each in (path.parent / "backups").iterdir() if each.is_file() and each.name != ".lock"] == []


def test_a_sealed_receipt_opens_with_the_passphrase_only(tmp_path: Path):
    kept = keep_receipt(tmp_path, "1-1.pdf", CONTENT, KEYS)
    assert kept == find_receipt(tmp_path, "1-1.pdf")
    assert b"dinner" not in kept.read_bytes()
    assert content_of(kept, KEYS) == CONTENT
    assert content_of(kept, Keyring("correct horse battery")) == CONTENT
    for keys in (OTHERS, None):
        with pytest.raises(UserProblem, match="does not open"):
            content_of(kept, keys)
    assert [each.name for each in tmp_path.iterdir()] == ["1-1.pdf.sealed"]


def test_receipts_are_sealed_resealed_and_opened_again_and_that_goes_on(folder: Path):
    keep_receipt(folder, "2-1", b"", None)
    assert rewrite_receipts(folder, [None], KEYS, silent) == []
    assert {each.name for each in folder.iterdir()} == {"1-1.pdf.sealed", "2-1.sealed"}
    keep_receipt(folder, "3-1.png", b"new", None)  # as if it had been stopped before this one
    assert rewrite_receipts(folder, [None], KEYS, silent) == []
    assert rewrite_receipts(folder, [KEYS], OTHERS, silent) == []
    assert {name: content_of(folder / f"{name}.sealed", OTHERS) for name in receipt_names(folder)} == {
        "1-1.pdf": CONTENT,
        "2-1": b"",
        "3-1.png": b"new",
    }
    (stayed, *_rest) = rewrite_receipts(folder, [KEYS], None, silent)
    assert stayed.startswith("The receipt 1-1.pdf stayed as it was")
    assert rewrite_receipts(folder, [KEYS, OTHERS], None, silent) == []
    assert (folder / "1-1.pdf").read_bytes() == CONTENT
    assert {each.name for each in folder.iterdir()} == {"1-1.pdf", "2-1", "3-1.png"}
