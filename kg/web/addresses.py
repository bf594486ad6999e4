"""Addresses: as they were sent, and of pages that others lead to."""

from urllib.parse import urlencode

from starlette.requests import Request


def findings_address(cell: str, outcome: str) -> str:
    """The findings on an outcome of studies that give a cell; slugs."""
    return f"/forest?{urlencode({'outcome': outcome, 'cell': cell})}"


def sent_path(request: Request) -> str:
    """The path as it was sent: a slash inside an id is percent-encoded, and the decoded path no longer says so."""
    path: bytes = request.scope["raw_path"]
    return path.decode("ascii", errors="replace")
