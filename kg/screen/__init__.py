"""Papers screened for a review: include, exclude or maybe, each with its reason and what it rests on. Told in ``docs/screening.md``."""

from collections.abc import Sequence

from kg.screen.candidates import from_context, from_paper, source_of
from kg.screen.criteria import Criteria, parse_criteria, settle_criteria
from kg.screen.duplicates import as_duplicate, find_duplicates
from kg.screen.flow import Flow, count_flow, flow_json, flow_text
from kg.screen.page import render_page
from kg.screen.picture import draw_flow
from kg.screen.records import Candidate, Decided, Reason, Review, Screening
from kg.screen.reviews import apply_reviews, parse_reviews
from kg.screen.ris import write_papers, write_ris
from kg.screen.rules import screen
from kg.screen.searches import parse_searches, write_searches
from kg.screen.tables import write_csv, write_jsonl
from kg.vocabulary import Vocabulary

__all__ = [
    "Candidate",
    "Criteria",
    "Decided",
    "Flow",
    "Reason",
    "Review",
    "Screening",
    "apply_reviews",
    "count_flow",
    "draw_flow",
    "flow_json",
    "flow_text",
    "from_context",
    "from_paper",
    "parse_criteria",
    "parse_reviews",
    "parse_searches",
    "render_page",
    "screen",
    "screen_all",
    "settle_criteria",
    "source_of",
    "write_csv",
    "write_jsonl",
    "write_papers",
    "write_ris",
    "write_searches",
]


def screen_all(candidates: Sequence[Candidate], criteria: Criteria, vocabulary: Vocabulary) -> list[Screening]:
    """The decision of the rules on each candidate, in the order given; duplicates are told first."""
    duplicates = find_duplicates(candidates)
    return [
        as_duplicate(each, candidates[duplicates[number]]) if number in duplicates else screen(each, criteria, vocabulary)
        for number, each in enumerate(candidates)
    ]
