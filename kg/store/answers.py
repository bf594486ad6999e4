"""Answers of pyoxigraph as plain values.

The engine's own result objects read on as they are looped over and abort the process when another thread touches them; none
leaves the store.
"""

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from kg.store.protocol import Answer, Solutions, Statements


def plain_answer(found: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    """The whole answer, read to its end."""
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QueryTriples):
        return Statements(tuple(found))
    variables = tuple(variable.value for variable in found.variables)
    return Solutions(variables, tuple(tuple(solution) for solution in found))


def first_line(sparql: str) -> str:
    """The start of a query, to name it in an error."""
    return sparql.strip().partition("\n")[0][:80]
