"""What is done to the accounts of the list: changed, put into the week, copied, written to a file; all of it off the GUI thread."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.accounts.columns import CUSTOM, Column, Row
from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, save_file
from ui.words import count

if TYPE_CHECKING:  # what few starts need is imported when it is asked for
    from planner.usecases.add_to_week import Added

FIRST_FIELDS = {"edit": "tier", "tag": "add_tags", "owner": "owner"}


class AccountVerbs(QObject):
    """One method a deed; dialogs open over the window that `widget` is in."""

    def __init__(self, context: AppContext, widget: QWidget) -> None:
        super().__init__(widget)
        self._context, self._widget = context, widget

    def edit(self, account_ids: Sequence[int], columns: Sequence[Column], deed: str = "edit") -> None:
        """Ask what several accounts should be given; the deed says where to begin."""
        from ui.accounts.bulk_dialog import BulkDialog

        accounts = [account for each in account_ids if (account := self._context.desk.accounts.get(each)) is not None]
        if accounts:
            own = [column.title for column in columns if column.key.startswith(CUSTOM)]
            BulkDialog(self._context, accounts, own, FIRST_FIELDS.get(deed, "owner"), self._widget.window()).open()

    def add_to_week(self, account_ids: Sequence[int]) -> None:
        """Put accounts into the week on show, each where it takes least driving, as one step."""
        from planner.usecases.add_to_week import add_to_week

        context, week, ids = self._context, self._context.desk.week, list(account_ids)

        def done(added: "Added") -> None:
            context.bus.changed.emit(added.changes)
            out = f" {count(len(added.refused), 'account')} did not fit." if added.refused else ""
            context.bus.told.emit(f"{added.changes.label}.{out} Ctrl+Z takes that back.")

        label = f"Adding {count(len(ids), 'account')} to week {week.number}"
        context.runner.run(
            lambda job: add_to_week(context.workspace, week, ids, None, job.report), done, self._fail, label=label, lane="data"
        )

    def copy(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        """Put rows onto the clipboard as a spreadsheet takes them."""
        from planner.usecases.export_accounts import copied_text

        headers = [column.title for column in columns]

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._context.bus.told.emit(f"Copied {count(len(rows), 'account')}.")

        self._context.runner.run(
            lambda _job: copied_text(headers, ([_copied(column, row) for column in columns] for row in rows)),
            copied,
            self._fail,
            lane="copy accounts",
            latest=True,
        )

    def export(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        """Ask where to, and write rows as a workbook or as CSV."""
        out, kind = save_file(
            self._widget.window(),
            self._context.workspace.home,
            Purpose.LISTS,
            f"Export {count(len(rows), 'account')}",
            f"accounts-{date.today()}.xlsx",  # noqa: DTZ011 - her own calendar day
            "Workbook (*.xlsx);;CSV (*.csv)",
        )
        if out:
            if not out.suffix:
                out = out.with_suffix(".csv" if "csv" in kind else ".xlsx")
            self.write(rows, columns, out)

    def write(self, rows: Sequence[Row], columns: Sequence[Column], out: Path) -> None:
        """Write rows into a file."""
        from planner.usecases.export_accounts import export_accounts

        headers, types = [column.title for column in columns], [column.type for column in columns]
        self._context.runner.run(
            lambda job: export_accounts(headers, types, [[column.value(row) for column in columns] for row in rows], out, job.report),
            lambda file: self._context.bus.told.emit(f"Saved {file}"),
            self._fail,
            label=f"Exporting {count(len(rows), 'account')}",
            lane="export accounts",
        )

    def _fail(self, error: BaseException) -> None:
        show_error(error, self._widget.window())


def _copied(column: Column, row: Row) -> str:
    """A cell as it reads; nothing for a dash."""
    value = column.value(row)
    return "" if value in {None, "", ()} else column.text(row)
