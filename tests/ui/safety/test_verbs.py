import pytest

from planner.errors import Cancelled
from planner.progress import silent
from planner.usecases.encryption import is_encrypted
from planner.usecases.workspace import open_workspace
from ui.safety.verbs import at_start, damages_of, go_back, standing, to_the_end, use_passphrase

PASSPHRASE = "four words are enough"


def test_a_start_keeps_one_backup_and_says_nothing_when_all_is_well(kept, reasons):
    assert at_start(kept, silent) == ""
    assert at_start(kept, silent) == ""
    assert reasons(kept) == ["start", "by hand"]


def test_a_start_tells_of_damage_and_what_to_do(damaged_home, tmp_path):
    with open_workspace(tmp_path / "other") as workspace:
        (workspace.home / "roadbook.sqlite").write_bytes(b"garbage " * 2000)
        told = at_start(workspace, silent)
        assert told.startswith("Something is wrong with the data.")
        assert told.endswith("Go back to a good backup.")
        assert len(damages_of(workspace, silent)) == 1
        assert standing(workspace).steps == []


def test_going_back_tells_the_name_of_what_is_kept_of_damaged_data(kept, reasons):
    backup = standing(kept).backups[0].path
    assert go_back(kept, backup, silent).damaged_copy == ""
    (kept.home / "roadbook.sqlite").write_bytes(b"garbage " * 2000)
    copy = go_back(kept, backup, silent).damaged_copy
    assert (kept.home / copy).read_bytes() == b"garbage " * 2000


@pytest.mark.parametrize(("from_", "is_back"), [(0.0, False), (0.9, False), (0.95, True)])
def test_going_back_is_whole_or_not_at_all_when_it_is_cancelled(kept, names, from_, is_back):
    def stop(fraction, _text):
        if fraction >= from_:
            raise Cancelled

    backup = standing(kept).backups[0].path
    if is_back:
        assert go_back(kept, backup, stop).changes.accounts
    else:
        with pytest.raises(Cancelled):
            go_back(kept, backup, stop)
    assert names(kept) == (["First"] if is_back else ["First", "Second", "Third"])


def test_a_report_is_cancelled_before_the_point_of_no_return_only():
    def stop(_fraction, _text):
        raise Cancelled

    with pytest.raises(Cancelled):
        to_the_end(stop, 0.3)(0.29, "")
    to_the_end(stop, 0.3)(0.3, "")


@pytest.mark.parametrize(("from_", "encrypted"), [(0.0, False), (0.3, True)])
def test_a_passphrase_is_on_everything_or_on_nothing_when_it_is_cancelled(kept, from_, encrypted):
    def stop(fraction, _text):
        if fraction >= from_:
            raise Cancelled

    if encrypted:
        use_passphrase(kept, PASSPHRASE, stop)
    else:
        with pytest.raises(Cancelled):
            use_passphrase(kept, PASSPHRASE, stop)
    found = standing(kept)
    assert is_encrypted(kept) is encrypted
    assert [(each.encrypted, each.accounts) for each in found.backups] == [(encrypted, 1)]
