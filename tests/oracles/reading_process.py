"""Files read in a process of its own, which may hang or die without taking the tests with it."""

import multiprocessing
import os
import tempfile
import time
import traceback
from pathlib import Path

from mangled_judge import Reading

from planner.errors import BadInputFile, UserProblem
from planner.imports.read_file import mapping_of, read_file, records
from planner.progress import silent
from planner.usecases.import_draft import draft_import
from planner.usecases.workspace import open_workspace
from planner.values import replace

ZONE = "America/New_York"
_PATIENCE = 12
"""So many times the limit, which is of a processor's time, is waited for on a machine that does other things as well."""


def read(path):
    """Read a file as an import does, without its name and rows in what is compared."""
    from zoneinfo import ZoneInfo

    try:
        file = read_file(path, ZONE, silent)
        found, problems = [], list(file.problems)
        for table in file.tables:
            mapping = mapping_of(file, table, {}, {})
            if mapping is not None:
                each, told = records(table, mapping, ZoneInfo(ZONE), silent)
                found += each
                problems += told
    except UserProblem as error:
        return Reading(refused=str(error), crashed="" if isinstance(error, BadInputFile) else f"{type(error).__name__}: {error}")
    except BaseException:  # noqa: BLE001 - whatever it is, it is a bug
        return Reading(crashed=traceback.format_exc()[-1500:])
    bare = tuple(replace(each, file="", row=0) for each in found)
    told = tuple((problem.row, problem.text) for problem in problems)
    return Reading(bare + file.events, tuple(each.row for each in found) + (0,) * len(file.events), told)


def draft(workspace, path):
    """What an import of the file would do, which must not fail otherwise than reading it; the traceback when it does."""
    try:
        draft_import(workspace, [path], silent)
    except UserProblem:
        pass
    except BaseException:  # noqa: BLE001 - whatever it is, it is a bug
        return traceback.format_exc()[-1500:]
    return ""


def write(case, folder):
    """Put the file of a case in a folder, or what stands in its place."""
    path = folder / case.name
    if case.content is not None:
        path.write_bytes(case.content)
    elif case.mangling == "folder":
        path.mkdir()
    elif case.mangling == "pipe":
        os.mkfifo(path)
    elif case.mangling == "endless device":
        path.symlink_to("/dev/zero")
    elif case.mangling == "loop of links":
        path.symlink_to(path)
    elif case.mangling == "name too long":
        return folder / ("a" * 5000)
    return path


def _serve(pipe):
    with tempfile.TemporaryDirectory() as home, open_workspace(Path(home) / "home") as workspace:
        while True:
            path, drafted = pipe.recv()
            before = time.process_time()
            reading = read(path)
            took_s = time.process_time() - before
            if drafted and not reading.crashed:
                reading = replace(reading, crashed=draft(workspace, path))
            pipe.send((reading, took_s))


class ReadingProcess:
    """A process that reads files; one that takes too long or dies is replaced."""

    def __init__(self, limit_s):
        self._limit_s = limit_s
        self._start()

    def _start(self):
        self._pipe, theirs = multiprocessing.get_context("spawn").Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.read(Path("nowhere"), limit_s=120)  # it is there when it has answered once

    def read(self, path, *, drafted=False, limit_s=None):
        """What came of reading a file."""
        limit = limit_s or self._limit_s
        try:
            self._pipe.send((path, drafted))
            if self._pipe.poll(_PATIENCE * limit):
                reading, took_s = self._pipe.recv()
                return reading if took_s <= limit else replace(reading, crashed=f"it took {took_s:.1f} s of a processor")
            why = f"it took more than {_PATIENCE * limit} s"
        except (EOFError, OSError):
            self._process.join(10)
            why = f"the process died ({self._process.exitcode})"
        self.close()
        self._start()
        return Reading(crashed=why)

    def close(self):
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
