"""What papers changed in a graph: new findings, first concepts, gaps filled, agreement and contradiction, what the evidence says now.

In: a store and the ids of papers in it. Out: ``Changes``, as plain text, JSON, a page and an Atom feed. Nothing is written to the store.
"""

from kg.changes.feed import record_address, render_feed
from kg.changes.find import find_changes, papers_added_since
from kg.changes.page import moved_section, paper_section, render_page
from kg.changes.records import Changes, FilledGap, FirstSeen, PaperChanges, seen_from
from kg.changes.sayings import totals
from kg.changes.text import render_brief, render_text

__all__ = [
    "Changes",
    "FilledGap",
    "FirstSeen",
    "PaperChanges",
    "find_changes",
    "moved_section",
    "paper_section",
    "papers_added_since",
    "record_address",
    "render_brief",
    "render_feed",
    "render_page",
    "render_text",
    "seen_from",
    "totals",
]
