import os

import pytest

from planner.errors import BadInputFile
from planner.imports.plain_file import file_size, first_bytes


def test_a_file_has_a_size_and_a_beginning(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Name,City")
    assert file_size(path) == 9
    assert first_bytes(path, 4) == b"Name"
    assert first_bytes(path, 40) == b"Name,City"


def test_what_is_no_file_is_refused_in_plain_words(tmp_path):
    with pytest.raises(BadInputFile, match="It is a folder") as caught:
        first_bytes(tmp_path, 4)
    assert caught.value.remedy == "Choose the files in it."
    with pytest.raises(BadInputFile, match="No such file or directory"):
        first_bytes(tmp_path / "nowhere.csv", 4)


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    for name in ("a\0b.csv", "a" * 5000):
        with pytest.raises(BadInputFile, match="could not be opened"):
            first_bytes(tmp_path / name, 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_devices_and_pipes_are_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(BadInputFile, match="pipe between programs"):
        first_bytes(tmp_path / "pipe.csv", 4)
    (tmp_path / "endless.csv").symlink_to("/dev/zero")
    with pytest.raises(BadInputFile, match="It is a device"):
        first_bytes(tmp_path / "endless.csv", 4)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_to_itself_is_refused(tmp_path):
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(BadInputFile, match=r"loop\.csv could not be opened"):
        first_bytes(tmp_path / "loop.csv", 4)
