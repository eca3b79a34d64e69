"""What pictures are taken of: a scene for each page, dialog, empty state, banner and menu."""

from scene import Scene

from scenes import dialogs, empty, pages, real


def of(book: str) -> tuple[Scene, ...]:
    """The scenes of "sample", "empty" or "state-college"."""
    return {"sample": (*pages.SCENES, *dialogs.SCENES), "empty": empty.SCENES, "state-college": real.SCENES}[book]
