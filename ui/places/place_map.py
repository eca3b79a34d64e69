"""The map of one place: its pin, to be moved by hand, and the candidates around it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.model.accounts import Account
from planner.model.places import LatLon, Match
from planner.usecases.basemap import open_basemap
from ui.context import AppContext
from ui.map.candidates_layer import CandidatesLayer
from ui.map.pin_drag import PinDrag
from ui.map.view import MapView
from ui.map_feed import BasemapFile
from ui.places.words import short_distance
from ui.widgets.parts import label, set_role

NO_STREETS = "There are no streets here: no road pack is in use. The pin can be placed all the same."
_STREET_ZOOM = 16.0
_AROUND_M = 15_000.0  # what lies further off would only make the streets small


class PlaceMap(QWidget):
    """Has a file of the basemap of its own, which is closed by `stop`; `moved` tells whether the pin stands elsewhere than before."""

    moved = Signal(bool)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._basemap: BasemapFile | None = None
        self._account: Account | None = None
        self._stopped = False
        self.view = MapView()
        self.view.setAccessibleName("Map of the place: arrows move the pin by 15 feet, with Shift by 150")
        self.view.set_empty_text("")
        self.candidates = CandidatesLayer(self.view, lambda: self.pin.stands_at)
        self.pin = PinDrag(self.view, lambda at: self.candidates.find(at) is not None)
        self.hint = label("", "small")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.hint)
        self.pin.pin_moved.connect(lambda _key, _place: self._tell())
        self.pin.pin_left.connect(self._tell)
        self.view.failed.connect(lambda problem: context.bus.told.emit(str(problem)))
        context.theme.changed.connect(self._follow_theme)
        context.bus.settings_shown.connect(self._follow_units)
        context.bus.basemap_shown.connect(self._follow_pack)
        self._follow_theme()
        self._follow_units()
        self._load()

    def show_account(self, account: Account | None) -> None:
        """Show the pin of an account, without candidates yet."""
        self._account = account
        self.candidates.show_candidates(())
        self.pin.show_pin(account.id if account else None, account.place if account else None)
        self._tell()
        if account is not None and account.place is not None:
            self.view.centre_on(account.place, _STREET_ZOOM)

    def show_candidates(self, matches: Sequence[Match]) -> None:
        """Show where else the account may be: the best and what is around it in sight, unless the pin is being moved already."""
        points = [match.point for match in matches if match.point is not None]
        self.candidates.show_candidates(points)
        if self.pin.moved_to is None and not self.pin.is_dragging:
            self._frame(points)

    def _frame(self, points: Sequence[LatLon]) -> None:
        pin = self._account.place if self._account else None
        everything = [*points, *([pin] if pin else [])]
        around = {place for place in everything if place.metres_to(everything[0]) <= _AROUND_M}
        if len(around) > 1:
            self.view.show_points(tuple(around))
        elif around:
            self.view.centre_on(everything[0], _STREET_ZOOM)
        else:
            self.view.show_all()

    @property
    def moved_to(self) -> LatLon | None:
        """Where the pin has been moved to, or None."""
        return self.pin.moved_to

    def stop(self) -> None:
        """End the map's threads and let go of its file."""
        self._stopped = True
        self.view.stop()
        self._show_basemap(None)

    def _tell(self) -> None:
        moved, place = self.pin.moved_to, self._account.place if self._account else None
        if moved is None:
            text = "Drag the pin, or click where it belongs." if place else "Click on the map to put the pin there, or press Space on it."
        else:
            far = f"Moved {short_distance(moved.metres_to(place), self._context.desk.units)}. " if place else ""
            text = f"{far}Enter puts the pin here, Esc takes it back; arrows move it a little."
        self.hint.setText(text if self._account else "")
        set_role(self.hint, "small" if moved is None else "support")
        self.moved.emit(moved is not None)

    def _follow_theme(self) -> None:
        self.view.set_theme(self._context.theme.name)

    def _follow_units(self) -> None:
        self.view.set_metric(self._context.desk.units == "kilometres")

    def _follow_pack(self, basemap: object) -> None:
        # None means that the file is wanted by others: some systems delete none that is open.
        if basemap is None:
            self._show_basemap(None)
        else:
            self._load()

    def _load(self) -> None:
        workspace = self._context.workspace

        def opened(basemap: BasemapFile | None) -> None:
            if not self._stopped:
                self._show_basemap(basemap)
            elif basemap is not None:
                basemap.close()

        self._context.runner.run(
            lambda _job: open_basemap(workspace),
            opened,
            lambda error: self._context.bus.told.emit(str(error)),
            lane="basemap of places",
        )

    def _show_basemap(self, basemap: BasemapFile | None) -> None:
        self.view.set_basemap(basemap)
        self.view.set_empty_text("" if basemap else NO_STREETS)
        if self._basemap is not None:
            self._basemap.close()
        self._basemap = basemap
