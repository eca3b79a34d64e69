"""The user's data in one SQLite file: rows to values and back, its journal, backups, checks and encryption."""

import sys

if "pandas" not in sys.modules:
    # sqlite_utils loads pandas wherever it is installed, for a type that no row here has: a fifth of the time to the first window.
    sys.modules["pandas"] = None  # type: ignore[assignment]  # how Python says that a module cannot be imported
    try:
        import sqlite_utils as sqlite_utils
    finally:
        del sys.modules["pandas"]
