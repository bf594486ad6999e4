"""Questions to the graph: ``queries/*.rq`` -> a bound query -> rows; and findings read back as claims, studies as contexts, links.

In: a folder of saved queries, a store, a vocabulary. Out: ``Rows`` of plain values, ``Claim``, ``StudyContext``, ``Link``.
"""

from kg.queries.bind import bind, find_outcome, nearest
from kg.queries.cautions import read_cautions
from kg.queries.claims import read_claims
from kg.queries.contexts import read_contexts
from kg.queries.links import read_links
from kg.queries.names import Listed, list_papers, name_papers
from kg.queries.run import Cell, Queryable, Rows, ask, run
from kg.queries.saved import Parameter, SavedQuery, find_query, list_queries, read_own_query, read_query, unnamed_query
from kg.queries.summary import Tally, read_tallies

__all__ = [
    "Cell",
    "Listed",
    "Parameter",
    "Queryable",
    "Rows",
    "SavedQuery",
    "Tally",
    "ask",
    "bind",
    "find_outcome",
    "find_query",
    "list_papers",
    "list_queries",
    "name_papers",
    "nearest",
    "read_cautions",
    "read_claims",
    "read_contexts",
    "read_links",
    "read_own_query",
    "read_query",
    "read_tallies",
    "run",
    "unnamed_query",
]
