"""Mangled files of every kind are read right, told or refused; never worse. ROADBOOK_FILES says how many (campaign: 10000)."""

import os
import random

import pytest
from good_files import as_calendar, as_ods, as_text, as_xlsx, calendar_blocks, tables
from mangled_files import case
from mangled_judge import Judge
from reading_process import ReadingProcess, read, write

FILES = int(os.environ.get("ROADBOOK_FILES", "200"))
FIRST = int(os.environ.get("ROADBOOK_FIRST", "0"))
LIMIT_S = 5
LOTS = 20


@pytest.fixture(scope="module")
def process():
    running = ReadingProcess(LIMIT_S)
    yield running
    running.close()


@pytest.fixture(scope="module")
def judge(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")

    def read_good(content, suffix):
        path = folder / f"good.{suffix}"
        path.write_bytes(content)
        return read(path)

    return Judge(read_good)


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices are other things there")
@pytest.mark.parametrize("lot", range(LOTS))
def test_mangled_files_never_hurt(lot, process, judge, tmp_path):
    wrong = []
    for seed in range(FIRST + lot, FIRST + FILES, LOTS):
        mangled = case(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = write(mangled, folder)
        reading = process.read(path, drafted=seed % 4 == 0)
        wrong += [f"{seed} {mangled.kind}, {mangled.mangling}: {what[:1500]}" for what in judge.complaints(mangled, reading)]
        if mangled.content is not None:
            path.unlink()
    assert wrong == []


def value(record, name):
    for part in name.split("."):
        record = getattr(record, part)
    return record


@pytest.mark.parametrize("seed", range(3))
def test_good_files_mean_what_they_were_made_to(seed, tmp_path):
    for good in tables(random.Random(seed)):
        for name, content in {
            "good.csv": as_text([good.headers, *good.rows]).encode(),
            "good.xlsx": as_xlsx([good.headers, *good.typed]),
            "good.ods": as_ods([good.headers, *good.typed]),
        }.items():
            (tmp_path / name).write_bytes(content)
            reading = read(tmp_path / name)
            assert len(reading.records) == len(good.rows)
            for found, truth in zip(reading.records, good.truth, strict=True):
                assert {each: value(found.record, each) for each in truth} == truth


def test_good_calendars_mean_what_they_were_made_to(tmp_path):
    blocks = calendar_blocks(random.Random(1), 8)
    (tmp_path / "good.ics").write_bytes(as_calendar([block for block, _truth in blocks]).encode())
    found = [(event.title, event.location, event.start, event.end) for event in read(tmp_path / "good.ics").records]
    assert sorted(found) == sorted(truth for _block, truth in blocks)
