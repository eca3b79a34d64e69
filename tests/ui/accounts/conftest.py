import pytest

from ui.accounts.panel import AccountsPanel


@pytest.fixture
def open_panel(qtbot, context_of, is_quiet):
    """Opens the panel on a workspace and waits until everything is loaded."""

    def make(workspace):
        context = context_of(workspace)
        panel = AccountsPanel(context)
        qtbot.addWidget(panel)
        panel.resize(1000, 500)
        panel.show()
        context.desk.load()
        qtbot.waitUntil(is_quiet)
        return panel

    return make


@pytest.fixture
def panel(open_panel, filled):
    return open_panel(filled)
