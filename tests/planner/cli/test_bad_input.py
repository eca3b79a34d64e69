"""Bad input on the command line: a plain sentence, exit code 2, nothing half-written."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from planner.cli.app import run
from planner.model.calendar import this_week
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.packs import list_packs
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.settings import set_setting
from planner.usecases.week import load_week
from planner.usecases.workspace import open_workspace

TODAY = date(2026, 11, 23)
HEADER = "Account ID,Account Name,Account Owner,Type,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code\n"


def told(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.osm.pbf", b""),
        ("noise.osm.pbf", bytes(range(256)) * 40),
        ("letter.osm", b"Dear aunt, this is not a map.\n" * 20),
        ("table.csv", b"a,b\n1,2\n"),
        ("roadless.osm", b'<osm version="0.6"><node id="1" version="1" lat="40" lon="-77"/></osm>'),
    ],
)
def test_what_is_not_an_extract_is_refused(name: str, content: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / name).write_bytes(content)
    assert run(["roads", "build", str(tmp_path / name), "--home", str(tmp_path / "home")]) == 2
    assert name in told(capfd)
    packs = tmp_path / "home" / "packs"
    assert not packs.exists() or all(path.name.startswith(".lock-") for path in packs.iterdir())


def test_an_extract_that_is_cut_short_is_refused(shared_data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    whole = (shared_data / "osm" / "baltimore.osm.pbf").read_bytes()
    (tmp_path / "cut.osm.pbf").write_bytes(whole[: len(whole) * 2 // 3])
    assert run(["roads", "build", str(tmp_path / "cut.osm.pbf"), "--home", str(tmp_path / "home")]) == 2
    assert "cut.osm.pbf" in told(capfd)
    with open_workspace(tmp_path / "home") as workspace:
        assert list_packs(workspace) == []


def test_an_extract_that_is_not_there_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert run(["roads", "build", str(tmp_path / "nowhere.osm.pbf"), "--home", str(tmp_path / "home")]) == 2
    assert "nowhere.osm.pbf" in told(capfd)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("headless.csv", b"Acme,12 Main St,State College,PA\nBest,14 Main St,State College,PA\n"),
        ("no-rows.csv", HEADER.encode()),
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("broken.ics", b"BEGIN:VCALENDAR\nnothing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_kept(
    name: str, content: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.csv"
    good.write_text(HEADER + "001Dn000000pIls,Acme,Rep A,Prospect,409 S Pugh St,State College,PA,16801\n", encoding="utf-8")
    assert run(["accounts", "import", str(good), str(tmp_path / name), "--home", str(tmp_path / "home")]) == 2
    assert name in told(capfd)
    with open_workspace(tmp_path / "home") as workspace:
        assert list_accounts(workspace) == []


def test_a_file_in_another_encoding_is_read_and_not_garbled(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    row = "001Dn000000pIls,Café Zoë,Rep A,Prospect,409 S Pugh St,State College,PA,16801\n"
    for encoding in ("latin-1", "utf-8-sig", "utf-16"):
        file = tmp_path / f"{encoding}.csv"
        file.write_text(HEADER + row, encoding=encoding)
        assert run(["accounts", "import", str(file), "--home", str(tmp_path / encoding)]) == 0
        with open_workspace(tmp_path / encoding) as workspace:
            (account,) = list_accounts(workspace)
        assert account.name == "Café Zoë"
        assert account.match_doubtful  # the middle of its ZIP, for want of a road pack
        assert account.match_note


def test_without_a_pack_planning_says_what_to_do(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert run(["plan", "--home", str(tmp_path / "home")]) == 2
    assert "roadbook roads build" in told(capfd)
    assert run(["accounts", "locate", "1 Main St", "--home", str(tmp_path / "home")]) == 2
    assert run(["export", "--home", str(tmp_path / "home")]) == 2


@pytest.mark.parametrize("week", ["2026-49", "next", "2026-W54", "2026-W00"])
def test_what_is_not_a_week_is_refused(week: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert run(["plan", "--week", week, "--home", str(tmp_path / "home")]) == 2
    assert "2026-W49" in told(capfd)


def test_an_instance_that_is_not_one_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    for content in ("", "[]", '{"format": "roadbook-week-1"}', '{"format": "other"}'):
        (tmp_path / "instance.json").write_text(content, encoding="utf-8")
        assert run(["solve", str(tmp_path / "instance.json"), "--out", str(tmp_path / "plan.json")]) == 2
        assert "instance.json" in told(capfd)
        assert not (tmp_path / "plan.json").exists()


def test_an_account_outside_the_pack_stays_in_the_list_and_out_of_the_plan(sample_home: Path, copy_of):
    workspace = copy_of(sample_home)
    with workspace.writing("Test") as db:
        db.execute("UPDATE accounts SET lat = 21.3, lon = -157.8, match_quality = 'manual' WHERE id = (SELECT min(id) FROM accounts)")
    far = min(account.id for account in list_accounts(workspace))
    plan = plan_week(workspace, this_week(TODAY), PlanOptions(seconds=0.3), silent).plan
    left = next(left for left in plan.left_out if left.account_id == far)
    assert "pack" in left.text or "road" in left.text


def test_a_week_where_nothing_fits_is_told_and_not_invented(sample_home: Path, copy_of):
    workspace = copy_of(sample_home)
    with workspace.writing("Test") as db:
        db.execute("DELETE FROM events")
        db.execute("UPDATE accounts SET hours = 'Su 03:00-04:00'")
    plan = plan_week(workspace, this_week(TODAY), PlanOptions(seconds=0.3), silent).plan
    assert plan.visits == 0
    assert len(plan.left_out) == len(list_accounts(workspace))
    assert all(left.text for left in plan.left_out)


def test_days_of_no_length_are_told(sample_home: Path, copy_of, capfd: pytest.CaptureFixture[str]):
    workspace = copy_of(sample_home)
    set_setting(workspace, "day_closes", "07:30")
    week = this_week(TODAY)
    assert run(["plan", "--week", str(week), "--seconds", "0.3", "--home", str(workspace.home)]) == 2
    assert "no length" in told(capfd)
    assert load_week(workspace, week) is None


def test_json_is_all_there_is_on_stdout(tmp_path: Path):
    command = [sys.executable, "-m", "planner", "roads", "list", "--json", "--home", str(tmp_path / "home")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_a_pack_with_a_damaged_file_is_named(sample_home: Path, copy_of, capfd: pytest.CaptureFixture[str]):
    workspace = copy_of(sample_home)
    (pack,) = list_packs(workspace)
    content = bytearray(pack.gazetteer.read_bytes())
    content[len(content) // 2] ^= 1
    pack.gazetteer.write_bytes(content)
    assert run(["roads", "verify", "--home", str(workspace.home)]) == 2
    assert "gazetteer.sqlite" in told(capfd)


def test_a_pack_without_its_manifest_is_told(sample_home: Path, copy_of, capfd: pytest.CaptureFixture[str]):
    workspace = copy_of(sample_home)
    (pack,) = list_packs(workspace)
    (pack.folder / "manifest.json").write_text("{", encoding="utf-8")
    assert run(["roads", "verify", "--home", str(workspace.home)]) == 2
    assert pack.id in told(capfd)
    assert run(["plan", "--home", str(workspace.home)]) == 2
