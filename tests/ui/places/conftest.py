"""Three places to check over a small territory without a road pack, and the dialog on it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from planner.model.places import LatLon, Match, MatchQuality
from planner.store.accounts import save_accounts
from planner.values import replace

FIRST, SECOND = LatLon(40.801, -77.861), LatLon(40.803, -77.865)


@pytest.fixture
def poor(filled, accounts):
    """The filled workspace: the sixth account has no place, the fourth only that of its ZIP, the fifth is doubtful."""
    with filled.writing("Test") as db:
        save_accounts(db, [replace(accounts[3], match_quality=MatchQuality.ZIP, match_doubtful=True, match_note="Middle of ZIP 16801")])
    return filled


@pytest.fixture
def candidates(monkeypatch):
    """Two places that every account may be at, whatever is asked."""
    found = [
        Match(FIRST, MatchQuality.ROOFTOP, "gazetteer", 0.9, "6 Pine Hall Road <b>", "The address as it is written"),
        Match(SECOND, MatchQuality.STREET, "nominatim", 0.4, "Pine Hall Drive", "The middle of a street of a like name"),
    ]
    monkeypatch.setattr("ui.places.dialog.place_candidates", lambda _workspace, _account_id, _report: list(found))
    return found


@pytest.fixture
def window(qtbot):
    """A window that knows the way to the footprint page."""
    made = QWidget()
    made.resize(1200, 800)
    made.footprint = QAction("Footprint", made)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog_of(qtbot, context_of, is_quiet, window):
    """Opens the dialog on a workspace, with an account selected or none."""
    from ui.places.dialog import PlacesDialog

    def make(workspace, selected=None):
        context = context_of(workspace)
        context.desk.selected = selected
        dialog = PlacesDialog(context, window.footprint, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(is_quiet)
        return dialog

    return make
