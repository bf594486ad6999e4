"""GraftGraph in a browser: pages, a SPARQL 1.1 endpoint and a JSON API over one store.

Names are looked up when they are used: a worker process imports ``kg.web.answering`` and must not read all else first.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.web.access import Access
    from kg.web.answering import Limits
    from kg.web.app import Options, create_app

__all__ = ["Access", "Limits", "Options", "create_app"]

_HOMES = {"Access": "kg.web.access", "Limits": "kg.web.answering", "Options": "kg.web.app", "create_app": "kg.web.app"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    return found
