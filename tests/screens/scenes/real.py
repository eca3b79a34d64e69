"""A few pictures of real roads and a messy book; the map says whose data it is."""

from scene import LARGE, SMALL, Scene
from stage import Stage

from scenes.dialogs import act
from scenes.pages import at


def town(stage: Stage) -> None:
    """The streets around the selected account."""
    at("week")(stage)
    stage.settle()
    stage.window.map.centre_on(stage.desk.accounts[stage.desk.selected].place, 15.0)


SCENES = (
    Scene("state-college-week", at("week"), (LARGE, SMALL)),
    Scene("state-college-town", town),
    Scene("state-college-today", at("today"), themes=("light",)),
    Scene("state-college-accounts", at("accounts"), themes=("light",)),
    Scene("state-college-check-places", act("check-places"), themes=("light",)),
)
