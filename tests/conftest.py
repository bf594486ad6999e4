"""Fixtures that more than one test module needs."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with reference data; tests that need it are skipped where it is absent."""
    folder = os.environ.get("GRAFTGRAPH_REFERENCE")
    if not folder or not Path(folder).is_dir():
        pytest.skip("reference data not found")
    return Path(folder)
