"""GraftGraph in a browser: pages, a SPARQL 1.1 endpoint and a JSON API over one store."""

from kg.web.access import Access
from kg.web.answering import Limits
from kg.web.app import Options, create_app

__all__ = ["Access", "Limits", "Options", "create_app"]
