"""Machine code is made once and found again, and where it cannot be kept the search works all the same."""

import os
import subprocess
import sys

PROGRAM = "import numpy as np; from planner.planning.kernels.clock import serve; print(serve(np.array([[3, 9]]), 0, 1, 1))"


def run(folder):
    surroundings = os.environ | {"NUMBA_CACHE_DIR": str(folder), "NUMBA_DEBUG_CACHE": "1"}
    return subprocess.run([sys.executable, "-c", PROGRAM], env=surroundings, capture_output=True, text=True, check=True).stdout


def test_machine_code_is_made_once(tmp_path):
    first, second = run(tmp_path), run(tmp_path)
    assert "data saved" in first
    assert "data loaded" in second
    assert "saved" not in second


def test_machine_code_runs_on_any_processor(tmp_path):
    run(tmp_path)
    assert all(b"generic" in index.read_bytes() for index in tmp_path.glob("*.nbi"))


def test_a_folder_that_cannot_be_used_does_no_harm(tmp_path):
    (tmp_path / "file").write_text("")
    assert run(tmp_path / "file" / "below").endswith("3\n")
