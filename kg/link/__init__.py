"""How papers stand to each other: same paper, same cohort, included studies, citations, related papers. Pure."""

from kg.link.identity import age_key, find_same_paper, link_papers

__all__ = ["age_key", "find_same_paper", "link_papers"]
