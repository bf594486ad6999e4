"""What ``kg review list`` shows, as rows.

Imported inside command functions only.
"""

from collections.abc import Iterable

from kg.build.decisions import short_name
from kg.build.reviewed import Listed, open_claims
from kg.cli.tables import Cell
from kg.model import Claim

HEAD = ("decision", "finding", "outcome", "verdict", "correction", "curator", "time", "reason", "status")
OPEN_HEAD = ("finding", "confidence", "outcome", "direction", "intervention", "comparator", "sentence")


def decision_row(listed: Listed) -> list[Cell]:
    """A decision, in the order of ``HEAD``."""
    each = listed.decision
    outcome = each.selector.outcome_label
    return [each.id, listed.finding, outcome, each.verdict, listed.correction, each.curator, each.time, each.reason, listed.status]


def open_rows(claims: Iterable[Claim]) -> list[list[Cell]]:
    """Findings that nobody has decided on, the least sure first."""
    return [_open_row(each) for each in open_claims(claims)]


def _open_row(each: Claim) -> list[Cell]:
    name, direction = short_name(each.finding), each.direction.replace("_", " ")
    return [name, round(each.confidence, 2), each.outcome_label, direction, each.intervention, each.comparator, each.sentence]
