"""``/api/…``: JSON for what the pages show."""

from kg.web.api.routes import router

__all__ = ["router"]
