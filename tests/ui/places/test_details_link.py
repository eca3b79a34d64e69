import pytest
from PySide6.QtWidgets import QPushButton

from ui.details.panel import DetailsPanel

LINK = "Check its place…"


@pytest.fixture
def links_of(qtbot, context_of, poor, is_quiet):
    """The links to the places to check that the details of an account have."""
    context = context_of(poor)
    panel = DetailsPanel(context)
    qtbot.addWidget(panel)
    panel.show()

    def look(account_id):
        context.desk.select(account_id)
        qtbot.waitUntil(is_quiet)
        return [each for each in panel.findChildren(QPushButton) if each.text() == LINK]

    return look


@pytest.mark.parametrize(("account_id", "number"), [(1, 0), (4, 1), (5, 1), (6, 1)])
def test_only_a_poor_place_has_a_link(links_of, account_id, number):
    assert len(links_of(account_id)) == number


def test_a_window_that_only_shows_the_data_has_none(links_of, poor):
    poor.read_only = True
    assert links_of(6) == []
