"""What all tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real extracts and accounts beside the project; tests that need them skip when they are absent."""
    if not SHARED.is_dir():
        pytest.skip("the real data beside the project is not there")
    return SHARED
