"""Downloading an extract: whole or not there, and never twice what is there already."""

import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from map_servers import Fault, MapServer, Served

from planner.errors import Cancelled, PackProblem, ServerProblem
from planner.progress import silent
from planner.roads.download.fetch import changed, download, pace_text

CONTENT = random.Random(4).randbytes(3_000_000)
SOON = (0.01, 0.01, 0.01)


@pytest.fixture
def server() -> Iterator[MapServer]:
    with MapServer() as running:
        running.files["/pa.osm.pbf"] = Served(CONTENT)
        yield running


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "extracts" / "pa.osm.pbf"


def url(server: MapServer) -> str:
    return f"{server.url}/pa.osm.pbf"


def got(server: MapServer) -> list[tuple[int, str]]:
    """Where each request for the file began, and under which condition."""
    headers = [one[2] for one in server.asked("/pa.osm.pbf", "GET") if not one[1].endswith(".md5")]
    return [(int(one.get("Range", "bytes=0-")[6:-1]), one.get("If-Range", "")) for one in headers]


def break_off(server: MapServer, target: Path, after: int = 1_000_000) -> Path:
    """Let a download end after some bytes; returns its part."""
    server.fail("/pa.osm.pbf", Fault(after_bytes=after))
    with pytest.raises(ServerProblem, match="broke off"):
        download(url(server), target, silent, pauses_s=())
    return target.with_name("pa.osm.pbf.part")


def is_all_there(target: Path) -> bool:
    return target.read_bytes() == CONTENT and sorted(target.parent.iterdir()) == [target]


def test_a_file_arrives_whole_with_what_the_server_calls_it(server: MapServer, target: Path) -> None:
    done = download(url(server), target, silent)
    assert is_all_there(target)
    assert (done.path, done.size, done.etag) == (target, len(CONTENT), '"one"')
    assert done.md5 == hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
    assert done.last_modified == "Tue, 02 Jan 2024 03:04:05 GMT"


def test_progress_tells_bytes_speed_and_what_is_left(server: MapServer, target: Path) -> None:
    told: list[tuple[float, str]] = []
    download(url(server), target, lambda fraction, text: told.append((fraction, text)))
    assert told[-1][0] == 1.0
    assert any(" of 3.0 MB" in text for _, text in told)
    assert pace_text(12_000_000, 340_000_000, 4e6) == "12 of 340 MB, 4.0 MB/s, about 1 min left"
    assert pace_text(1_500_000, None, 2.5e6) == "1.5 MB, 2.5 MB/s"
    assert pace_text(0, 5_000_000, 0.0) == "0.0 of 5.0 MB"
    assert pace_text(0, 10_000_000_000, 1e6).endswith("about 2.8 h left")


def test_a_dropped_connection_is_taken_up_where_it_broke_off(server: MapServer, target: Path) -> None:
    server.fail("/pa.osm.pbf", Fault(after_bytes=1_000_000), Fault(after_bytes=1_000_000))
    download(url(server), target, silent, pauses_s=SOON)
    assert is_all_there(target)
    (begin, condition), (second, _), (third, _) = got(server)
    assert (begin, condition) == (0, "")
    assert 0 < second < third <= 2_000_000
    assert got(server)[2][1] == '"one"'


def test_as_long_as_something_comes_it_is_tried_again(server: MapServer, target: Path) -> None:
    server.fail("/pa.osm.pbf", *[Fault(after_bytes=400_000)] * 6)
    download(url(server), target, silent, pauses_s=(0.01,))
    assert is_all_there(target)


def test_a_server_that_drops_at_once_is_given_up_after_some_tries(server: MapServer, target: Path) -> None:
    break_off(server, target)
    server.fail("/pa.osm.pbf", *[Fault(after_bytes=0, resets=True)] * 4)
    with pytest.raises(ServerProblem, match="broke off"):
        download(url(server), target, silent, pauses_s=SOON)
    assert not server.faults
    download(url(server), target, silent)
    assert is_all_there(target)


@pytest.mark.timeout(20)  # the server says nothing for a minute, and must not be waited for
def test_a_cancelled_download_goes_on_the_next_time(server: MapServer, target: Path) -> None:
    server.fail("/pa.osm.pbf", Fault(after_bytes=1_000_000, stalls=True))

    def cancel(fraction: float, _text: str) -> None:
        if fraction > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        download(url(server), target, cancel)
    assert not target.exists()
    download(url(server), target, silent)
    assert is_all_there(target)
    assert got(server)[1][0] > 0


def test_a_killed_download_goes_on_the_next_time(server: MapServer, target: Path) -> None:
    server.fail("/pa.osm.pbf", Fault(after_bytes=1_500_000, stalls=True))
    code = "from planner.roads.download.fetch import download; download(sys.argv[1], Path(sys.argv[2]), print)"
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; from pathlib import Path; {code}", url(server), str(target)], stdout=subprocess.DEVNULL
    ) as program:
        part = target.with_name("pa.osm.pbf.part")
        while not (part.exists() and part.stat().st_size > 500_000):
            time.sleep(0.01)
            assert program.poll() is None
        os.kill(program.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert not target.exists()
    download(url(server), target, silent)
    assert is_all_there(target)
    assert got(server)[1][0] > 500_000


@pytest.mark.parametrize("how", ["ranges are ignored", "the file is another one", "the part is longer", "the note is lost"])
def test_a_part_that_does_not_fit_is_not_gone_on_with(server: MapServer, target: Path, how: str) -> None:
    part = break_off(server, target)
    match how:
        case "ranges are ignored":
            server.files["/pa.osm.pbf"].ranges = False
        case "the file is another one":
            part.write_bytes(b"\0" * part.stat().st_size)  # as if of an older file
            server.files["/pa.osm.pbf"].etag = '"two"'
        case "the part is longer":
            part.write_bytes(bytes(4_000_000))
            server.files["/pa.osm.pbf"].etag = '"two"'
        case "the note is lost":
            part.with_name(f"{part.name}.json").write_text("{")
    download(url(server), target, silent, pauses_s=SOON)
    assert is_all_there(target)


def test_a_weak_etag_is_no_condition_but_the_date_is(server: MapServer, target: Path) -> None:
    server.files["/pa.osm.pbf"].etag = 'W/"one"'
    break_off(server, target)
    download(url(server), target, silent)
    assert is_all_there(target)
    assert got(server)[1] == (got(server)[1][0], "Tue, 02 Jan 2024 03:04:05 GMT")
    assert got(server)[1][0] > 0


def test_a_server_that_does_not_say_how_much_it_sends_is_read_to_its_end(server: MapServer, target: Path) -> None:
    server.files["/pa.osm.pbf"].chunked = True
    assert download(url(server), target, silent).size == len(CONTENT)
    assert is_all_there(target)


def test_a_damaged_download_is_deleted_and_an_old_file_stays(server: MapServer, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"old")
    server.files["/pa.osm.pbf"].md5 = "0" * 32
    with pytest.raises(ServerProblem, match=r"damaged.*checksum.*again"):
        download(url(server), target, silent)
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_a_part_with_a_flipped_bit_is_found_out(server: MapServer, target: Path) -> None:
    part = break_off(server, target)
    damaged = bytearray(part.read_bytes())
    damaged[1000] ^= 4
    part.write_bytes(damaged)
    with pytest.raises(ServerProblem, match="damaged"):
        download(url(server), target, silent)
    download(url(server), target, silent)
    assert is_all_there(target)


def test_a_server_without_checksums_is_believed(server: MapServer, target: Path) -> None:
    server.files["/pa.osm.pbf"].md5 = None
    download(url(server), target, silent)
    assert is_all_there(target)


def test_a_checksum_that_cannot_be_had_does_not_cost_the_download(server: MapServer, target: Path) -> None:
    server.fail("/pa.osm.pbf.md5", Fault(503), Fault(503))
    with pytest.raises(ServerProblem, match="too busy"):
        download(url(server), target, silent, pauses_s=(0.01,))
    assert not target.exists()
    download(url(server), target, silent)
    assert is_all_there(target)
    assert got(server)[1][0] == len(CONTENT) - 1  # one byte, to hear that it is still the same file


def test_a_disk_that_is_too_small_is_told_before_anything_is_sent(server: MapServer, target: Path, monkeypatch) -> None:
    class Usage:
        free = 33_000_000

    monkeypatch.setattr("planner.roads.download.fetch.shutil.disk_usage", lambda _folder: Usage)
    with pytest.raises(PackProblem, match=r"no room for 'pa.osm.pbf'. 2.0 MB are missing"):
        download(url(server), target, silent)
    assert list(target.parent.iterdir()) == []


def test_a_disk_that_fills_up_is_told_and_the_part_stays(server: MapServer, target: Path) -> None:
    resource = pytest.importorskip("resource")  # a limit on the size of files stands for a disk that fills up
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, usual[1]))
    try:
        with pytest.raises(PackProblem, match="no room"):
            download(url(server), target, silent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    download(url(server), target, silent)
    assert is_all_there(target)
    assert got(server)[1][0] > 0


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(404), "does not have '/pa.osm.pbf'"),
        (Fault(500), "problem of its own"),
        (Fault(403), "does not accept"),
        (Fault(429), "asked too often"),
        (Fault(503), "too busy"),
        (Fault(503, {"Retry-After": "86400"}), "too busy"),
    ],
)
def test_a_refusal_is_told_plainly(server: MapServer, target: Path, fault: Fault, says: str) -> None:
    server.fail("/pa.osm.pbf", *[fault] * 3)
    with pytest.raises(ServerProblem, match=says) as caught:
        download(url(server), target, silent, pauses_s=(0.01, 0.01))
    assert caught.value.remedy


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_busy_server_is_asked_again_when_it_says(server: MapServer, target: Path, form: str) -> None:
    after = "1" if form == "seconds" else formatdate(time.time() + 2, usegmt=True)
    server.fail("/pa.osm.pbf", Fault(503, {"Retry-After": after}))
    told: list[str] = []
    download(url(server), target, lambda _fraction, text: told.append(text), pauses_s=(0.0,))
    assert is_all_there(target)
    assert any("too busy" in text and "Trying again in" in text for text in told)


def test_waiting_for_a_busy_server_can_be_cancelled(server: MapServer, target: Path) -> None:
    server.fail("/pa.osm.pbf", Fault(503, {"Retry-After": "300"}))

    def cancel(_fraction: float, text: str) -> None:
        if "Trying again" in text:
            raise Cancelled

    with pytest.raises(Cancelled):
        download(url(server), target, cancel)


def test_a_server_that_is_not_there_is_told_at_once(target: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(ServerProblem, match=rf"'127.0.0.1:{port}' cannot be reached. It refuses the connection"):
        download(f"http://127.0.0.1:{port}/pa.osm.pbf", target, silent)


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/pa.osm.pbf", "file:///etc/passwd", "pa.osm.pbf", ""])
def test_what_is_no_address_is_told(target: Path, address: str) -> None:
    with pytest.raises(ServerProblem, match="not the address of a server"):
        download(address, target, silent)


def test_newer_data_is_seen_without_downloading_it(server: MapServer, target: Path) -> None:
    done = download(url(server), target, silent)
    assert not changed(url(server), done.etag, done.last_modified, silent)
    assert not changed(url(server), "", done.last_modified, silent)
    server.files["/pa.osm.pbf"].etag = '"two"'
    assert changed(url(server), done.etag, done.last_modified, silent)
    server.files["/pa.osm.pbf"] = Served(CONTENT, etag="", last_modified="")
    assert changed(url(server), done.etag, done.last_modified, silent)
    assert {method for method, *_ in server.asked("/pa.osm.pbf")} == {"GET", "HEAD"}
    with pytest.raises(ServerProblem, match="does not have"):
        changed(f"{server.url}/gone.osm.pbf", "", "", silent)


def test_the_note_beside_a_part_says_what_it_is_of(server: MapServer, target: Path) -> None:
    part = break_off(server, target)
    note = json.loads(part.with_name("pa.osm.pbf.part.json").read_text())
    assert note == {"url": url(server), "etag": '"one"', "last_modified": "Tue, 02 Jan 2024 03:04:05 GMT", "total": len(CONTENT)}
