import subprocess
import sys

import pytest

GIVEN_BACK = """
import threading
from planner.process import settle
settle()

def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6

before = resident_mb()
kept = []

def work():
    bytearray(30_000_000)  # by itself, glibc learns from it to keep blocks of this size in the thread's heap
    blocks = [bytearray(200_000) for _ in range(200)]
    kept.append(blocks.pop())

for _ in range(4):
    threading.Thread(target=work).start()
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
print(resident_mb() - before)
"""
STARTED = """
import gc
from planner.process import look_for_rubbish, settle
settle()
gc.disable()
stays = [[] for _ in range(1000)]
look_for_rubbish()
assert gc.isenabled() and gc.get_freeze_count() > 1000 and gc.get_threshold()[0] > 700
"""


def said(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do so by themselves")
def test_memory_that_threads_gave_back_is_the_systems_again():
    assert float(said(GIVEN_BACK)) < 12


def test_what_a_start_has_made_is_not_looked_through_again():
    said(STARTED)
