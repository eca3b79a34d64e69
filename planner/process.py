"""How every process of the product begins."""

import gc
import os


def settle() -> None:
    """What is written is its owner's only; and Python looks for cycles of rubbish seldom, as tens of thousands of accounts have none."""
    os.umask(0o077)
    gc.set_threshold(50_000, 20, 100)  # importing 20,000 accounts takes a third longer with the usual 700
