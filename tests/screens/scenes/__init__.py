"""What pictures are taken of: a scene for each page, dialog, empty state, banner, menu and state."""

from scene import Scene

from scenes import dialogs, empty, pages, real, states


def of(book: str) -> tuple[Scene, ...]:
    """The scenes of "sample", "empty" or "state-college"."""
    return {"sample": (*pages.SCENES, *states.SCENES, *dialogs.SCENES), "empty": empty.SCENES, "state-college": real.SCENES}[book]
