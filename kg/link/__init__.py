"""How papers stand to each other: same paper, same cohort, included studies, citations, related papers; agreeing findings or not. Pure."""

from kg.link.cohorts import find_same_cohort
from kg.link.compare import Comparison, comparable_outcomes, compare, compare_claims
from kg.link.identity import age_key, find_same_paper, link_papers
from kg.link.keys import identity_keys, stored_keys, topic_keys
from kg.link.neighbours import find_links
from kg.link.references import find_amendments, find_citations, find_included
from kg.link.related import Topics, find_related

__all__ = [
    "Comparison",
    "Topics",
    "age_key",
    "comparable_outcomes",
    "compare",
    "compare_claims",
    "find_amendments",
    "find_citations",
    "find_included",
    "find_links",
    "find_related",
    "find_same_cohort",
    "find_same_paper",
    "identity_keys",
    "link_papers",
    "stored_keys",
    "topic_keys",
]
