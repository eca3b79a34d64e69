import pytest

from planner.errors import BadInputFile
from planner.imports.recognise import is_calendar


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n", "BEGIN:VCALENDAR\r\n".encode("utf-16"), b"BEGIN:VCALENDAR"])
def test_a_calendar_is_known_by_how_it_begins(write_file, content):
    assert is_calendar(write_file(content))


def test_another_file_is_none(write_file):
    assert not is_calendar(write_file("Account Name,Notes\nAda,BEGIN:VCALENDAR\n"))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadInputFile, match=r"gone\.ics could not be opened"):
        is_calendar(tmp_path / "gone.ics")
