"""What every panel is given: the workspace, who runs work, where news travel, how things look, and what is on the desk."""

from planner.usecases.workspace import Workspace
from planner.values import Struct
from ui.bus import Bus
from ui.desk import Desk
from ui.style import Theme
from ui.workers import Runner


class AppContext(Struct, frozen=True):
    """Made once, by `ui.__main__`, and passed on; there are no globals."""

    workspace: Workspace
    runner: Runner
    bus: Bus
    theme: Theme
    desk: Desk
