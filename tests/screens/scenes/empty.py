"""The first start: every page and list with nothing in it."""

from scene import Scene
from stage import Stage

from scenes.pages import BOTH, palette, report
from ui.options import FOOTPRINT, PAGES
from ui.workers import Job

LISTS = ("history", "duplicates", "check-places", "before-leaving", "backups", "versions")


def at(page: str):
    """Turn to a page."""
    return lambda stage: stage.turn_to(page)


def act(action: str):
    """What an action opens."""

    def arrange(stage: Stage) -> None:
        stage.turn_to("week")
        stage.act(action)

    return arrange


def making_the_sample(stage: Stage) -> None:
    """The progress on the page of the first start."""
    stage.turn_to("week")
    job = Job(lambda _job: None, "Making the sample territory", "data", background=False)
    stage.window.welcome.follow(job)
    job.progressed.emit(0.4, "Building the roads")


SCENES = (
    *(Scene(f"empty-{page}", at(page), BOTH) for page in (*PAGES, FOOTPRINT)),
    Scene("empty-making-the-sample", making_the_sample),
    Scene("empty-reports-mileage", report(1)),
    Scene("empty-reports-funnel", report(2)),
    Scene("empty-palette", palette("")),
    *(Scene(f"empty-dialog-{action}", act(action)) for action in LISTS),
)
