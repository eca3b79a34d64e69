"""The errors of Roadbook.

RoadbookError
 +-- UserProblem        told plainly to the user: what happened, why, what to do; nothing was lost
 |    +-- BadInputFile  a file that cannot be read as what it should be
 |    +-- DamagedDatabase  the user's database does not open; names the newest backup that is good
 |    +-- PackProblem   a road pack that is missing, damaged or too small
 |    +-- PlanProblem   a week that cannot be planned as asked
 |    +-- ServerProblem a server that cannot be reached, or does not answer as it should
 +-- Cancelled          the user stopped the work; nothing half-done is left behind

Everything else that is raised is a bug.
"""

from pathlib import Path


class RoadbookError(Exception):
    """Base of everything Roadbook raises on purpose."""


class Cancelled(RoadbookError):
    """The user stopped the work."""


class UserProblem(RoadbookError):
    """Something the user can understand and mend.

    `what` happened, `why` (may be empty), and the `remedy`: what to do now. Each is a plain sentence.
    """

    def __init__(self, what: str, why: str = "", remedy: str = "") -> None:
        super().__init__(" ".join(part for part in (what, why, remedy) if part))
        self.what = what
        self.why = why
        self.remedy = remedy


class BadInputFile(UserProblem):
    """A file that cannot be read as what it should be."""


class DamagedDatabase(UserProblem):
    """The user's database is damaged; `backup` is the newest backup that is good, or None. Nothing was overwritten."""

    def __init__(self, what: str, why: str, remedy: str, *, backup: Path | None) -> None:
        super().__init__(what, why, remedy)
        self.backup = backup


class PackProblem(UserProblem):
    """A road pack that is missing, damaged or too small for what is asked of it."""


class PlanProblem(UserProblem):
    """A week that cannot be planned as asked."""


class ServerProblem(UserProblem):
    """A server that cannot be reached, or does not answer as it should."""
