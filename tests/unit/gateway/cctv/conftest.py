"""One thread for OpenCV, and where the development set lies."""

import os
from pathlib import Path

import cv2
import pytest

_BESIDE = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "cctv"


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    cv2.setNumThreads(1)


@pytest.fixture(scope="session")
def development_set() -> Path:
    """The folder of real pictures; where it is absent, that is said aloud."""
    folder = Path(os.environ.get("SHOUWEN_CCTV_DATA", _BESIDE))
    if not (folder / "obstruct.csv").exists() and not (folder / "pklot").exists():
        absent = f"NO REAL PICTURES WERE TESTED: {folder} is absent (SHOUWEN_CCTV_DATA)"
        if os.environ.get("SHOUWEN_REQUIRE_ALL") == "1":
            pytest.fail(f"{absent}, and SHOUWEN_REQUIRE_ALL=1")
        pytest.skip(absent)
    return folder
