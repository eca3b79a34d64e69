"""Files that take their places together or not at all."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def whole_set(folder: Path, names: Collection[str]) -> Iterator[Path]:
    """Give the block a folder to write files into; when it ends well, they take the place of all files of these names in `folder`.

    When it raises, or a file cannot be put in its place, everything in `folder` is as it was. Raises OSError.
    """
    there = folder.is_dir()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(prefix=".roadbook-", dir=folder, ignore_cleanup_errors=True) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            new.mkdir()
            old.mkdir()
            yield new
            _exchange(new, old, folder, names)
    except BaseException:
        if not there:
            with suppress(OSError):
                folder.rmdir()
        raise


def _exchange(new: Path, old: Path, folder: Path, names: Collection[str]) -> None:
    """Move the files of these names into `old`, and those of `new` into their places; all of it is taken back when one does not move."""
    moves = [(folder / name, old / name) for name in names if (folder / name).is_file()]
    moves += [(path, folder / path.name) for path in sorted(new.iterdir())]
    done: list[tuple[Path, Path]] = []
    try:
        for begin, end in moves:
            begin.rename(end)
            done.append((begin, end))
    except OSError:
        for begin, end in reversed(done):
            end.rename(begin)
        raise
