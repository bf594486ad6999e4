"""``/api/…``: JSON for what the pages show."""

from fastapi import APIRouter

from kg.web.api import adding, review, routes

router = APIRouter()
for each in (routes.router, adding.router, review.router, review.writing):
    router.include_router(each)

__all__ = ["router"]
