"""roadbook export-all: everything that was put in, as files for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.console import AsJson, Home, Progress, message, print_json
from planner.usecases.export_everything import ExportForm, export_everything
from planner.usecases.workspace import workspace_at


def export_all(
    form: Annotated[ExportForm, typer.Option("--format", help="Tables (csv), or one document (json).")] = ExportForm.CSV,
    out: Annotated[Path | None, typer.Option("--out", help="The folder to write to.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write everything you have put in as CSV or JSON; an earlier export in the same folder is replaced when the new one is whole."""
    report = Progress()
    with workspace_at(home) as workspace:
        written = export_everything(workspace, out or workspace.exports_folder, form, report)
    report.done()
    if as_json:
        files = [str(file) for file in written.files]
        print_json({"files": files, "counts": dict(written.counts), "sample": written.sample, "notes": list(written.notes)})
        return
    for file in written.files:
        message(f"Written: {file} ({file.stat().st_size / 1e6:.2f} MB).")
    counts = [f"{kind.replace('-', ' ')} {count:,}" for kind, count in written.counts.items() if count]
    message(f"Records: {', '.join(counts) or 'none yet'}.")
    if written.sample:
        message("This is the fictional sample territory, which is in use; your own data is not in it.")
    for note in written.notes:
        message(note)
