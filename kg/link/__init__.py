"""How papers stand to each other: same paper, same cohort, included studies, citations, related papers; agreeing findings or not. Pure."""

from kg.link.compare import Comparison, comparable_outcomes, compare, compare_claims
from kg.link.identity import age_key, find_same_paper, link_papers

__all__ = ["Comparison", "age_key", "comparable_outcomes", "compare", "compare_claims", "find_same_paper", "link_papers"]
