"""What is done to road packs from the window: each verb as a job of one lane, so that no two of them meet."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.usecases.packs import clean_up, delete_pack, use_pack, verify_packs
from ui.context import AppContext
from ui.dialogs.confirm import Confirm
from ui.errors import show_error
from ui.footprint.order import Order
from ui.footprint.words import size_words
from ui.workers import Job, Work

ROADS = "roads"
"""The lane of everything that builds, checks or deletes packs."""
DRIVE_TIMES = "drive times"
"""The lane of what works drive times out ahead."""


class RoadCommands(QObject):
    """One method an action. `give_way` stops what uses the roads in the background, `go_on` lets it begin again."""

    def __init__(self, context: AppContext, window: QWidget, give_way: Callable[[], None], go_on: Callable[[], None]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._give_way = give_way
        self._go_on = go_on

    def build(self, order: Order, name: str) -> Job:
        """Build what is ordered under a name, and use it."""
        workspace, used = self._context.workspace, self._context.desk.pack

        def built(pack: RoadPack) -> None:
            self._context.bus.changed.emit(Changes(f"Build {pack.name}", accounts=True, packs=True, settings=True))

        return self._run(
            lambda job: order.build(workspace, name, job.report),
            built,
            f"Building {name}",
            releases=used is not None and used.name.casefold() == name.casefold(),
        )

    def use(self, pack: RoadPack) -> None:
        """Make a pack the one in use."""
        self._run(lambda _job: use_pack(self._context.workspace, pack), self._changed, "")

    def check(self, pack: RoadPack) -> None:
        """Compare every file of a pack with its checksum."""

        def checked(problems: dict[str, list[str]]) -> None:
            wrong = problems[pack.id]
            text = f"{pack.name}: every file is as it was built." if not wrong else f"{pack.name} is damaged: {'; '.join(wrong[:3])}."
            self._context.bus.told.emit(text)
            if wrong:
                Confirm(
                    f"“{pack.name}” is damaged",
                    f"{'; '.join(wrong[:5])}. Build it again from where it came from: only what is damaged takes time.",
                    "Update it",
                    lambda: self.update(pack),
                    self._window,
                ).open()

        self._run(lambda job: verify_packs([pack], job.report), checked, f"Checking {pack.name}")

    def update(self, pack: RoadPack) -> None:
        """Bring a pack up to date from where it came from."""
        from planner.usecases.footprint import update_pack

        def updated(newer: RoadPack | None) -> None:
            self._context.bus.told.emit(f"{pack.name} is {'brought ' if newer else ''}up to date.")
            if newer is not None:
                self._context.bus.changed.emit(Changes(f"Update {pack.name}", accounts=True, packs=True, settings=True))

        self._run(
            lambda job: update_pack(self._context.workspace, pack, job.report),
            updated,
            f"Updating {pack.name}",
            releases=self._is_used(pack),
        )

    def delete(self, pack: RoadPack) -> None:
        """Ask, and delete a pack."""
        Confirm(
            f"Delete “{pack.name}”?",
            f"Its roads, addresses, map and the drive times kept for it are removed, and {size_words(pack.size)} are free again. "
            "Drive times of other packs stay, and your accounts keep their places.",
            "Delete",
            lambda: self._delete(pack),
            self._window,
        ).open()

    def clean_up(self) -> None:
        """Ask, and remove downloads that are kept and what was left by builds that were stopped."""

        def cleaned(freed: int) -> None:
            self._context.bus.told.emit(f"{size_words(freed)} are free again." if freed else "There was nothing to remove.")

        Confirm(
            "Remove kept downloads?",
            "Downloaded extracts are kept, so that an update asks only for newer ones, and what was stopped keeps what it had. "
            "Without them, both begin from nothing. The packs themselves stay.",
            "Remove",
            lambda: self._run(lambda _job: clean_up(self._context.workspace), cleaned, "Removing kept downloads"),
            self._window,
        ).open()

    def examine(self) -> None:
        """Look at everything that work without a network needs, and show what was found."""
        from planner.usecases.doctor import examine
        from ui.dialogs.findings import Findings

        self._run(
            lambda job: examine(self._context.workspace, job.report),
            lambda found: Findings(found, self._context.theme, self._window).open(),
            "Checking everything",
        )

    @property
    def is_busy(self) -> bool:
        """Whether packs are being worked on."""
        return any(job.lane == ROADS for job in self._context.runner.jobs)

    def _delete(self, pack: RoadPack) -> None:
        self._run(
            lambda _job: delete_pack(self._context.workspace, pack), self._changed, f"Deleting {pack.name}", releases=self._is_used(pack)
        )

    def _is_used(self, pack: RoadPack) -> bool:
        used = self._context.desk.pack
        return used is not None and used.id == pack.id

    def _changed(self, changes: Changes) -> None:
        self._context.bus.changed.emit(changes)

    def _run(self, work: Work, done: Callable[[Any], None], label: str, *, releases: bool = False) -> Job:
        """Run a verb; with `releases` the map lets go of its file meanwhile, as some systems replace and delete none that is open."""
        self._give_way()
        if releases:
            self._context.bus.basemap_shown.emit(None)
        job = self._context.runner.run(work, done, lambda error: show_error(error, self._window), label=label, lane=ROADS)
        if releases:
            job.ended.connect(lambda: self._changed(Changes(label, packs=True)))
        job.ended.connect(self._go_on)
        return job
