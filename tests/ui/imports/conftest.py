"""Made files of a small book of accounts, and the wizard over a real workspace."""

from datetime import date

import pytest

ACCOUNTS = (
    "Account ID,Account Name,Account Owner,Type,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Phone,Region\n"
    "001Dn000000pIls,Lifestyle Financial,Rep B,Prospect,409 S Pugh St,State College,PA,16801,814-555-0101,North\n"
    "001Dn00000ydVdB,Salon Beautiful,Rep B,Customer,270 W Hamilton Ave,State College,PA,16801,,South\n"
    "001Dn00000ydVdC,<b>Hoag & Sons</b>,Rep C,Prospect,1 Main St,Boalsburg,PA,16827,,\n"
)
DEALS = (
    "Id,AccountId,Name,StageName,Amount,Probability,CloseDate,Owner\n"
    "006Dn000003j3BP,001Dn00000ydVdB,Salon Beautiful - TV,Needs Analysis,1500.00,20,2027-01-22,Rep B\n"
    "006Dn000003j3BQ,001Dn00000nobod,Nobody - TV,Needs Analysis,abc,20,2027-01-22,Rep B\n"
)
FIRMS = "Firm,Where,Town,Ring,Ring\nAcme,1 Main St,State College,814-555-0100,7\nBeta & <b>Co</b>,2 Main St,State College,,8\n"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\nUID:meeting\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART:20261130T140000Z\r\nDTEND:20261130T150000Z\r\nSUMMARY:Staff meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def file_of(tmp_path):
    """Writes a file and gives its path."""

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def accounts_file(file_of):
    return file_of("accounts.csv", ACCOUNTS)


@pytest.fixture
def deals_file(file_of):
    return file_of("deals.csv", DEALS)


@pytest.fixture
def firms_file(file_of):
    return file_of("firms.csv", FIRMS)


@pytest.fixture
def calendar_file(file_of):
    return file_of("calendar.ics", CALENDAR)


@pytest.fixture
def samples_of(workspace):
    """The tables of files, as the wizard sees them."""
    from planner.progress import silent
    from planner.usecases.import_draft import look_at_files

    return lambda *files: look_at_files(workspace, list(files), silent)


@pytest.fixture
def wizard_of(qtbot, context_of, workspace, is_quiet):
    """Opens the wizard with files, and waits until they are read."""
    from PySide6.QtCore import Qt

    from ui.imports.wizard import ImportWizard

    def make(*files, actions=None):
        wizard = ImportWizard(context_of(workspace), lambda: None, actions or {})
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(wizard)
        wizard.add_files(files)
        wizard.show()
        qtbot.waitUntil(is_quiet)
        return wizard

    return make


@pytest.fixture
def go_on(qtbot, is_quiet):
    """Presses the button that goes on, and waits until its work is done."""

    def press(wizard):
        assert wizard.footer.next.isEnabled(), wizard.footer.told.text()
        wizard.footer.next.click()
        qtbot.waitUntil(is_quiet)

    return press


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory):
    """The files of the sample territory."""
    from planner.progress import silent
    from planner.sample.territory import write_territory

    return write_territory(tmp_path_factory.mktemp("territory"), silent, date(2026, 11, 23))
