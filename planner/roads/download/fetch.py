"""Download an extract: goes on where it was broken off, and is whole or not there at all."""

import errno
import hashlib
import json
import re
import shutil
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from planner.errors import PackProblem, ServerProblem
from planner.progress import Report
from planner.roads.download.web import BUSY, Unreachable, ask, pause, refused, retry_after_s, unreachable, watched
from planner.values import Struct, as_data

_CHUNK = 1 << 16  # bytes; what is received of a chunk is lost when the connection drops
_PAUSES_S = (1.0, 5.0, 15.0, 45.0)
_PATIENCE_S = 600.0  # a server that asks to wait longer is left alone
_SPARE = 32_000_000  # bytes of disk that stay free
_SPEED_OVER_S = 5.0


class Downloaded(Struct, frozen=True):
    """A downloaded file: where it is, its bytes, its MD5 in hex, and what the server calls this state of it (empty where it does not)."""

    path: Path
    size: int
    md5: str
    last_modified: str
    etag: str


class _Source(Struct, frozen=True):
    """What a part is a part of; kept beside it as JSON."""

    url: str
    etag: str
    last_modified: str
    total: int | None

    @property
    def validator(self) -> str:
        """What If-Range may carry: a weak ETag must not be used (RFC 9110, section 13.1.5)."""
        return self.etag if self.etag.startswith('"') else self.last_modified


class _Later(Exception):
    """The server may give the rest later; `problem` is what to tell if it does not."""

    def __init__(self, problem: ServerProblem, wait_s: float = 0.0) -> None:
        super().__init__(str(problem))
        self.problem, self.wait_s = problem, wait_s


def download(url: str, target: Path, report: Report, *, pauses_s: Sequence[float] = _PAUSES_S) -> Downloaded:
    """Download `url` to `target`, going on with what an earlier call has left as `<target>.part`.

    A dropped connection or a busy server is tried again after each of `pauses_s`, counted anew whenever something came. The file is checked
    against `<url>.md5` where the server has one. Raises ServerProblem, or PackProblem when the disk has no room; then, and when `report`
    cancels, the part stays for the next call (a damaged one does not) and an old `target` is untouched.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    source = _patiently(lambda: _receive(url, part, report), part, report, pauses_s)
    stated = _patiently(lambda: _stated_md5(url, report), part, report, pauses_s)
    size, md5 = part.stat().st_size, _md5(part, report)
    if stated not in {"", md5}:
        part.unlink()
        _note(part).unlink(missing_ok=True)
        raise ServerProblem(
            f"The download of '{target.name}' is damaged.",
            "Its checksum is not the one the server states, so it was deleted.",
            "Download it again.",
        )
    part.replace(target)
    _note(part).unlink(missing_ok=True)
    report(1.0, "Downloaded")
    return Downloaded(target, size, md5, source.last_modified, source.etag)


def changed(url: str, etag: str, last_modified: str, report: Report) -> bool:
    """Whether the server has other data than the one with this ETag and Last-Modified; yes when it cannot tell. Raises ServerProblem."""
    with ask("HEAD", url, lambda: report(0.0, "Asking for newer data")) as response:
        if response.status_code != 200:
            raise refused(response)
        now = _source(url, response)
    if now.etag and etag:
        return now.etag != etag
    return not now.last_modified or now.last_modified != last_modified


def _patiently[T](work: Callable[[], T], part: Path, report: Report, pauses_s: Sequence[float]) -> T:
    """Do the work, and again after a pause when the server may give more later."""
    failures, most = 0, _size(part)
    first = most
    while True:
        try:
            return work()
        except Unreachable as problem:
            if _size(part) <= first and failures == 0:  # never reached at all: nothing to be patient for
                raise
            later = _Later(problem)
        except _Later as busy:
            later = busy
        if _size(part) > most:
            failures, most = 0, _size(part)
        if failures >= len(pauses_s) or later.wait_s > _PATIENCE_S:
            raise later.problem
        wait_s = max(pauses_s[failures], later.wait_s)
        pause(wait_s, lambda text=f"{later.problem.what} Trying again in {wait_s:.0f} s": report(0.0, text))  # type: ignore[misc]
        failures += 1


def _receive(url: str, part: Path, report: Report) -> _Source:
    """Get the rest of the file, all of it when the server has another one by now; returns what it is."""
    known = _read_note(part)
    have = _size(part) if known and known.url == url and known.validator else 0
    if known and known.total:
        have = min(have, known.total - 1)  # of a whole part the last byte is asked for, to hear whether it is still that file
    headers = {"Range": f"bytes={have}-", "If-Range": known.validator} if known and have else {}
    with ask("GET", url, lambda: report(0.0, f"Asking {urlsplit(url).netloc}"), headers) as response:
        if response.status_code in BUSY:
            raise _Later(refused(response), retry_after_s(response))
        if response.status_code == 206 and known and _begins(response) == have:
            source = known
        elif response.status_code == 200:
            source, have = _source(url, response), 0
        elif response.status_code in {206, 416}:  # not the range that was asked for: the part is of no use
            part.unlink(missing_ok=True)
            raise _Later(refused(response))
        else:
            raise refused(response)
        _check_room(part, have, source.total)
        if not have:
            part.unlink(missing_ok=True)
            _write_note(part, source)
        _write(response, part, have, source, report)
    if source.total is not None and _size(part) != source.total:
        raise _Later(Unreachable(f"The connection to '{urlsplit(url).netloc}' broke off.", "", "Try again."))
    return source


def _write(response: Any, part: Path, have: int, source: _Source, report: Report) -> None:
    import requests

    pace = _Pace(have, source.total, report)
    chunks = response.iter_content(_CHUNK)
    try:
        with part.open("r+b" if have else "wb") as file:
            file.seek(have)
            file.truncate()
            while chunk := watched(lambda: next(chunks, b""), pace.tick):
                file.write(chunk)
                pace.got(len(chunk))
    except requests.RequestException as error:
        raise _Later(unreachable(response.url, error)) from error
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise
        raise _no_room(part, (source.total or 0) - _size(part)) from error


class _Pace:
    """Tells how far a download is, how quick, and how long it will take."""

    def __init__(self, have: int, total: int | None, report: Report) -> None:
        self._have, self._total, self._report = have, total, report
        self._marks = deque([(time.monotonic(), have)])

    def got(self, count: int) -> None:
        """Count bytes in."""
        self._have += count

    def tick(self) -> None:
        """Report."""
        now = time.monotonic()
        self._marks.append((now, self._have))
        while now - self._marks[0][0] > _SPEED_OVER_S and len(self._marks) > 2:
            self._marks.popleft()
        begin, had = self._marks[0]
        speed = (self._have - had) / (now - begin) if now > begin else 0.0
        self._report(self._have / self._total if self._total else 0.0, pace_text(self._have, self._total, speed))


def pace_text(have: int, total: int | None, speed: float) -> str:
    """How far a download is, in words ("12 of 340 MB, 4 MB/s, about 1 min left"): bytes, bytes and bytes a second."""
    size = f"{_mb(have)} of {_mb(total)} MB" if total else f"{_mb(have)} MB"
    if speed <= 0:
        return size
    text = f"{size}, {_mb(speed)} MB/s"
    if not total:
        return text
    left_s = (total - have) / speed
    left = f"{left_s:.0f} s" if left_s < 60 else f"{left_s / 60:.0f} min" if left_s < 3600 else f"{left_s / 3600:.1f} h"
    return f"{text}, about {left} left"


def _mb(count: float) -> str:
    return f"{count / 1e6:.1f}" if count < 9.95e6 else f"{count / 1e6:,.0f}"


def _source(url: str, response: Any) -> _Source:
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else None
    return _Source(url, response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""), total)


def _begins(response: Any) -> int:
    """Where the range of a 206 answer begins, -1 when it does not say."""
    found = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return int(found[1]) if found else -1


def _stated_md5(url: str, report: Report) -> str:
    """The checksum in the file beside the extract ("hash  name"), empty when the server has none."""
    with ask("GET", f"{url}.md5", lambda: report(1.0, "Checking the download")) as response:
        if response.status_code in BUSY:
            raise _Later(refused(response), retry_after_s(response))
        found = re.match(rb"\s*([0-9a-fA-F]{32})\b", next(response.iter_content(1000), b""))
        return found[1].decode().lower() if found and response.status_code == 200 else ""


def _md5(path: Path, report: Report) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(1 << 23):
            digest.update(block)
            report(1.0, "Checking the download")
    return digest.hexdigest()


def _check_room(part: Path, have: int, total: int | None) -> None:
    room = shutil.disk_usage(part.parent).free + _size(part) - have - _SPARE  # what is not gone on with is freed again
    if total and total - have > room:
        raise _no_room(part, total - have - room)


def _no_room(part: Path, missing: int) -> PackProblem:
    return PackProblem(
        f"The disk has no room for '{part.name.removesuffix('.part')}'.",
        f"{_mb(max(missing, 100_000))} MB are missing.",
        "Delete what is not needed, or choose a smaller region; the download then goes on where it stopped.",
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _note(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _read_note(part: Path) -> _Source | None:
    try:
        return _Source(**json.loads(_note(part).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_note(part: Path, source: _Source) -> None:
    fresh = part.with_name(f"{part.name}.json.new")
    fresh.write_text(json.dumps(as_data(source)), encoding="utf-8")
    fresh.replace(_note(part))
