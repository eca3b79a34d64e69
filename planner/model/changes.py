"""What a write changed, so that every view knows whether to redraw."""

from planner.values import Struct


class Changes(Struct, frozen=True):
    """Which parts of the data a verb changed, and a readable label for it ("Import accounts.csv"); `turned` is what Undo or Redo did."""

    label: str
    accounts: bool = False
    plans: bool = False
    packs: bool = False
    settings: bool = False
    turned: bool = False
