"""Addresses of pages that others lead to."""

from urllib.parse import urlencode


def findings_address(cell: str, outcome: str) -> str:
    """The findings on an outcome of studies that give a cell; slugs."""
    return f"/forest?{urlencode({'outcome': outcome, 'cell': cell})}"
