"""``/api/…``: JSON for what the pages show."""

from fastapi import APIRouter

from kg.web.api import review, routes

router = APIRouter()
for each in (routes.router, review.router, review.writing):
    router.include_router(each)

__all__ = ["router"]
