"""Reviewing findings: which come next, one as it was read and as it stands, and decisions on it."""

from kg.web.review.ask import review_decision
from kg.web.review.desk import ReviewDesk, SeenAnotherError
from kg.web.review.item import Item, Said, read_item
from kg.web.review.queue import Order, Waiting, read_queue, read_waiting

__all__ = [
    "Item",
    "Order",
    "ReviewDesk",
    "Said",
    "SeenAnotherError",
    "Waiting",
    "read_item",
    "read_queue",
    "read_waiting",
    "review_decision",
]
